"""What is remembered of the cards: recall now, what is due, and on which days something was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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


def deck_states(record: Record, totals: dict[str, int], now: datetime) -> tuple[DeckState, ...]:
    """Return every deck with cards or reviews, by name.

    Args:
        record: the learner's record.
        totals: the number of cards of each deck of the collection.
        now: the moment to which recall and due refer.
    """
    decks: dict[str, list[CardState]] = {name: [] for name in totals}
    for card in record.cards.values():
        if not card.suspended:
            decks.setdefault(card.deck, []).append(card)
    return tuple(_deck(name, decks[name], totals.get(name), now) for name in sorted(decks))


def all_cards(record: Record, totals: dict[str, int], now: datetime) -> DeckState:
    """Return the cards of all decks together."""
    cards = [card for card in record.cards.values() if not card.suspended]
    return _deck("", cards, sum(totals.values()) if totals else None, now)


def overdue_days(cards: Iterable[CardState], today: str) -> frozenset[str]:
    """Return the study days at whose end a card was due that had not been reviewed."""
    days: set[str] = set()
    for card in cards:
        if card.suspended:
            continue
        reviewed = [study_day(datetime.fromisoformat(moment)) for moment, _ in card.history]
        for (_, due), then in zip(_states(card), [*reviewed[1:], None], strict=True):
            day = study_day(due)
            end = then or date.fromisoformat(today) + timedelta(days=1)
            while day < end:
                days.add(day.isoformat())
                day += timedelta(days=1)
    return frozenset(days)


def _deck(name: str, cards: list[CardState], total: int | None, now: datetime) -> DeckState:
    moment = to_days(now)
    today = study_day(now)
    model = FSRS()
    due = 0
    recall: list[float] = []
    for card in cards:
        *_, (state, when) = _states(card)
        recall.append(model.retrievability(state.stability, moment - state.last))
        due += study_day(when) <= today
    grades = [card.grade for card in cards]
    return DeckState(
        name=name,
        total=total,
        seen=len(cards),
        reviews=sum(card.reviews for card in cards),
        known=sum(grade >= 3 for grade in grades),
        confidence=sum(grades) / len(grades) if grades else None,
        recall=sum(recall) / len(recall) if recall else None,
        due=due,
    )


def _states(card: CardState) -> list[tuple[Memory, datetime]]:
    """Return the model's state after each review, and when the next one is due."""
    model = FSRS()
    state: Memory | None = None
    found: list[tuple[Memory, datetime]] = []
    for moment, grade in card.history:
        at = to_days(datetime.fromisoformat(moment))
        state = model.review(state, Review(at, min(max(grade, 1), 4)))
        found.append((state, to_datetime(model.due(state))))
    return found
