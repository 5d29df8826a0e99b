"""The progress store in one SQLite file, in WAL mode."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from pytest_prep.progress.clock import now
from pytest_prep.progress.events import Event
from pytest_prep.progress.rows import SCHEMA, TABLES, Row, event_of
from pytest_prep.progress.sql import SqlStore
from pytest_prep.progress.store import StoreError, Tell

#: Seconds to wait for another writer; a session's transaction takes milliseconds.
PATIENCE = 30.0

#: A header that promises more bytes than this is broken itself.
_LARGEST = 1 << 40

_MENDS = {
    sqlite3.SQLITE_BUSY: "; another program holds it: close that, and run again",
    sqlite3.SQLITE_READONLY: "; make it writable, or name another file in PREP_STORE",
    sqlite3.SQLITE_CANTOPEN: "; name a file that can be written in PREP_STORE",
    sqlite3.SQLITE_FULL: "; make room on the disk",
    sqlite3.SQLITE_IOERR: "; is the disk full?",
}
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_T = TypeVar("_T")


class Broken(StoreError):
    """The file is no database, or a damaged one."""


class SQLiteStore(SqlStore):
    """A store in one SQLite file.

    What is written survives the end of the process at any moment (WAL); what a power cut takes is
    at most the transaction that was just written. A broken file is set aside, what can be read of
    it is taken over, and the store goes on.
    """

    def __init__(self, path: Path, learner: str, tell: Tell) -> None:
        """Open or make the file.

        Raises:
            StoreError: it cannot be used, or is of a newer version.
        """
        self.path = path
        self.learner = learner
        self._tell = tell
        self._connection: sqlite3.Connection
        self._mending(self._open)

    # -- what SqlStore asks for

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    with suppress(sqlite3.Error):
                        self._connection.execute("ROLLBACK")

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._errors():
            return self._connection.execute(sql, values).fetchall()

    def _stream(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        with self._errors():
            yield from self._connection.execute(sql, values)

    def _write(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def _insert(self, rows: Sequence[Row]) -> list[int]:
        execute = self._connection.execute
        sql = (
            "INSERT INTO event (id, time, day, kind, subject, learner, data, answer) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
        )
        return [place for place, row in enumerate(rows) if execute(sql, row).rowcount]

    # -- files that are not as they should be

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new."""
        kept = list(events)
        return self._mending(lambda: super(SQLiteStore, self).append(kept))

    def _mending(self, work: Callable[[], _T]) -> _T:
        """Do something; where the file turns out to be broken, once more with a new one."""
        try:
            return work()
        except Broken as error:
            self._set_aside(error)
            return work()

    def _set_aside(self, error: Broken) -> None:
        """Rename the broken file, begin a new one, and take over what can be read."""
        with suppress(AttributeError):
            self._connection.close()
        with _alone(self.path.parent):
            if _is_whole(self.path):
                # another session has done it
                self._open()
                return
            stamp = now().strftime("%Y%m%dT%H%M%S")
            aside = self.path.with_name(f"{self.path.name}.broken-{stamp}-{os.getpid()}")
            try:
                for end in ("", "-wal", "-shm"):
                    with suppress(FileNotFoundError):
                        Path(f"{self.path}{end}").rename(f"{aside}{end}")
            except OSError as problem:
                raise StoreError(f"{error}; it cannot be set aside: {problem.strerror}") from error
            self._open()
        events: list[Event] = []
        with suppress(OSError):  # no room for a copy
            events = _salvaged(aside)
        super().append(events)
        self._tell(
            f"{error}. It was set aside as {aside.name}, and a new one was begun with the "
            f"{len(events)} events that could be read of it"
        )

    # -- opening

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}") from error
        with self._errors():
            self._connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        """Make the tables, or bring those of an older version up to date."""
        execute = self._connection.execute
        execute("PRAGMA synchronous = NORMAL")
        if self._version() == SCHEMA:
            return
        self._use_wal()
        with self._transaction():
            version = self._version()
            if version == SCHEMA:
                return
            old = self._kept_copy() if version else []
            if version:
                execute("DROP TABLE event")
            for table in TABLES:
                execute(table.format(serial="INTEGER PRIMARY KEY", text="TEXT"))
            execute(f"PRAGMA user_version = {SCHEMA}")
            self._keep(old)

    def _kept_copy(self) -> list[Event]:
        """Copy the file of the first version to a place beside it; return its events."""
        copy = self.path.with_name(f"{self.path.name}.version-1")
        with closing(sqlite3.connect(self.path)) as old, closing(sqlite3.connect(copy)) as target:
            old.backup(target)
            rows = old.execute("SELECT id, time, day, kind, data, learner FROM event").fetchall()
        self._tell(f"{self.path}: brought up to version {SCHEMA}; the old one is {copy.name}")
        return [event_of(row) for row in rows]

    def _version(self) -> int:
        """Return the version of the tables, 0 for an empty file."""
        ((version,),) = self._connection.execute("PRAGMA user_version")
        if (
            not version
            and self._connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'event'"
            ).fetchall()
        ):
            return 1
        if version > SCHEMA:
            raise StoreError(
                f"{self.path}: is of version {version}, this pytest-prep knows {SCHEMA}: update it "
                "with pip install -U pytest-prep, or name another file in PREP_STORE"
            )
        return int(version)

    def _use_wal(self) -> None:
        """Set the journal's mode, for which SQLite does not wait by itself."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, which name the file and the mend."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _BROKEN:
                raise Broken(f"{self.path}: {error}") from error
            raise StoreError(f"{self.path}: {error}{_MENDS.get(code, '')}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time in; where the system has no such locks, whoever comes."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_whole(path: Path) -> bool:
    """Tell whether a file is an undamaged database."""
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _salvaged(path: Path) -> list[Event]:
    """Return the events that can be read of a broken file: from its start, and from its end."""
    from pytest_prep.progress.transfer import event_of_line, line_of

    found: dict[str, Event] = {}
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".salvage-") as folder:
        copy = Path(folder, "copy")
        for end in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        _pad(copy)
        for order in ("", "DESC"):
            with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
                for row in connection.execute(
                    "SELECT id, time, day, kind, data, learner, answer.text FROM event "
                    f"LEFT JOIN answer ON answer.hash = event.answer ORDER BY seq {order}"
                ):
                    with suppress(ValueError, TypeError):
                        # Through a line, which is checked: a damaged row may hold anything.
                        line = line_of(event_of(row[:-1], row[-1]))
                        found[row[0]] = event_of_line(line.encode())
    return list(found.values())


def _pad(path: Path) -> None:
    """Make a file that was cut short as long as its header says; SQLite reads no other.

    The header is described in https://www.sqlite.org/fileformat2.html.
    """
    with path.open("r+b") as file:
        header = file.read(32)
        if len(header) == 32 and header.startswith(b"SQLite format 3"):
            size = int.from_bytes(header[16:18], "big")
            pages = int.from_bytes(header[28:32], "big")
            wanted = (65536 if size == 1 else size) * pages
            if file.seek(0, os.SEEK_END) < wanted < _LARGEST:
                file.truncate(wanted)
