"""What the options and ini keys say, read once into one frozen object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Settings:
    """What the options and ini keys say, as absolute paths and plain values."""

    root: Path
    katas: Path
    solutions: Path
    #: ``mine`` or ``solutions``.
    answers: str
    #: The ``-k`` expression, ``""`` without one.
    keyword: str
    #: Whether this process runs tests on behalf of another (an xdist worker).
    worker: bool
    #: Whether other processes run the tests (xdist's controller).
    controller: bool
    collect_only: bool
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
    def generated(self) -> Path:
        """Where generated data sets are written on first use."""
        return self.root / ".prep" / "data"


def read_settings(config: pytest.Config) -> Settings:
    """Read every option and ini key the plugin heeds."""
    root = config.rootpath
    worker = hasattr(config, "workerinput")
    return Settings(
        root=root,
        katas=root / config.getini("prep_katas"),
        solutions=root / config.getini("prep_solutions"),
        answers=config.getoption("answers"),
        keyword=config.getoption("keyword", ""),
        worker=worker,
        controller=not worker and bool(config.getoption("numprocesses", None)),
        collect_only=config.getoption("collectonly", False),
        one_line_failures=config.getoption("tbstyle", "auto") == "line",
        keep_duplicates=config.getoption("keepduplicates", False),
        cache=_cache(config),
    )


def _cache(config: pytest.Config) -> Path | None:
    try:
        return config.cache.mkdir("prep") if config.cache else None
    except (AttributeError, OSError):
        # -p no:cacheprovider, or a read-only project
        return None
