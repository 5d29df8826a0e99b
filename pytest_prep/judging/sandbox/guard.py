"""What a child puts on itself before it runs anything of the learner's."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import sys
import tempfile
from pathlib import Path

from pytest_prep.judging.sandbox.landlock import Landlock

#: Bytes of the largest file that a child may write.
LARGEST_FILE = 256 * 10**6
_DEVICES = (os.devnull, "/dev/shm")  # noqa: S108 - locks of multiprocessing live there


class Guard:
    """The limits on files and processes, prepared once in the runner."""

    def __init__(self, scratch: Path) -> None:
        """``scratch`` is the one folder in which children may change files."""
        self.scratch = scratch
        self._writable = [scratch, *(Path(device) for device in _DEVICES)]
        try:
            linux = sys.platform == "linux"
            self._landlock = Landlock(self._writable) if linux else None
        except (OSError, AttributeError):
            self._landlock = None

    def clear(self) -> None:
        """Remove what a child left in the folder, or the next one would find it there."""
        _empty(self.scratch)

    def apply(self) -> None:
        """Restrict this process, for good."""
        with contextlib.suppress(ImportError):  # Windows has no such limits
            _limit_files()
        os.environ["TMPDIR"] = tempfile.tempdir = str(self.scratch)
        if "sqlite3" in sys.modules:
            _move_temporary_files_of_sqlite(self.scratch)
        landlock = self._landlock
        if landlock is not None:
            with contextlib.suppress(OSError):
                landlock.apply()
        from pytest_prep.judging.sandbox.audit import guard_by_audit

        guard_by_audit(
            [str(path) for path in self._writable],
            files=landlock is None or not landlock.guards_truncation,
            processes=landlock is None or not landlock.guards_processes,
        )


def remove(folder: Path) -> None:
    """Remove a folder in which an answer may have written, as far as the system lets us."""
    _empty(folder)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _empty(folder: Path) -> None:
    """Remove what is in a folder, in which others may lie deeper than Python or a path can go.

    So what is in these is moved up, level by level.
    """
    moved, stuck = itertools.count(), set[Path]()
    name = secrets.token_hex(8)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        while paths := set(folder.iterdir()) - stuck:
            for path in paths:
                try:
                    if not _let_in(path):
                        path.unlink()
                        continue
                    for inner in [*path.iterdir()]:
                        _let_in(inner)
                        inner.rename(folder / f"{name}{next(moved)}")
                    path.rmdir()
                except OSError:
                    stuck.add(path)


def _let_in(path: Path) -> bool:
    """Tell whether a path is a folder; from now on we may change it."""
    is_folder = path.is_dir() and not path.is_symlink()
    if is_folder:
        path.chmod(0o700)
    return is_folder


def _limit_files() -> None:
    """Allow no core dump and no huge file."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if hard == resource.RLIM_INFINITY or hard > LARGEST_FILE:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def _move_temporary_files_of_sqlite(folder: Path) -> None:
    """Let large sorts spill to ``folder``: SQLite reads TMPDIR once, when it is loaded."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        quoted = str(folder).replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{quoted}'")
