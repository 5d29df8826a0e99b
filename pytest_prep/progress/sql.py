"""What the stores in SQL databases share: the tables, and how events and figures go in and out."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from pytest_prep.progress.events import ATTEMPT, UNDO, Event, undone_by
from pytest_prep.progress.rollups import (
    OF_A_KATA,
    KataDay,
    Rollup,
    Tally,
    sort_of,
    subject_of,
)
from pytest_prep.progress.store import Trail

#: The version of the tables. Raise it with a migration in each store.
SCHEMA: Final = 2

#: The tables: ``event`` and ``answer`` hold all there is, the others follow from them. The text of
#: an answer is kept once, however often it was judged.
TABLES: Final = (
    """CREATE TABLE event (seq {serial}, id {text} NOT NULL UNIQUE, time {text} NOT NULL,
    day {text} NOT NULL, kind {text} NOT NULL, subject {text} NOT NULL, learner {text} NOT NULL,
    data {text} NOT NULL, answer {text})""",
    "CREATE INDEX event_subject ON event (learner, kind, subject, time)",
    "CREATE TABLE answer (hash {text} PRIMARY KEY, text {text} NOT NULL)",
    "CREATE TABLE undone (id {text} PRIMARY KEY)",
    """CREATE TABLE tally (learner {text}, day {text}, kind {text}, area {text}, part {text},
    outcome {text}, n BIGINT NOT NULL, milliseconds BIGINT NOT NULL, last {text} NOT NULL,
    PRIMARY KEY (learner, day, kind, area, part, outcome))""",
    """CREATE TABLE kata_day (learner {text}, kata {text}, day {text}, attempts BIGINT NOT NULL,
    solves BIGINT NOT NULL, hints BIGINT NOT NULL, reveals BIGINT NOT NULL,
    milliseconds BIGINT NOT NULL, solved {text} NOT NULL, elapsed BIGINT NOT NULL,
    last {text} NOT NULL, status {text} NOT NULL, PRIMARY KEY (learner, kata, day))""",
)

_ADD_TALLY = """INSERT INTO tally AS old VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (learner, day, kind, area, part, outcome) DO UPDATE SET
n = old.n + excluded.n, milliseconds = old.milliseconds + excluded.milliseconds,
last = CASE WHEN excluded.last > old.last THEN excluded.last ELSE old.last END"""

_ADD_DAY = """INSERT INTO kata_day AS old VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (learner, kata, day) DO UPDATE SET
attempts = old.attempts + excluded.attempts, solves = old.solves + excluded.solves,
hints = CASE WHEN excluded.hints > old.hints THEN excluded.hints ELSE old.hints END,
reveals = old.reveals + excluded.reveals,
milliseconds = old.milliseconds + excluded.milliseconds,
solved = CASE WHEN old.solved = '' OR excluded.solved <> '' AND excluded.solved < old.solved
    THEN excluded.solved ELSE old.solved END,
elapsed = CASE WHEN old.solved = '' OR excluded.solved <> '' AND (excluded.solved < old.solved
    OR excluded.solved = old.solved AND excluded.elapsed < old.elapsed)
    THEN excluded.elapsed ELSE old.elapsed END,
last = CASE WHEN excluded.last > old.last THEN excluded.last ELSE old.last END,
status = CASE WHEN excluded.last > old.last
    OR excluded.last = old.last AND excluded.status > old.status
    THEN excluded.status ELSE old.status END"""

#: Values in one ``IN (…)``.
_CHUNK: Final = 500

Row = tuple[Any, ...]


class SqlStore(ABC):
    """A store in an SQL database; what a database does in its own way is abstract.

    SQL is written with ``?`` for a parameter.
    """

    learner: str

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """Hold the store for writing: all that happens inside is kept, or nothing."""

    @abstractmethod
    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query."""

    @abstractmethod
    def _stream(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        """Yield the rows of a query that may be large."""

    @abstractmethod
    def _write(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Execute a statement once for each row of values."""

    @abstractmethod
    def _insert(self, rows: Sequence[Row]) -> list[int]:
        """Insert events (without ``seq``); return the places of those that were new."""

    # -- in

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new."""
        kept = list(events)
        if not kept:
            return 0
        with self._transaction():
            return self._keep(kept)

    def _keep(self, events: Iterable[Event]) -> int:
        """Insert events with what follows from them; the caller holds the store."""
        events = [e if e.learner else replace(e, learner=self.learner) for e in events]
        rows, answers = _packed(events)
        new = [events[place] for place in self._insert(rows)]
        if new and answers:
            self._write(
                "INSERT INTO answer VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(answers.items())
            )
        if new:
            self._count(new)
        return len(new)

    def _count(self, new: list[Event]) -> None:
        """Add new events to the figures; take out what they undo, put back what they redo."""
        ids = {event.id for event in new}
        if any(event.kind == UNDO for event in new):
            old = {id_ for (id_,) in self._rows("SELECT id FROM undone")}
            undone = self._undone()
            self._write("DELETE FROM undone WHERE id = ?", [(id_,) for id_ in old - undone])
            self._write("INSERT INTO undone VALUES (?)", [(id_,) for id_ in undone - old])
            self._add(Rollup.of(new, undone))
            self._change(undone - old - ids, -1)
            self._change(old - undone - ids, 1)
            return
        undone = set()
        if self._rows("SELECT 1 FROM undone LIMIT 1"):
            undone = {id_ for (id_,) in self._chunks("SELECT id FROM undone WHERE id", ids)}
        self._add(Rollup.of(new, undone))

    def _undone(self) -> set[str]:
        return undone_by(map(event_of, self._rows(f"{_SELECT} WHERE kind = '{UNDO}'")))

    def _change(self, ids: Iterable[str], sign: int) -> None:
        """Take events that the store had before out of the figures (-1), or put them back (1)."""
        katas = set()
        for row in self._chunks(f"{_SELECT} WHERE event.id", ids):
            event = event_of(row)
            key, milliseconds = sort_of(event)
            self._write(_ADD_TALLY, [(*key, sign, sign * milliseconds, "")])
            if event.kind in OF_A_KATA:
                katas.add((event.learner, subject_of(event)))
        for learner, kata in sorted(katas):
            # A first or last one cannot be taken back by adding: the kata's history is read again.
            self._write("DELETE FROM kata_day WHERE learner = ? AND kata = ?", [(learner, kata)])
            marks = ", ".join("?" * len(OF_A_KATA))
            rows = self._rows(
                f"{_SELECT} WHERE learner = ? AND kind IN ({marks}) AND subject = ? "
                "AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = event.id)",
                (learner, *OF_A_KATA, kata),
            )
            self._add_days(Rollup.of(map(event_of, rows)))

    def _add(self, rollup: Rollup) -> None:
        tallies = sorted(rollup.tallies.items())
        self._write(_ADD_TALLY, [(*key, t.n, t.milliseconds, t.last) for key, t in tallies])
        self._add_days(rollup)

    def _add_days(self, rollup: Rollup) -> None:
        rows = [
            tuple(getattr(day, field) for field in KataDay.__slots__)
            for _, day in sorted(rollup.days.items())
        ]
        self._write(_ADD_DAY, rows)

    def rebuild(self) -> int:
        """Make all figures anew from the events; return how many events there are."""
        with self._transaction():
            for table in ("undone", "tally", "kata_day"):
                self._write(f"DELETE FROM {table}", [()])
            undone = self._undone()
            self._write("INSERT INTO undone VALUES (?)", [(name,) for name in sorted(undone)])
            self._add(Rollup.of(map(event_of, self._stream(_SELECT, ())), undone))
            ((events,),) = self._rows("SELECT count(*) FROM event")
            return int(events)

    # -- out

    def events(self, kinds: Iterable[str] = (), *, everyone: bool = False) -> Iterator[Event]:
        """Yield the events of some kinds, or of all, in the order of their time and id."""
        wanted = tuple(kinds)
        where, values = self._whose(everyone=everyone)
        if wanted:
            where = f"{where} AND kind IN ({', '.join('?' * len(wanted))})"
        sql = f"{_SELECT_WITH_ANSWER} WHERE {where} ORDER BY time, id"
        for row in self._stream(sql, (*values, *wanted)):
            yield event_of(row[:-1], row[-1])

    def tallies(self, day: str = "", *, everyone: bool = False) -> list[Tally]:
        """Return how many events there are of each sort and study day, in the order of days."""
        where, values = self._whose(everyone=everyone)
        if day:
            where, values = f"{where} AND day = ?", (*values, day)
        order = "day, learner, kind, area, part, outcome"
        sql = f"SELECT * FROM tally WHERE {where} AND n > 0 ORDER BY {order}"
        return [Tally(*row) for row in self._rows(sql, values)]

    def kata_days(self, *, everyone: bool = False) -> list[KataDay]:
        """Return what was done with each kata on each study day, in the order of days."""
        where, values = self._whose(everyone=everyone)
        sql = f"SELECT * FROM kata_day WHERE {where} ORDER BY day, learner, kata"
        return [KataDay(*row) for row in self._rows(sql, values)]

    def trails(self, names: Iterable[str]) -> dict[str, Trail]:
        """Return what is known of the katas of these ids; one without events is left out."""
        where, values = self._whose(everyone=False)
        wanted = list(names)
        found: dict[str, Trail] = {}
        latest = (
            f"{_SELECT} WHERE {where} AND kind = '{ATTEMPT}' AND time = (SELECT max(time) FROM "
            "event AS other WHERE other.learner = event.learner AND other.kind = event.kind "
            "AND other.subject = event.subject) AND subject"
        )
        for event in sorted(map(event_of, self._chunks(latest, wanted, values)), key=_order):
            found[subject_of(event)] = Trail(last=event)
        kinds = ", ".join(f"'{kind}'" for kind in OF_A_KATA if kind != ATTEMPT)
        marks = f"{_SELECT} WHERE {where} AND kind IN ({kinds}) AND subject"
        for event in sorted(map(event_of, self._chunks(marks, wanted, values)), key=_order):
            name = subject_of(event)
            known = found.get(name, Trail())
            found[name] = replace(known, marks=(*known.marks, event))
        solved = f"SELECT kata, solved FROM kata_day WHERE {where} AND solved <> '' AND kata"
        for name, time in sorted(self._chunks(solved, wanted, values)):
            found[name] = replace(found.get(name, Trail()), solved=time)
        return found

    def _whose(self, *, everyone: bool) -> tuple[str, tuple[str, ...]]:
        """Return a condition on ``learner``, and its values."""
        if everyone or not self.learner:
            return "1 = 1", ()
        return "learner = ?", (self.learner,)

    def _chunks(self, sql: str, items: Iterable[str], values: Sequence[Any] = ()) -> Iterator[Row]:
        """Yield the rows of ``sql IN (…)`` for all items, some hundred at a time."""
        wanted = sorted(set(items))
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            yield from self._rows(f"{sql} IN ({', '.join('?' * len(some))})", (*values, *some))


_SELECT: Final = "SELECT id, time, day, kind, data, learner FROM event"
#: An attempt whose answer is in a table of its own has ``null`` for it.
_SELECT_WITH_ANSWER: Final = (
    "SELECT id, time, day, kind, data, learner, answer.text FROM event "
    f"LEFT JOIN answer ON kind = '{ATTEMPT}' AND answer.hash = event.answer"
)


def event_of(row: Row, answer: str | None = None) -> Event:
    """Return the event of a row: id, time, day, kind, data, learner."""
    id_, time, day, kind, text, learner = row
    data = json.loads(text)
    if answer is not None:
        data["answer"] = answer
    return Event(id_, time, day, kind, data, learner)


def _order(event: Event) -> tuple[str, str]:
    return event.time, event.id


def _packed(events: list[Event]) -> tuple[list[Row], dict[str, str]]:
    """Return events as rows of the table, and the texts of their answers by hash."""
    rows: list[Row] = []
    answers: dict[str, str] = {}
    for event in events:
        data, hash_ = event.data, None
        if event.kind == ATTEMPT and _is_kept_apart(data.get("answer"), data.get("answer_hash")):
            hash_ = data["answer_hash"]
            answers[hash_] = data["answer"]
            data = {**data, "answer": None}
        text = json.dumps(data, separators=(",", ":"))
        about = subject_of(event)
        rows.append(
            (event.id, event.time, event.day, event.kind, about, event.learner, text, hash_)
        )
    return rows, answers


def _is_kept_apart(text: object, hash_: object) -> bool:
    """Tell whether an answer is what its hash says, and text that every database takes."""
    if not isinstance(text, str) or "\0" in text:
        return False
    try:
        return sha256(text.encode()).hexdigest() == hash_
    except UnicodeEncodeError:
        return False
