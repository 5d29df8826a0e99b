"""What the options and ini keys say, read once into one frozen object."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.kata import ENGINES
from pytest_prep.isolation.choice import SPAWNED, isolation_of
from pytest_prep.judging.translation import DIALECTS
from pytest_prep.options import MODES
from pytest_prep.progress.store import Target
from pytest_prep.settings.flash import FlashSettings, read_flash
from pytest_prep.settings.kata import read_score, read_statuses
from pytest_prep.settings.mock import MockSettings, read_mock
from pytest_prep.settings.plan import PlanSettings, read_plan_settings
from pytest_prep.settings.progress import (
    ProgressSettings,
    is_narrowed,
    needs_no_import,
    read_progress,
)
from pytest_prep.settings.store import read_store


@dataclass(frozen=True)
class Settings:
    """What the options and ini keys say, as absolute paths and plain values."""

    root: Path
    katas: Path
    solutions: Path
    cards: Path
    #: ``mine`` or ``solutions``.
    answers: str
    #: The engine on which all SQL katas run, ``""`` for each one's own.
    engine: str
    #: The dialect of SQL answers that name none, ``""`` for their engine's own.
    dialect: str
    #: The case that a found counterexample is to become, ``""`` for none.
    counterexample_save: str
    #: URL of a PostgreSQL server, ``""`` without one.
    postgres: str
    #: Whether only katas are selected that are due to be solved again.
    due: bool
    #: Whether mutants of the references are tried on the katas' cases.
    mutants: bool
    #: How answers are kept from pytest's own process: ``fork``, ``spawn`` or ``none``.
    isolation: str
    #: Why they run in it, ``""`` where they do not.
    in_process: str
    #: The mode that runs in place of judging, ``""`` without one.
    mode: str
    #: Whether a mode is asked for plain lines.
    plain: bool
    #: Whether a mode's question counts as answered with yes.
    yes: bool
    #: The score below which a review fails, None where none does.
    review_fail_under: float | None
    #: The statuses that ``--katas`` lists, none for all.
    katas_status: tuple[str, ...]
    flash: FlashSettings
    progress: ProgressSettings
    plan: PlanSettings
    #: Whether paths, ``-k`` or ``-m`` leave something out.
    narrowed: bool
    #: Whether a mode runs that needs no test module of a Python kata to be imported.
    unimported: bool
    mock: MockSettings
    #: The configuration file, None without one.
    inipath: Path | None
    #: The progress store: a file, or a PostgreSQL URL; and whose events go there.
    store: Target
    #: The ``-k`` expression, ``""`` without one.
    keyword: str
    #: CPU seconds for the case ``generated`` of an SQL kata; 0: there is none.
    search_seconds: float
    #: Whether this process runs tests on behalf of another (an xdist worker).
    worker: bool
    #: Whether other processes run the tests (xdist's controller).
    controller: bool
    collect_only: bool
    #: Whether ``--ignore`` or ``--ignore-glob`` name anything.
    ignores: bool
    #: Patterns of folders that pytest does not enter.
    norecursedirs: tuple[str, ...]
    #: Whether a failure is to be told in one line (``--tb=line``).
    one_line_failures: bool
    #: Whether a path named twice is collected twice.
    keep_duplicates: bool
    #: Where found facts are kept between runs, or None where pytest keeps no cache.
    cache: Path | None

    @property
    def data(self) -> Path:
        """The folder of the data sets."""
        return self.katas / "data"

    @property
    def data_folders(self) -> tuple[Path, Path]:
        """The folders that engines may read data sets from."""
        return self.data, self.generated

    @property
    def is_searching(self) -> bool:
        """Whether SQL answers are judged on the case ``generated`` too."""
        return self.search_seconds > 0 and self.engine in ("", "duckdb")

    @property
    def generated(self) -> Path:
        """Where generated data sets are written on first use."""
        return self.root / ".prep" / "data"

    @property
    def interviews(self) -> Path:
        """Where the journals and reports of mock interviews are."""
        return self.root / ".prep" / "interviews"

    @property
    def kept_answers(self) -> Path:
        """Where answers are kept that something else takes the place of."""
        return self.root / ".prep" / "answers"


def read_settings(config: pytest.Config) -> Settings:
    """Read every option and ini key the plugin heeds.

    Raises:
        pytest.UsageError: one of them has a value that it cannot have.
    """
    root = config.rootpath
    isolation, in_process = isolation_of(
        config.getoption("prep_isolation"),
        config.getini("prep_isolation"),
        pdb=config.getoption("usepdb", False),
        trace=config.getoption("trace", False),
    )
    worker = hasattr(config, "workerinput") or SPAWNED in config.stash
    plan = read_plan_settings(config)
    return Settings(
        root=root,
        katas=root / config.getini("prep_katas"),
        solutions=root / config.getini("prep_solutions"),
        cards=root / config.getini("prep_cards"),
        answers=config.getoption("answers"),
        engine=_one_of(config, "engine", ENGINES),
        dialect=_one_of(config, "dialect", DIALECTS),
        counterexample_save=config.getoption("prep_counterexample_save") or "",
        postgres=os.environ.get("PREP_POSTGRES") or config.getini("prep_postgres"),
        due=config.getoption("prep_due"),
        mutants=config.getoption("prep_mutants"),
        isolation=isolation,
        in_process=in_process,
        mode=_mode(config),
        plain=config.getoption("prep_plain"),
        yes=config.getoption("prep_yes"),
        review_fail_under=read_score(config.getoption("prep_review_fail_under")),
        katas_status=read_statuses(config.getoption("prep_katas_status")),
        flash=read_flash(config),
        progress=read_progress(config),
        plan=plan,
        narrowed=is_narrowed(config) or bool(plan.path),
        unimported=needs_no_import(config, _mode(config)),
        mock=read_mock(config),
        inipath=config.inipath,
        store=read_store(config),
        keyword=config.getoption("keyword", ""),
        search_seconds=_seconds(config.getini("prep_search_seconds")),
        worker=worker,
        controller=not worker and bool(config.getoption("numprocesses", None)),
        collect_only=config.getoption("collectonly", False),
        ignores=bool(config.getoption("ignore", None) or config.getoption("ignore_glob", None)),
        norecursedirs=tuple(config.getini("norecursedirs")),
        one_line_failures=config.getoption("tbstyle", "auto") == "line",
        keep_duplicates=config.getoption("keepduplicates", False),
        cache=_cache(config),
    )


def _mode(config: pytest.Config) -> str:
    chosen = [name for name in MODES if config.getoption(f"prep_{name}".replace("-", "_"))]
    if config.getoption("prep_review_fail_under") is not None and "review" not in chosen:
        chosen.append("review")
    if "mock" in chosen and any(name.startswith("mock-") for name in chosen):
        chosen.remove("mock")  # --mock --mock-resume says twice the same
    if len(chosen) > 1:
        raise pytest.UsageError(f"--{chosen[0]} and --{chosen[1]}: one mode at a time")
    return chosen[0] if chosen else ""


def _one_of(config: pytest.Config, name: str, known: Sequence[str]) -> str:
    """Return what ``--name`` or the ini key ``prep_name`` chooses, "" where neither does."""
    option: str | None = config.getoption(f"prep_{name}")
    chosen: str = option or config.getini(f"prep_{name}")
    if chosen and chosen not in known:
        raise pytest.UsageError(
            f"{f'--{name}' if option else f'prep_{name}'}: {chosen!r} is not "
            f"{'an' if name[0] in 'aeiou' else 'a'} {name} ({', '.join(known)})"
            f"{did_you_mean(chosen, known)}"
        )
    return chosen


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.0)
    except ValueError:
        raise pytest.UsageError(
            f"prep_search_seconds: {text!r} is not a number of seconds such as 1.0"
        ) from None


def _cache(config: pytest.Config) -> Path | None:
    try:
        return config.cache.mkdir("prep") if config.cache else None
    except (AttributeError, OSError):
        # -p no:cacheprovider, or a read-only project
        return None
