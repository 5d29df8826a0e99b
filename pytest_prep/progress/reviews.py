"""What the log of events says of each card: its reviews, lapses, and whether it is put aside.

Everything here is a replay. Taking an answer back (an ``undo`` event) therefore gives exactly what
was before, a log merged from two machines gives what one machine would have written, and the
scheduler can be changed at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pytest_prep.progress.events import CARD, CARD_STATE, UNDO, Event, standing
from pytest_prep.progress.memory import AGAIN, GRADES, SAME_DAY, Review, to_days
from pytest_prep.progress.rollups import whole

#: The kinds of events that are read here.
KINDS: Final = (CARD, CARD_STATE, UNDO)

#: Lapses from which on a card is a leech: it costs more than it gives, and wants a better text.
LEECH: Final = 8


@dataclass(frozen=True, slots=True)
class CardRecord:
    """What is known of one card that has an event."""

    id: str
    #: The reviews that count, in the order of time.
    reviews: tuple[Review, ...] = ()
    #: How long each of them took, in seconds.
    seconds: tuple[float, ...] = ()
    #: The study day of the first and of the last review, ``""`` without one.
    first_day: str = ""
    last_day: str = ""
    #: The content's hash at the last review: another one means that the card was edited since.
    content: str = ""
    suspended: bool = False
    #: The study day on which a buried card comes back, ``""`` where it is not buried.
    buried_until: str = ""

    @property
    def lapses(self) -> int:
        """How often it was forgotten after having been known.

        The repeats of one day count once, and not knowing a card yet is no lapse.
        """
        lapses, known, last = 0, False, float("-inf")
        for moment, grade in self.reviews:
            if grade != AGAIN:
                known = True
            elif known and moment - last >= SAME_DAY:
                lapses += 1
            last = moment
        return lapses

    @property
    def leech(self) -> bool:
        """Whether it lapsed so often that it should be suspended or rewritten."""
        return len(self.reviews) > LEECH and self.lapses >= LEECH

    def is_aside(self, day: str) -> bool:
        """Tell whether it is suspended, or buried until after a study day."""
        return self.suspended or self.buried_until > day

    def before(self, moment: float) -> CardRecord:
        """Return the record without the reviews from a moment (in days) on."""
        kept = sum(review.moment < moment for review in self.reviews)
        if kept == len(self.reviews):
            return self
        return replace(self, reviews=self.reviews[:kept], seconds=self.seconds[:kept])


class _Draft:
    """A record while its events are read."""

    __slots__ = ("buried", "content", "days", "reviews", "seconds", "suspended")

    def __init__(self) -> None:
        self.reviews: list[Review] = []
        self.seconds: list[float] = []
        self.days: list[str] = []
        self.content = ""
        self.suspended = False
        self.buried = ""


def read_cards(events: Iterable[Event]) -> dict[str, CardRecord]:
    """Return the record of every card with an event, by its id.

    ``events`` come in the order of time, as a store yields them; those of other kinds, and those
    that make no sense (a grade of 7), are passed over.
    """
    drafts: dict[str, _Draft] = {}
    for event in standing(events):
        kind, data = event.kind, event.data
        card = data.get("card")
        if not isinstance(card, str):
            continue
        if kind == CARD and (grade := grade_of(data)):
            draft = drafts.get(card) or drafts.setdefault(card, _Draft())
            moment = to_days(datetime.fromisoformat(event.time))
            draft.reviews.append(Review(moment, grade))
            draft.seconds.append(whole(data.get("milliseconds")) / 1000)
            draft.days.append(event.day)
            draft.content = str(data.get("content") or "")
        elif kind == CARD_STATE:
            draft = drafts.get(card) or drafts.setdefault(card, _Draft())
            state = data.get("state")
            draft.suspended = state == "suspended"
            draft.buried = str(data.get("until") or "") if state == "buried" else ""
    return {card: _record(card, draft) for card, draft in drafts.items()}


def grade_of(data: Mapping[str, Any]) -> int:
    """Return the grade of a card event's data, 0 where it is none of the four."""
    grade = data.get("grade")
    return int(grade) if grade in GRADES else 0


def _record(card: str, draft: _Draft) -> CardRecord:
    return CardRecord(
        card,
        tuple(draft.reviews),
        tuple(draft.seconds),
        draft.days[0] if draft.days else "",
        draft.days[-1] if draft.days else "",
        draft.content,
        draft.suspended,
        draft.buried,
    )


def failed_on(day: str, records: Mapping[str, CardRecord]) -> list[str]:
    """Return the cards whose last answer on a study day was *again*: they want a second look."""
    failed = [
        record
        for record in records.values()
        if record.last_day == day and record.reviews[-1].grade == AGAIN and not record.is_aside(day)
    ]
    return [record.id for record in sorted(failed, key=lambda record: record.reviews[-1].moment)]
