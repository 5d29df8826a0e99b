"""What the stores in SQL databases share: how events and figures go in and out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
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
from pytest_prep.progress.rows import SELECT, SELECT_WITH_ANSWER, Row, event_of, packed
from pytest_prep.progress.store import Trail

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
        rows, answers = packed(events)
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
            self._add(Rollup(new, undone))
            self._change(undone - old - ids, -1)
            self._change(old - undone - ids, 1)
            return
        undone = set()
        if self._rows("SELECT 1 FROM undone LIMIT 1"):
            undone = {id_ for (id_,) in self._chunks("SELECT id FROM undone WHERE id", ids)}
        self._add(Rollup(new, undone))

    def _undone(self) -> set[str]:
        return undone_by(map(event_of, self._rows(f"{SELECT} WHERE kind = '{UNDO}'")))

    def _change(self, ids: Iterable[str], sign: int) -> None:
        """Take events that the store had before out of the figures (-1), or put them back (1)."""
        katas = set()
        for row in self._chunks(f"{SELECT} WHERE event.id", ids):
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
                f"{SELECT} WHERE learner = ? AND kind IN ({marks}) AND subject = ? "
                "AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = event.id)",
                (learner, *OF_A_KATA, kata),
            )
            self._write(_ADD_DAY, Rollup(map(event_of, rows)).days())

    def _add(self, rollup: Rollup) -> None:
        self._write(_ADD_TALLY, rollup.tallies())
        self._write(_ADD_DAY, rollup.days())

    def rebuild(self) -> int:
        """Make all figures anew from the events; return how many events there are."""
        with self._transaction():
            for table in ("undone", "tally", "kata_day"):
                self._write(f"DELETE FROM {table}", [()])
            undone = self._undone()
            self._write("INSERT INTO undone VALUES (?)", [(name,) for name in sorted(undone)])
            self._add(Rollup(map(event_of, self._stream(SELECT, ())), undone))
            ((events,),) = self._rows("SELECT count(*) FROM event")
            return int(events)

    # -- out

    def events(self, kinds: Iterable[str] = (), *, everyone: bool = False) -> Iterator[Event]:
        """Yield the events of some kinds, or of all, in the order of their time and id."""
        wanted = tuple(kinds)
        where, values = self._whose(everyone=everyone)
        if wanted:
            where = f"{where} AND kind IN ({', '.join('?' * len(wanted))})"
        sql = f"{SELECT_WITH_ANSWER} WHERE {where} ORDER BY time, id"
        for row in self._stream(sql, (*values, *wanted)):
            yield event_of(row[:-1], row[-1])

    def tallies(self, day: str = "", *, everyone: bool = False) -> list[Tally]:
        """Return how many events there are of each sort and study day, in the order of days."""
        where, values = self._whose(everyone=everyone)
        if day:
            where, values = f"{where} AND day = ?", (*values, day)
        order = "day, learner, kind, area, part, outcome"
        sql = f"SELECT * FROM tally WHERE {where} AND n > 0 ORDER BY {order}"
        return [Tally._make(row) for row in self._rows(sql, values)]

    def sums(self, *by: str, everyone: bool = False) -> list[Row]:
        """Return the tallies' ``n``, ``milliseconds`` and last time, summed up by some fields."""
        if not set(by) <= set(Tally._fields[:6]):
            raise ValueError(f"{', '.join(by)}: not all are fields of a tally")
        where, values = self._whose(everyone=everyone)
        names = "".join(f"{name}, " for name in by)
        group = f" GROUP BY {', '.join(by)} ORDER BY {', '.join(by)}" if by else ""
        sql = (
            f"SELECT {names}CAST(sum(n) AS BIGINT), CAST(sum(milliseconds) AS BIGINT), max(last) "
            f"FROM tally WHERE {where} AND n > 0{group}"
        )
        return [row for row in self._rows(sql, values) if row[-1] is not None]

    def kata_days(self, *, everyone: bool = False) -> list[KataDay]:
        """Return what was done with each kata on each study day, by learner, kata and day."""
        where, values = self._whose(everyone=everyone)
        sql = f"SELECT * FROM kata_day WHERE {where} ORDER BY learner, kata, day"
        return [KataDay._make(row) for row in self._rows(sql, values)]

    def katas(self, *, everyone: bool = False) -> list[KataDay]:
        """Return what was done with each kata on all days together; ``day`` is empty."""
        where, values = self._whose(everyone=everyone)
        own = "learner = one.learner AND kata = one.kata"
        sql = f"""SELECT learner, kata, '', attempts, solves, hints, reveals, milliseconds,
            coalesce(solved, ''), coalesce((SELECT elapsed FROM kata_day WHERE {own}
                AND kata_day.solved = one.solved ORDER BY elapsed LIMIT 1), 0),
            last, (SELECT status FROM kata_day WHERE {own} AND kata_day.last = one.last
                ORDER BY status DESC LIMIT 1)
            FROM (SELECT learner, kata, CAST(sum(attempts) AS BIGINT) AS attempts,
                CAST(sum(solves) AS BIGINT) AS solves, max(hints) AS hints,
                CAST(sum(reveals) AS BIGINT) AS reveals,
                CAST(sum(milliseconds) AS BIGINT) AS milliseconds,
                min(CASE WHEN solved <> '' THEN solved END) AS solved, max(last) AS last
                FROM kata_day WHERE {where} GROUP BY learner, kata) AS one
            ORDER BY learner, kata"""
        return [KataDay._make(row) for row in self._rows(sql, values)]

    def trails(self, names: Iterable[str]) -> dict[str, Trail]:
        """Return what is known of the katas of these ids; one without events is left out."""
        where, values = self._whose(everyone=False)
        wanted = list(names)
        found: dict[str, Trail] = {}
        latest = (
            "SELECT (SELECT seq FROM event WHERE learner = known.learner AND subject = known.kata "
            f"AND kind = '{ATTEMPT}' ORDER BY time DESC LIMIT 1) "
            f"FROM (SELECT DISTINCT learner, kata FROM kata_day WHERE {where}) AS known "
            "WHERE known.kata"
        )
        places = [seq for (seq,) in self._chunks(latest, wanted, values) if seq is not None]
        last = self._chunks(f"{SELECT} WHERE seq", places)
        for event in sorted(map(event_of, last), key=_order):
            found[subject_of(event)] = Trail(last=event)
        kinds = ", ".join(f"'{kind}'" for kind in OF_A_KATA if kind != ATTEMPT)
        marks = f"{SELECT} WHERE {where} AND kind IN ({kinds}) AND subject"
        for event in sorted(map(event_of, self._chunks(marks, wanted, values)), key=_order):
            name = subject_of(event)
            known = found.get(name, Trail())
            found[name] = replace(known, marks=(*known.marks, event))
        solved = f"SELECT kata, solved FROM kata_day WHERE {where} AND solved <> '' AND kata"
        for name, time in sorted(self._chunks(solved, wanted, values)):
            found[name] = replace(found.get(name, Trail()), solved=time)
        return found

    def _whose(self, *, everyone: bool) -> tuple[str, tuple[str, ...]]:
        """Return a condition on ``learner``, and its values.

        Events without a name are from before the learner had one.
        """
        if everyone:
            return "1 = 1", ()
        if self.learner:
            return "learner IN (?, '')", (self.learner,)
        # An index begins with the learner: name the one there is.
        first = "SELECT (SELECT min(learner) FROM tally), (SELECT max(learner) FROM tally)"
        ((least, most),) = self._rows(first)
        return ("learner = ?", (least,)) if least is not None and least == most else ("1 = 1", ())

    def _chunks(self, sql: str, items: Iterable[Any], values: Sequence[Any] = ()) -> Iterator[Row]:
        """Yield the rows of ``sql IN (…)`` for all items, some hundred at a time."""
        wanted = sorted(set(items))
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            yield from self._rows(f"{sql} IN ({', '.join('?' * len(some))})", (*values, *some))


def _order(event: Event) -> tuple[str, str]:
    return event.time, event.id
