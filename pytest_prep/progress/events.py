"""Events: the facts of which everything else about a learner is derived.

An event is written once and never changed. Its ``data`` is plain: None, bool, int, float, str, and
lists and dicts of these. Keys that a reader does not know are kept and ignored, so an older
version can read what a newer one wrote.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pytest_prep.progress.clock import now, study_day

#: A kata was judged: ``kata, path, track, level, topics, minutes, status, cases`` ({case: status}),
#: ``answer`` (its text), ``answer_hash``, ``elapsed`` (seconds since the kata was opened or first
#: tried), ``duration`` (seconds of judging), ``ratio`` (largest share of a time budget, or None).
ATTEMPT: Final = "attempt"
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
#: A stage of an interview ended: ``interview, script, stage, kind, ...``.
MOCK_STAGE: Final = "mock_stage"
#: An interview ended: ``interview`` (its id), ``script, kind, score`` (0 to 100, or None),
#: ``predicted, seconds, actions`` (texts).
MOCK: Final = "mock"
#: Choices for the plan: any of ``interview`` (a date), ``minutes`` (a day), ``plan`` (id or path).
PLAN: Final = "plan"
#: A task that only the learner can call done was ticked: ``task`` (its key), ``note``.
TICK: Final = "tick"
#: A note: ``text``, and what it is about.
NOTE: Final = "note"

KINDS: Final = (
    ATTEMPT, HINT, REVEAL, RESET, REVIEW, CARD, CARD_STATE, UNDO, MOCK_STAGE, MOCK, PLAN, TICK,
    NOTE,
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
    """Return an event of now, or of ``moment``."""
    at = moment or now()
    text = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Event(str(uuid.uuid4()), text, study_day(at).isoformat(), kind, data)
