"""Solved katas come back: each solve is a review, and the model of the cards says when the next is.

A round at a kata begins with its first attempt, with ``--reset``, or with an answer that is no
longer accepted; it ends with a solve: accepted on all cases. Changing an accepted answer, or
judging it again, is no new round. The grade is drawn from the record, nobody is asked:

- *good*: unaided, in less than twice the expected minutes;
- *hard*: with a hint, or in twice the expected minutes or more, or later than half a day after
  the reference was shown;
- *again*: the reference was shown, whether or not a solve follows soon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from pytest_prep.progress.clock import study_day
from pytest_prep.progress.events import ATTEMPT, RESET, REVEAL, UNDO, Event, is_solve, standing
from pytest_prep.progress.memory import (
    AGAIN,
    FSRS,
    GOOD,
    HARD,
    SAME_DAY,
    Review,
    Scheduler,
    to_datetime,
    to_days,
)

#: The kinds of events that are read here.
KINDS: Final = (ATTEMPT, REVEAL, RESET, UNDO)

#: So many times the expected minutes make a solve a hard one.
SLOW: Final = 2.0


@dataclass(frozen=True, slots=True)
class Solves:
    """The solves of one kata, and the times that the learner gave up."""

    #: The kata's id.
    id: str
    #: Its folder when it was last judged, relative to the root; ``""`` where it never was.
    path: str
    reviews: tuple[Review, ...]
    #: SHA-256 of the accepted answer, where the kata stands solved; ``""`` after a reset, or
    #: where the last attempt was not accepted.
    accepted: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a kata wants to be solved again."""

    solves: Solves
    #: The study day from which on it is due.
    day: date
    #: The larger, the sooner.
    urgency: float


@dataclass
class _Draft:
    """The solves of a kata while its events are read."""

    path: str = ""
    reviews: list[Review] = field(default_factory=list)
    accepted: str = ""
    #: Whether a round is going on, and when the reference was shown in it.
    is_open: bool = True
    revealed: float | None = None

    def attempt(self, moment: float, data: dict[str, Any]) -> None:
        """Take an attempt: a solve ends the round."""
        self.path = str(data.get("path") or self.path)
        if not is_solve(data):
            if data.get("status") != "accepted":  # accepted on some cases only decides nothing
                self.is_open, self.accepted = True, ""
            return
        self.accepted = str(data.get("answer_hash") or "")
        if not self.is_open:
            return
        if self.revealed is None:
            self.reviews.append(Review(moment, _grade(data)))
        elif moment - self.revealed >= SAME_DAY:
            self.reviews.append(Review(moment, HARD))
        self.is_open, self.revealed = False, None

    def reveal(self, moment: float) -> None:
        """Take a look at the reference: within a round that is giving up."""
        if self.is_open and self.revealed is None:
            self.reviews.append(Review(moment, AGAIN))
            self.revealed = moment

    def reset(self) -> None:
        """Take a reset: a new round begins."""
        self.is_open, self.revealed, self.accepted = True, None, ""


def _grade(data: dict[str, Any]) -> int:
    if data.get("revealed") is True:
        return AGAIN
    expected = SLOW * 60 * float(data.get("minutes") or 0)
    is_slow = 0 < expected <= float(data.get("elapsed") or 0)
    return HARD if is_slow or data.get("hints") else GOOD


def read_solves(events: Iterable[Event]) -> dict[str, Solves]:
    """Return the solves of every kata that was solved or given up, by its id.

    ``events`` come in the order of time; those of other kinds are passed over.
    """
    drafts: dict[str, _Draft] = {}
    for event in standing(events):
        kata = event.data.get("kata")
        if not isinstance(kata, str) or event.kind not in KINDS:
            continue
        draft = drafts.setdefault(kata, _Draft())
        moment = to_days(datetime.fromisoformat(event.time))
        if event.kind == ATTEMPT:
            draft.attempt(moment, event.data)
        elif event.kind == REVEAL:
            draft.reveal(moment)
        else:
            draft.reset()
    return {
        kata: Solves(kata, draft.path, tuple(draft.reviews), draft.accepted)
        for kata, draft in drafts.items()
        if draft.reviews
    }


def due_dates(
    solves: Iterable[Solves], *, now: datetime, scheduler: Scheduler[Any] | None = None
) -> list[Due]:
    """Return when each kata is due, the first first; of those due today the most urgent."""
    model: Scheduler[Any] = scheduler or FSRS()
    today, at = study_day(now), to_days(now)
    found = []
    for kata in solves:
        state = model.replay(kata.reviews)
        day = study_day(to_datetime(model.due(state)))
        found.append(Due(kata, day, model.urgency(state, at)))
    return sorted(found, key=lambda due: (max(due.day, today), -due.urgency, due.solves.id))


def due_ids(events: Iterable[Event], *, now: datetime) -> list[str]:
    """Return the ids of the katas that are due today, the most urgent first."""
    dates = due_dates(read_solves(events).values(), now=now)
    return [due.solves.id for due in dates if due.day <= study_day(now)]
