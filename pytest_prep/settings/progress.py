"""What ``--progress`` is asked for, and which katas the command line leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

#: What a progress report can be written as.
REPORTS = (".html", ".md", ".json", ".csv")
#: Minutes of practice a day where nobody says.
DEFAULT_GOAL = 30
#: Modes that ask for the facts of katas, and never for their tests.
FACTS_ONLY = ("katas", "progress", "plan")


@dataclass(frozen=True)
class ProgressSettings:
    """What ``--progress`` is asked for, and what it and the plan count on."""

    #: Files to write, each with an ending of REPORTS.
    reports: tuple[Path, ...]
    #: Whether every learner of the store is to be shown.
    cohort: bool
    #: The date of the interview, ``2026-12-01`` or ``""``.
    interview: str
    #: Minutes of practice a day, the goal; and None where the configuration does not say them.
    minutes: int
    configured_minutes: int | None


def read_progress(config: pytest.Config) -> ProgressSettings:
    """Read what ``--progress`` is asked for.

    Raises:
        pytest.UsageError: an option or ini key has a value that it cannot have.
    """
    reports: list[str] = config.getoption("prep_progress_report")
    cohort: bool = config.getoption("prep_progress_cohort")
    if (reports or cohort) and not config.getoption("prep_progress"):
        name = "--progress-report" if reports else "--progress-cohort"
        raise pytest.UsageError(f"{name} goes with --progress: add that")
    paths = tuple(config.invocation_params.dir / report for report in reports)
    for path in paths:
        if path.suffix not in REPORTS:
            raise pytest.UsageError(
                f"--progress-report: {path.name!r} has none of the endings {', '.join(REPORTS)}"
            )
    minutes: str = config.getini("prep_minutes")
    if minutes and not (minutes.isdecimal() and 1 <= int(minutes) <= 1440):
        raise pytest.UsageError(f"prep_minutes: {minutes!r} is not a number of minutes a day")
    interview = date_of("prep_interview", config.getini("prep_interview"))
    configured = int(minutes) if minutes else None
    return ProgressSettings(paths, cohort, interview, configured or DEFAULT_GOAL, configured)


def date_of(name: str, text: str) -> str:
    """Return a date as ``2026-12-01``, ``""`` for an empty text.

    Raises:
        pytest.UsageError: it is no date; ``name`` says where it stands.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise pytest.UsageError(f"{name}: {text!r} is not a date such as 2026-12-01") from None


def is_narrowed(config: pytest.Config) -> bool:
    """Tell whether paths, ``-k`` or ``-m`` leave something out."""
    if config.getoption("keyword", "") or config.getoption("markexpr", ""):
        return True
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return False
    everything = {config.rootpath, config.rootpath / config.getini("prep_katas")}
    folder = config.invocation_params.dir
    return not {(folder / name).resolve() for name in config.args} & everything


def needs_no_import(config: pytest.Config, mode: str) -> bool:
    """Tell whether Python katas can be collected without their tests.

    Not where a test is named, or a former run's failures are: these are of tests, not of katas.
    """
    named = any("::" in name or name.endswith(".py") for name in config.args)
    failures = ("lf", "failedfirst", "stepwise", "deselect", "collectonly")
    return (
        mode in FACTS_ONLY
        and not named
        and not any(config.getoption(name, None) for name in failures)
    )
