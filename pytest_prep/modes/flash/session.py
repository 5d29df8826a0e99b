"""A session of flashcards, without a screen: which card, in which phase, and what is recorded.

Whatever is graded, put aside or typed is on the disk before the session goes on. A screen shows
``card`` and ``phase``, and calls one method for each thing that the learner can do.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from pytest_prep.content.card import Card, Option, found_points
from pytest_prep.modes.flash.history import History
from pytest_prep.modes.flash.state import Limits, Phase, Place
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.events import CARD, CARD_STATE, NOTE, UNDO, Event, new_event
from pytest_prep.progress.memory import AGAIN, GOOD, HARD
from pytest_prep.progress.planner import plan_session

#: How often a card is shown in one session at the most: once, and again while it is not known.
LOOKS = 3


class FlashSession:
    """One session over the selected cards."""

    def __init__(self, cards: Sequence[Card], history: History, limits: Limits) -> None:
        """Plan the session, and show the first card."""
        self.history = history
        self.limits = limits
        #: What to type for a kata; None where there is no such kata.
        self.kata_path: Callable[[str], str | None] = lambda kata: None
        #: The selected cards, by their ids.
        self.cards = {card.id: card for card in cards}
        plan = plan_session(
            list(self.cards),
            history.records,
            now=now(),
            interview=None if limits.by_due else history.interview,
            minutes=limits.minutes,
            new=limits.new,
            scheduler=history.scheduler,
        )
        self.plan = plan
        self._random = random.Random(limits.seed)  # noqa: S311 - the order of options
        self._queue = plan.cards
        #: Failed cards, which come again when the plan is done.
        self._again: tuple[str, ...] = ()
        self._looks: dict[str, int] = {}
        #: Each answer of this session: card and grade.
        self.answers: list[tuple[str, int]] = []
        self._done: list[tuple[Place, Event | None]] = []
        self._started = self._shown = time.monotonic()
        self._away = 0.0
        self.extended = False
        self._current: str | None = None
        self.phase = Phase.OVER
        self.seed = 0
        self.chosen: Option | None = None
        self.typed = ""
        self.advance()

    # -- what is shown

    @property
    def card(self) -> Card | None:
        """The card that is shown, None when the session is over."""
        return self.cards[self._current] if self._current else None

    @property
    def shown(self) -> Card:
        """The card that is shown.

        Raises:
            LookupError: the session is over.
        """
        if self._current is None:
            raise LookupError("the session is over")
        return self.cards[self._current]

    @property
    def options(self) -> list[Option]:
        """The options of the card, in the order that its seed gives."""
        options = list(self.shown.options)
        random.Random(self.seed).shuffle(options)  # noqa: S311
        return options

    @property
    def points(self) -> list[tuple[str, bool]]:
        """For a typed answer the points of the card, and whether each was found."""
        found = found_points(self.shown, self.typed) if self.typed else ()
        return [(ways[0], ok) for ways, ok in zip(self.shown.points, found, strict=False)]

    @property
    def edited(self) -> bool:
        """Whether the card's text changed since it was answered last."""
        before = self.history.of(self.shown.id).content
        return bool(before) and before != self.shown.content

    @property
    def number(self) -> int:
        """How many of the planned cards were shown; those that failed come again after them."""
        return len(self.plan.cards) - len(self._queue)

    @property
    def is_second_look(self) -> bool:
        """Whether the card was failed before in this session."""
        return self._current is not None and self._looks.get(self._current, 0) > 1

    @property
    def waiting(self) -> int:
        """How many failed cards wait for a second look."""
        return len(self._again)

    @property
    def seconds(self) -> float:
        """Seconds since the session began, without those in an editor."""
        return time.monotonic() - self._started - self._away

    @property
    def is_time_up(self) -> bool:
        """Whether the minutes are spent."""
        return self.seconds >= self.limits.minutes * 60

    @property
    def can_go_on(self) -> bool:
        """Whether cards are left that only the time kept away."""
        return self.phase is Phase.OVER and bool(self._queue or self._again)

    # -- what the learner does

    def reveal(self) -> None:
        """Show the answer."""
        if self.phase is Phase.QUESTION:
            self.phase = Phase.ANSWER

    def type(self, text: str) -> None:
        """Take a typed answer and show the card's own; the learner grades it.

        Raises:
            StoreError: the text could not be kept.
        """
        text = text.strip()
        if text:
            self.history.append(
                self.shown.id, new_event(NOTE, {"text": text, "about": self.shown.id})
            )
        self.typed = text
        self.reveal()

    def choose(self, number: int) -> None:
        """Choose an option, by its number from 1; a wrong one is recorded at once.

        Raises:
            StoreError: the answer could not be kept; nothing has changed.
        """
        options = self.options
        if self.phase is not Phase.QUESTION or not 1 <= number <= len(options):
            return
        chosen = options[number - 1]
        if not chosen.right:
            self._record(AGAIN, chosen=chosen.text)
        self.chosen = chosen
        self.phase = Phase.RIGHT if chosen.right else Phase.WRONG

    def grade(self, grade: int) -> None:
        """Record a grade, 1 to 4, and go on.

        Raises:
            StoreError: the answer could not be kept; nothing has changed.
        """
        if self.phase is Phase.WRONG:
            self.advance()
        elif self.phase is Phase.ANSWER or (self.phase is Phase.RIGHT and grade > AGAIN):
            self._record(grade, chosen=self.chosen.text if self.chosen else "")
            self.advance()

    def knew(self) -> None:
        """Say that a right choice was known."""
        self.grade(GOOD)

    def guessed(self) -> None:
        """Say that a right choice was guessed: it counts as hard."""
        self.grade(HARD)

    def skip(self) -> None:
        """Leave the card out of this session."""
        if self._current is not None:
            self._done.append((self._place(), None))
            self.advance()

    def bury(self) -> None:
        """Put the card aside until tomorrow.

        Raises:
            StoreError: it could not be kept; nothing has changed.
        """
        tomorrow = study_day(now()) + timedelta(days=1)
        self._put_aside("buried", tomorrow.isoformat())

    def suspend(self) -> None:
        """Put the card aside until it is taken back.

        Raises:
            StoreError: it could not be kept; nothing has changed.
        """
        self._put_aside("suspended", None)

    def undo(self) -> bool:
        """Take the last step back; return whether there was one.

        Raises:
            StoreError: it could not be taken back; nothing has changed.
        """
        if not self._done:
            return False
        place, event = self._done[-1]
        if event is not None:
            self.history.append(event.data["card"], new_event(UNDO, {"event": event.id}))
        self._done.pop()
        self._queue, self._again = place.queue, place.again
        self._looks, self.answers = dict(place.looks), list(place.answers)
        self._show(place.card)
        return True

    def go_on(self) -> None:
        """Go on although the time is up."""
        self.extended = True
        self.advance()

    def replace_card(self, card: Card) -> None:
        """Take an edited text of a card."""
        if card.id in self.cards:
            self.cards[card.id] = card

    def away(self, seconds: float) -> None:
        """Leave time in an editor out of the card's and of the session's."""
        self._away += seconds
        self._shown += seconds

    def advance(self) -> None:
        """Show the next card: of the plan, then of those that failed; or end."""
        up = self.is_time_up and not self.extended
        if self._queue and not up:
            self._current, self._queue = self._queue[0], self._queue[1:]
        elif self._again and not up:
            self._current, self._again = self._again[0], self._again[1:]
        else:
            self._current = None
        if self._current is not None:
            self._looks[self._current] = self._looks.get(self._current, 0) + 1
        self._show(self._current)

    # -- within

    def _show(self, card: str | None) -> None:
        self._current = card
        self.phase = Phase.OVER if card is None else Phase.QUESTION
        self.chosen, self.typed = None, ""
        self.seed = self._random.randrange(2**31)
        self._shown = time.monotonic()

    def _place(self) -> Place:
        looks, answers = tuple(self._looks.items()), tuple(self.answers)
        return Place(self._current, self._queue, self._again, looks, answers)

    def _record(self, grade: int, *, chosen: str) -> None:
        card = self.shown
        data: dict[str, Any] = {
            "card": card.id,
            "content": card.content,
            "grade": grade,
            "milliseconds": round((time.monotonic() - self._shown) * 1000),
            "deck": card.deck,
            "category": card.category,
            "seed": self.seed if card.options else None,
        }
        if chosen:
            data["choice"] = chosen
        if self.points:
            data["points"] = [sum(found for _, found in self.points), len(self.points)]
        event = new_event(CARD, data)
        self.history.append(card.id, event)
        self._done.append((self._place(), event))
        self.answers.append((card.id, grade))
        if grade == AGAIN and self._looks.get(card.id, 0) < LOOKS:
            self._again = (*self._again, card.id)

    def _put_aside(self, state: str, until: str | None) -> None:
        if self._current is None:
            return
        event = new_event(CARD_STATE, {"card": self._current, "state": state, "until": until})
        self.history.append(self._current, event)
        self._done.append((self._place(), event))
        self._again = tuple(card for card in self._again if card != self._current)
        self.advance()
