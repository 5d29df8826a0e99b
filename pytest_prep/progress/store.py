"""The progress store: events in, events out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from pytest_prep.progress.events import Event


class StoreError(Exception):
    """The store cannot be used; the message names the file and the mend."""


class Store(Protocol):
    """Where events are kept. Appending is atomic, and repeating it changes nothing."""

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new.

        Raises:
            StoreError: nothing of them was kept.
        """

    def events(self, kinds: Iterable[str] = ()) -> Iterator[Event]:
        """Yield the events of some kinds, or of all, in the order of their time and id."""

    def close(self) -> None:
        """Let go of the file or the connection."""


class SQLiteStore:
    """A store in one SQLite file, in WAL mode."""

    def __init__(self, path: Path) -> None:
        """Open or make the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, time TEXT NOT NULL, "
            "day TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, learner TEXT NOT NULL) "
            "WITHOUT ROWID"
        )

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new."""
        rows = [(e.id, e.time, e.day, e.kind, json.dumps(e.data), e.learner) for e in events]
        connection = self._connection
        before = connection.total_changes
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            connection.execute("ROLLBACK")
            raise StoreError(str(error)) from error
        return connection.total_changes - before

    def events(self, kinds: Iterable[str] = ()) -> Iterator[Event]:
        """Yield the events of some kinds, or of all, in the order of their time and id."""
        wanted = tuple(kinds)
        where = f"WHERE kind IN ({', '.join('?' * len(wanted))})" if wanted else ""
        rows = self._connection.execute(f"SELECT * FROM event {where} ORDER BY time, id", wanted)
        for id_, time, day, kind, data, learner in rows.fetchall():
            yield Event(id_, time, day, kind, json.loads(data), learner)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_store(target: str | Path) -> Store:
    """Open the store at ``target``, a path.

    Raises:
        StoreError: it cannot be used.
    """
    try:
        return SQLiteStore(Path(target))
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{target}: {error}") from error
