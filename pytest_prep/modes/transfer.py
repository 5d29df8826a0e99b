"""``--progress-import``, ``--progress-rebuild`` and ``--progress-export``: the store as a whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pytest_prep.progress.store import StoreError, Target, open_store
from pytest_prep.progress.transfer import export_events, import_events
from pytest_prep.settings.store import StoreJobs, read_store_jobs

#: pytest's code for wrong usage.
_USAGE = 4


def run(config: pytest.Config) -> int:
    """Do what is asked of the store; nothing is collected.

    Returns:
        The exit code: 0, 1 where a line of a file was left out, 4 where a file or the store cannot
        be used.
    """
    jobs = read_store_jobs(config)
    try:
        return _run(jobs)
    except StoreError as error:
        sys.stderr.write(f"ERROR: {error}\n")
    except OSError as error:
        sys.stderr.write(f"ERROR: {error.filename or jobs.export}: {error.strerror}\n")
    return _USAGE


def _run(jobs: StoreJobs) -> int:
    target = jobs.target
    if not jobs.imports and not _is_there(target):
        sys.stderr.write(f"ERROR: {target}: there is no record yet\n")
        return _USAGE
    for path in jobs.imports:
        path.open("rb").close()  # before a store is made for nothing
    store = open_store(target)
    left_out = 0
    try:
        for path in jobs.imports:
            merged = import_events(store, path, _say)
            left_out += merged.skipped
            sys.stdout.write(
                f"{path.name}: {_events(merged.new)} new, {merged.known} known already"
                f"{f', {merged.skipped} lines left out' if merged.skipped else ''}\n"
            )
        if jobs.rebuild:
            sys.stdout.write(f"{target}: figures rebuilt from {_events(store.rebuild())}\n")
        if jobs.export is not None:
            number = export_events(store, jobs.export)
            sys.stdout.write(f"{jobs.export.name}: {_events(number)} written\n")
    finally:
        store.close()
    return 1 if left_out else 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _is_there(target: Target) -> bool:
    return "://" in target.place or Path(target.place).exists()


def _events(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"
