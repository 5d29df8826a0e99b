"""Rollups: what the events add up to by day and by kata, so that nobody has to read them all.

A store keeps these figures in the same transaction as the events, and can make them anew from the
events. Both ways lead to the same figures, in whatever order the events come: counts are added,
and the first and the last are picked by time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from pytest_prep.progress.events import (
    ATTEMPT,
    CARD,
    HINT,
    MOCK,
    MOCK_STAGE,
    OPEN,
    RESET,
    REVEAL,
    Event,
    is_solve,
)

#: Kinds of event that belong to a kata.
OF_A_KATA = (ATTEMPT, OPEN, HINT, REVEAL, RESET)


@dataclass(slots=True)
class Tally:
    """How many events of one sort a learner has on one study day."""

    learner: str
    day: str
    kind: str
    #: Of an attempt the track, of a card its category, of an interview its kind; else ``""``.
    area: str
    #: Of an attempt the level, of a card the deck, of an interview the script; else ``""``.
    part: str
    #: Of an attempt the status (``partial`` where only some cases were judged, and accepted), of a
    #: card the grade (``1`` to ``4``); else ``""``.
    outcome: str
    n: int = 0
    #: Time practised: the attempts' ``spent``, the cards' ``milliseconds``, the interviews'
    #: ``seconds``.
    milliseconds: int = 0
    #: Time of the last of these events, as in :class:`Event`.
    last: str = ""


@dataclass(slots=True)
class KataDay:
    """What a learner did with one kata on one study day."""

    learner: str
    kata: str
    day: str
    attempts: int = 0
    #: Attempts that were accepted on all cases.
    solves: int = 0
    #: The highest hint shown, 0 without one.
    hints: int = 0
    reveals: int = 0
    #: Time practised.
    milliseconds: int = 0
    #: Time of the first solve, ``""`` without one.
    solved: str = ""
    #: Milliseconds from opening the kata to that solve.
    elapsed: int = 0
    #: Time of the last attempt, ``""`` without one, and its status.
    last: str = ""
    status: str = ""


@dataclass(slots=True)
class Rollup:
    """The figures of some events."""

    tallies: dict[tuple[str, ...], Tally]
    days: dict[tuple[str, str, str], KataDay]

    @classmethod
    def of(cls, events: Iterable[Event], undone: Container[str] = ()) -> Rollup:
        """Add up ``events``; those whose id is among ``undone`` count nothing."""
        made = cls({}, {})
        for event in events:
            counts = event.id not in undone
            made._tally(event, counts=counts)
            if counts and event.kind in OF_A_KATA:
                made._kata_day(event)
        return made

    def _tally(self, event: Event, *, counts: bool) -> None:
        key, milliseconds = sort_of(event)
        tally = self.tallies.get(key)
        if tally is None:
            learner, day, kind, area, part, outcome = key
            tally = Tally(learner, day, kind, area, part, outcome)
            self.tallies[key] = tally
        tally.last = max(tally.last, event.time)
        if counts:
            tally.n += 1
            tally.milliseconds += milliseconds

    def _kata_day(self, event: Event) -> None:
        data = event.data
        key = (event.learner, subject_of(event), event.day)
        day = self.days.get(key)
        if day is None:
            day = self.days[key] = KataDay(*key)
        if event.kind == HINT:
            day.hints = max(day.hints, whole(data.get("number", 1)))
        elif event.kind == REVEAL:
            day.reveals += 1
        elif event.kind == ATTEMPT:
            day.attempts += 1
            day.milliseconds += whole(data.get("spent"), 1000)
            status = outcome_of(event)
            day.last, day.status = max((day.last, day.status), (event.time, status))
            if is_solve(data):
                day.solves += 1
                elapsed = whole(data.get("elapsed"), 1000)
                first = (event.time, elapsed)
                if not day.solved or first < (day.solved, day.elapsed):
                    day.solved, day.elapsed = first


def subject_of(event: Event) -> str:
    """Return what an event is about: the id of its kata, card or interview, or ``""``."""
    data = event.data
    return _name(data.get("kata") or data.get("card") or data.get("interview"))


def outcome_of(event: Event) -> str:
    """Return an event's outcome, as :class:`Tally` has it."""
    data = event.data
    if event.kind == ATTEMPT:
        status = _name(data.get("status"))
        return "partial" if status == "accepted" and not is_solve(data) else status
    return _name(data.get("grade")) if event.kind == CARD else ""


def sort_of(event: Event) -> tuple[tuple[str, ...], int]:
    """Return the first six fields of the event's :class:`Tally`, and its milliseconds."""
    data = event.data
    area: object = ""
    part: object = ""
    milliseconds = 0
    if event.kind == ATTEMPT:
        area, part = data.get("track"), data.get("level")
        milliseconds = whole(data.get("spent"), 1000)
    elif event.kind == CARD:
        area, part = data.get("category"), data.get("deck")
        milliseconds = whole(data.get("milliseconds"))
    elif event.kind in (MOCK, MOCK_STAGE):
        area, part = data.get("kind"), data.get("script")
        if event.kind == MOCK:
            milliseconds = whole(data.get("seconds"), 1000)
    key = (event.learner, event.day, event.kind, _name(area), _name(part), outcome_of(event))
    return key, milliseconds


def whole(value: object, factor: int = 1) -> int:
    """Return ``factor × value`` as an int; 0 for what is no number, or none of this world."""
    if not isinstance(value, (int, float)) or not 0 <= value * factor < 1e15:
        return 0
    return round(value * factor)


def _name(value: object) -> str:
    """Return a value as text that every database takes."""
    if value is None:
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\0", "")
