"""Rollups: what the events add up to by day and by kata, so that nobody has to read them all.

A store keeps these figures in the same transaction as the events, and can make them anew from the
events. Both ways lead to the same figures, in whatever order the events come: counts are added,
and the first and the last are picked by time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, NamedTuple

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


# Tuples, since every session pays for what is made here, and a dataclass takes ten times as long.
class Tally(NamedTuple):
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


class KataDay(NamedTuple):
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


class Rollup:
    """The figures of some events."""

    def __init__(self, events: Iterable[Event], undone: Container[str] = ()) -> None:
        """Add up ``events``; those whose id is among ``undone`` count nothing."""
        #: By the first six fields of a tally, and the first three of a kata's day: the others.
        self._tallies: dict[tuple[str, ...], list[Any]] = {}
        self._days: dict[tuple[str, str, str], list[Any]] = {}
        for event in events:
            counts = event.id not in undone
            self._tally(event, counts=counts)
            if counts and event.kind in OF_A_KATA:
                self._kata_day(event)

    def tallies(self) -> list[Tally]:
        """Return the tallies, in the order of their fields."""
        return [Tally._make((*key, *rest)) for key, rest in sorted(self._tallies.items())]

    def days(self) -> list[KataDay]:
        """Return the days of the katas, in the order of their fields."""
        return [KataDay._make((*key, *rest)) for key, rest in sorted(self._days.items())]

    def _tally(self, event: Event, *, counts: bool) -> None:
        key, milliseconds = sort_of(event)
        tally = self._tallies.setdefault(key, [0, 0, ""])
        if counts:
            tally[0] += 1
            tally[1] += milliseconds
        tally[2] = max(tally[2], event.time)

    def _kata_day(self, event: Event) -> None:
        data = event.data
        key = (event.learner, subject_of(event), event.day)
        day = self._days.get(key)
        if day is None:
            day = self._days[key] = list(_NOTHING)
        if event.kind == HINT:
            day[_HINTS] = max(day[_HINTS], whole(data.get("number", 1)))
        elif event.kind == REVEAL:
            day[_REVEALS] += 1
        elif event.kind == ATTEMPT:
            day[_ATTEMPTS] += 1
            day[_MILLISECONDS] += whole(data.get("spent"), 1000)
            day[_LAST:] = max(day[_LAST:], [event.time, outcome_of(event)])
            if is_solve(data):
                day[_SOLVES] += 1
                first = [event.time, whole(data.get("elapsed"), 1000)]
                if not day[_SOLVED] or first < day[_SOLVED:_LAST]:
                    day[_SOLVED:_LAST] = first


_KEYS = 3
_NOTHING = tuple(KataDay("", "", ""))[_KEYS:]
(_ATTEMPTS, _SOLVES, _HINTS, _REVEALS, _MILLISECONDS, _SOLVED, _LAST) = (
    KataDay._fields.index(name) - _KEYS
    for name in ("attempts", "solves", "hints", "reveals", "milliseconds", "solved", "last")
)


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
