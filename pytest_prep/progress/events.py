"""Events: the facts of which everything else about a learner is derived.

An event is written once and never changed. Its ``data`` is plain: None, bool, int, float, str, and
lists and dicts of these. Keys that a reader does not know are kept and ignored, so an older
version can read what a newer one wrote.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

from pytest_prep.progress.clock import now, study_day

#: An answer was judged: ``kata, path, track, level, topics, minutes, status, cases`` ({case:
#: status}), ``complete`` (whether these are all cases of the kata: see :func:`is_solve`),
#: ``answer`` (its text), ``answer_hash`` (SHA-256 of its UTF-8), ``elapsed`` (seconds since the
#: kata was opened or first tried; 0 where nothing was recorded before), ``spent`` (seconds of
#: practice that it adds; their sum is the time practised), ``hints`` and ``revealed`` (since then
#: too), ``duration`` (seconds of judging), ``ratio`` (largest share of a time budget, or None).
#: Judging the same answer again with the same outcome is no new attempt.
ATTEMPT: Final = "attempt"
#: A kata was looked at, before anything was tried: ``kata``.
OPEN: Final = "open"
#: A hint was shown: ``kata, number`` (from 1).
HINT: Final = "hint"
#: The reference was shown: ``kata``.
REVEAL: Final = "reveal"
#: The starter came back: ``kata, kept`` (where the old answer is).
RESET: Final = "reset"
#: An answer was reviewed: ``kata, score`` (0 to 100, or None).
REVIEW: Final = "review"
#: A card was graded: ``card, content`` (hash), ``grade`` (1 again to 4 easy), ``milliseconds``,
#: ``deck, category, seed`` (order of options, or None).
CARD: Final = "card"
#: A card was put aside or taken back: ``card, state`` (suspended | buried | active), ``until``
#: (a study day, or None).
CARD_STATE: Final = "card_state"
#: An earlier event does not count: ``event`` (its id).
UNDO: Final = "undo"
#: A stage of an interview ended: ``interview`` (its id), ``script, stage, kind, items`` (ids),
#: ``score`` (0 to 100, or None), ``measured`` (False: the learner's own marks), ``seconds``.
MOCK_STAGE: Final = "mock_stage"
#: An interview ended: ``interview`` (its id), ``script, kind``, ``score`` (measured, or None),
#: ``self_score`` (from the learner's own marks, or None), ``passed`` (the script's pass mark, or
#: None), ``predicted, seconds, actions`` (texts). An attempt made in it has ``interview`` too.
MOCK: Final = "mock"
#: Choices for the plan: any of ``interview`` (a date), ``minutes`` (a day), ``plan`` (id or path).
PLAN: Final = "plan"
#: A task that only the learner can call done was ticked: ``task`` (its key), ``note``.
TICK: Final = "tick"
#: A note: ``text``, and what it is about.
NOTE: Final = "note"

KINDS: Final = (
    ATTEMPT, OPEN, HINT, REVEAL, RESET, REVIEW, CARD, CARD_STATE, UNDO, MOCK_STAGE, MOCK, PLAN,
    TICK, NOTE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One fact."""

    #: A UUID; two events with the same one are the same event.
    id: str
    #: The moment, in UTC: ISO 8601 with microseconds and ``Z``; sorts as text.
    time: str
    #: The learner's study day, ``2026-12-01``.
    day: str
    kind: str
    data: dict[str, Any]
    #: Whose fact it is, ``""`` in a store of one learner.
    learner: str = ""


def new_event(kind: str, data: dict[str, Any], *, moment: datetime | None = None) -> Event:
    """Return an event of now, or of ``moment``.

    Of one process's events at the same moment, the one made first has the lower id.
    """
    at = moment or now()
    text = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Event(_new_id(at), text, study_day(at).isoformat(), kind, data)


def is_solve(data: dict[str, Any]) -> bool:
    """Tell whether an attempt's data says that the whole kata was accepted."""
    return data.get("status") == "accepted" and bool(data.get("complete", True))


def minutes_of(data: dict[str, Any]) -> int:
    """Return the minutes a day that a plan event's data chooses, 0 where it chooses none."""
    minutes = data.get("minutes")
    return minutes if type(minutes) is int and 1 <= minutes <= 1440 else 0


def undone_by(undos: Iterable[Event]) -> set[str]:
    """Return the ids of the events that do not count, of all ``undo`` events there are.

    An ``undo`` that another one names does not count either.
    """
    undone: set[str] = set()
    for event in sorted(undos, key=lambda event: (event.time, event.id), reverse=True):
        if event.id not in undone:
            undone.add(str(event.data.get("event")))
    return undone


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events that count, without the ``undo`` events."""
    known = list(events)
    undone = undone_by(event for event in known if event.kind == UNDO)
    return [event for event in known if event.kind != UNDO and event.id not in undone]


_made = count()


def _new_id(at: datetime) -> str:
    """Return a UUID of version 7 (RFC 9562): milliseconds, a counter, random bits.

    Such ids are in the order of time, so a store's index grows at its end.
    """
    serial = next(_made) & 0xFFFFFFFF
    number = int((at - _EPOCH).total_seconds() * 1000) << 80
    number |= 7 << 76 | (serial >> 20) << 64 | 2 << 62 | (serial & 0xFFFFF) << 42
    digits = f"{number | int.from_bytes(os.urandom(6)) >> 6:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
