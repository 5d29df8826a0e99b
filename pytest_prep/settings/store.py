"""Where the record of practice is kept, and what is asked of it as a whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_prep.progress.store import Target


@dataclass(frozen=True)
class StoreJobs:
    """What is done with a store in place of tests, in this order."""

    target: Target
    imports: tuple[Path, ...]
    rebuild: bool
    export: Path | None


def read_store(config: pytest.Config) -> Target:
    """Return where the record of practice is kept, and whose it is.

    Raises:
        pytest.UsageError: the place begins with the home of nobody.
    """
    named: str = os.environ.get("PREP_STORE") or config.getini("prep_store")
    learner: str = os.environ.get("PREP_LEARNER") or config.getini("prep_learner")
    if "://" not in named:
        try:
            named = str(config.rootpath / Path(named).expanduser())
        except RuntimeError:
            message = f"PREP_STORE or prep_store: {named!r}: there is no such home"
            raise pytest.UsageError(message) from None
    # The environment may hold any bytes, a database takes text.
    return Target(named, learner.encode("utf-8", "replace").decode("utf-8").strip())


def read_store_jobs(config: pytest.Config) -> StoreJobs:
    """Return what is asked of the store as a whole; paths are those of the command line."""
    here = config.invocation_params.dir
    imports: list[str] = config.getoption("prep_progress_import")
    export: str | None = config.getoption("prep_progress_export")
    return StoreJobs(
        read_store(config),
        tuple(here / path for path in imports),
        config.getoption("prep_progress_rebuild"),
        None if export is None else here / export,
    )
