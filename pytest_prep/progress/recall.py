"""What is remembered of the cards: recall now, what is due, and on which days something was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pytest_prep.progress.clock import study_day
from pytest_prep.progress.memory import FSRS, Memory, Review, to_datetime, to_days
from pytest_prep.progress.state import CardState, Record


@dataclass(frozen=True, slots=True)
class DeckState:
    """The cards of one deck, or of all."""

    name: str
    #: Cards there are, None where only the record is known.
    total: int | None
    seen: int
    reviews: int
    #: Cards whose last grade was good or easy.
    known: int
    #: The mean of the last grades, 1 (again) to 4 (easy), None before the first review.
    confidence: float | None
    #: The mean chance of recall now, over the cards seen, None before the first review.
    recall: float | None
    #: Cards due by the end of today.
    due: int


def recalled(
    record: Record, totals: dict[str, int], now: datetime
) -> tuple[DeckState, tuple[DeckState, ...]]:
    """Return the cards of all decks together, and every deck with cards or reviews, by name.

    Args:
        record: the learner's record.
        totals: the number of cards of each deck of the collection.
        now: the moment to which recall and due refer.
    """
    decks: dict[str, list[_Seen]] = {name: [] for name in totals}
    everything: list[_Seen] = []
    model, moment, today = FSRS(), to_days(now), study_day(now)
    for card in record.cards.values():
        if card.suspended:
            continue
        state = _last(card)
        recall = model.retrievability(state.stability, moment - state.last)
        seen = _Seen(card, recall, study_day(to_datetime(model.due(state))) <= today)
        everything.append(seen)
        decks.setdefault(card.deck, []).append(seen)
    each = tuple(_deck(name, decks[name], totals.get(name)) for name in sorted(decks))
    return _deck("", everything, sum(totals.values()) if totals else None), each


def was_overdue(cards: Iterable[CardState]) -> Callable[[str], bool]:
    """Return a function that tells whether a card was due at the end of a study day, unreviewed."""
    spans: list[tuple[str, str]] = []
    for card in cards:
        if card.suspended:
            continue
        reviewed = [study_day(datetime.fromisoformat(moment)) for moment, _ in card.history]
        for (_, due), then in zip(_states(card), [*reviewed[1:], None], strict=True):
            day = study_day(due)
            if then is None or day < then:
                spans.append((day.isoformat(), then.isoformat() if then else "~"))
    merged: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))

    def overdue(day: str) -> bool:
        return any(start <= day < end for start, end in merged)

    return overdue


class _Seen(NamedTuple):
    card: CardState
    recall: float
    is_due: bool


def _deck(name: str, cards: list[_Seen], total: int | None) -> DeckState:
    grades = [seen.card.grade for seen in cards]
    count = len(cards)
    return DeckState(
        name=name,
        total=total,
        seen=count,
        reviews=sum(seen.card.reviews for seen in cards),
        known=sum(grade >= 3 for grade in grades),
        confidence=sum(grades) / count if grades else None,
        recall=sum(seen.recall for seen in cards) / count if cards else None,
        due=sum(seen.is_due for seen in cards),
    )


def _last(card: CardState) -> Memory:
    """Return the model's state after the last review."""
    state = FSRS().replay(_reviews(card))
    assert state is not None, "a card is in the record for its reviews"
    return state


def _reviews(card: CardState) -> Iterator[Review]:
    for moment, grade in card.history:
        yield Review(to_days(datetime.fromisoformat(moment)), min(max(grade, 1), 4))


def _states(card: CardState) -> list[tuple[Memory, datetime]]:
    """Return the model's state after each review, and when the next one is due."""
    model = FSRS()
    state: Memory | None = None
    found: list[tuple[Memory, datetime]] = []
    for review in _reviews(card):
        state = model.review(state, review)
        found.append((state, to_datetime(model.due(state))))
    return found
