"""What the store says of the cards, kept up to date while a session writes to it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from pytest_prep.content.card import Card
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.events import CARD, CARD_STATE, PLAN, UNDO, Event, new_event, standing
from pytest_prep.progress.memory import SCHEDULERS, Scheduler, next_dates, to_datetime, to_days
from pytest_prep.progress.planner import expected_recall, forecast
from pytest_prep.progress.reviews import KINDS, CardRecord, read_cards
from pytest_prep.progress.store import Store


@dataclass(frozen=True)
class Tally:
    """First answers of a day: how many, and how many of them knew the card."""

    known: int
    total: int

    @property
    def share(self) -> float:
        """The share that was known; 1 where there was no answer."""
        return self.known / self.total if self.total else 1.0


class History:
    """The record of every card."""

    def __init__(self, store: Store, *, scheduler: str = "fsrs", interview: str = "") -> None:
        """Read the store.

        Args:
            store: where the answers are, and where they go.
            scheduler: the name of the scheduler that says when a card is due.
            interview: the day to plan to, ``2026-12-01``, where no event says one.

        Raises:
            StoreError: it cannot be read.
        """
        self._store = store
        self._of_card: dict[str, list[Event]] = {}
        with _without_collector():
            self._events = list(store.events((*KINDS, PLAN)))
            self._records = read_cards(self._events)
        self.scheduler: Scheduler[Any] = SCHEDULERS[scheduler]
        chosen = [e.data["interview"] for e in standing(self._events) if "interview" in e.data]
        self.interview = _date(chosen[-1] if chosen else interview)

    @property
    def records(self) -> Mapping[str, CardRecord]:
        """What is known of each card with an event, by its id."""
        return self._records

    def of(self, card: str) -> CardRecord:
        """Return what is known of a card."""
        return self._records.get(card) or CardRecord(card)

    def append(self, card: str, event: Event) -> None:
        """Keep an event about a card; it is on the disk when this returns.

        Raises:
            StoreError: it is not kept, and nothing has changed.
        """
        self._store.append([event])
        self._events.append(event)
        if not self._of_card:
            # Once, and only when there is something to write: undo events count for every card.
            for known in self._events[:-1]:
                name = "" if known.kind == UNDO else str(known.data.get("card"))
                self._of_card.setdefault(name, []).append(known)
        self._of_card.setdefault(card, []).append(event)
        self._records.pop(card, None)
        self._records.update(read_cards([*self._of_card.get("", ()), *self._of_card[card]]))

    def suspend(self, card: str) -> None:
        """Put a card aside until it is brought back.

        Raises:
            StoreError: it could not be kept.
        """
        data = {"card": card, "state": "suspended", "until": None}
        self.append(card, new_event(CARD_STATE, data))

    def bring_back(self, ids: Iterable[str]) -> int:
        """Take back suspended and buried cards; return how many there were.

        Raises:
            StoreError: one could not be kept.
        """
        day = study_day(now()).isoformat()
        aside = [card for card in ids if self.of(card).is_aside(day)]
        for card in aside:
            data = {"card": card, "state": "active", "until": None}
            self.append(card, new_event(CARD_STATE, data))
        return len(aside)

    def next_dates(self, card: str) -> dict[int, date]:
        """Return for each grade the study day on which the card would be due."""
        moment = to_days(now())
        state = self.scheduler.replay(self.of(card).reviews)
        dates = next_dates(self.scheduler, state, moment)
        return {grade: study_day(to_datetime(due)) for grade, due in dates.items()}

    def recall(self, ids: Iterable[str], *, without_today: bool = False) -> float | None:
        """Return the expected share known on the interview day; None without a date to come."""
        moment = now()
        if self.interview is None or self.interview < study_day(moment):
            return None
        return expected_recall(
            ids, self._records, now=moment, interview=self.interview, without_today=without_today
        )

    def forecast(self, ids: Iterable[str]) -> list[int]:
        """Return how many of the cards are due on each of the next 14 days, today first."""
        return forecast(self._records, now=now(), scheduler=self.scheduler, ids=ids)

    def first_tries(self, cards: Mapping[str, Card], since: date) -> dict[str, Tally]:
        """Return by category the first answers of each day since a study day."""
        seen: set[tuple[str, str]] = set()
        counts: dict[str, list[int]] = {}
        for event in standing(self._events):
            card = cards.get(str(event.data.get("card")))
            if event.kind != CARD or card is None or event.day < since.isoformat():
                continue
            if (card.id, event.day) not in seen:
                seen.add((card.id, event.day))
                count = counts.setdefault(card.category, [0, 0])
                count[0] += event.data.get("grade", 1) > 1
                count[1] += 1
        return {category: Tally(*count) for category, count in counts.items()}

    def answered_on(self, day: str) -> tuple[int, int]:
        """Return how many cards were answered on a study day, and how many of them were new."""
        cards = [record for record in self._records.values() if record.last_day == day]
        return len(cards), sum(record.first_day == day for record in cards)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector out of work that makes many objects, none of them garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def weakest(tallies: Mapping[str, Tally], least: int = 3) -> Sequence[tuple[str, Tally]]:
    """Return the categories with enough answers, those known least first."""
    enough = [(name, tally) for name, tally in tallies.items() if tally.total >= least]
    return sorted(enough, key=lambda entry: (entry[1].share, entry[0]))


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
