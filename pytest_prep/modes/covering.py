"""Which lines of a Python answer its tests run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytest_prep.judging.review import Covered


def covered_by(run: Callable[[], None], path: Path) -> Covered | None:
    """Run tests and return which lines of the file ``path`` ran; None without coverage.

    Where coverage is being measured already (``--cov``), its data is used.
    """
    try:
        from coverage import Coverage
        from coverage.exceptions import CoverageException
    except ImportError:
        return None
    measuring = Coverage.current()
    own = Coverage(data_file=None, include=[str(path)], config_file=False)
    # a test that fails before it comes to the answer is no news here
    own.set_option("run:disable_warnings", ["no-data-collected"])
    if measuring is None:
        own.start()
    try:
        run()
    finally:
        if measuring is None:
            own.stop()
    try:
        _, statements, _, missed, _ = (measuring or own).analysis2(str(path))
    except (CoverageException, RecursionError):
        # nothing ran, or pytest-cov measures other files only, or code is nested too deeply
        return None
    return Covered(frozenset(statements), frozenset(missed))
