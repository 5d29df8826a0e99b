"""Replay events into a record. Their order does not matter, nor does repetition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from pytest_prep.progress import events as kinds
from pytest_prep.progress.events import Event
from pytest_prep.progress.fields import number, text
from pytest_prep.progress.growing import GrowingDay, GrowingKata
from pytest_prep.progress.state import (
    CardState,
    Choices,
    DayLog,
    MockState,
    Record,
)

#: A pause longer than this is not counted as practice, in minutes.
LONGEST_PAUSE: Final = 30.0

#: The verdict of an answer that is still the starter.
_TODO: Final = "todo"
_ACCEPTED: Final = "accepted"


def replay(events: Iterable[Event]) -> Record:
    """Return the record of one learner.

    The same events in another order, or some of them twice, give the same record. An event that
    an UNDO names does not count, unless the UNDO itself is undone.
    """
    ordered = sorted({event.id: event for event in events}.values(), key=_moment)
    undone = _undone(ordered)
    replayer = _Replayer()
    for event in ordered:
        handle = replayer.handlers.get(event.kind)
        if handle is not None and event.id not in undone:
            handle(event, event.data)
    return replayer.record(ordered[-1].learner if ordered else "")


def by_learner(events: Iterable[Event]) -> dict[str, Record]:
    """Return the record of every learner of a shared store, by name."""
    names: dict[str, list[Event]] = {}
    for event in events:
        names.setdefault(event.learner, []).append(event)
    return {name: replay(names[name]) for name in sorted(names)}


def _moment(event: Event) -> tuple[str, str]:
    return event.time, event.id


def _undone(ordered: list[Event]) -> set[str]:
    """Return the ids of events that do not count: the last UNDO of a chain decides."""
    undone: set[str] = set()
    for event in reversed(ordered):
        if event.kind == kinds.UNDO and event.id not in undone:
            undone.add(text(event.data, "event"))
    return undone


class _Replayer:
    """Takes events in the order of time."""

    def __init__(self) -> None:
        self._katas: dict[str, GrowingKata] = {}
        self._cards: dict[str, tuple[dict[str, Any], list[tuple[str, str, int]]]] = {}
        self._suspended: dict[str, bool] = {}
        self._mocks: list[MockState] = []
        self._days: dict[str, GrowingDay] = {}
        self._choices: dict[str, str] = {}
        self._goals: list[tuple[str, int]] = []
        self._ticks: dict[str, str] = {}
        #: The moment of the last thing that was done, as seconds.
        self._last: float | None = None
        self.handlers: dict[str, Callable[[Event, dict[str, Any]], None]] = {
            kinds.ATTEMPT: self._attempt,
            kinds.HINT: self._hint,
            kinds.REVEAL: self._reveal,
            kinds.CARD: self._card,
            kinds.CARD_STATE: self._card_state,
            kinds.MOCK: self._mock,
            kinds.PLAN: self._plan,
            kinds.TICK: self._tick,
        }

    # -- one method a kind

    def _attempt(self, event: Event, data: dict[str, Any]) -> None:
        kata = self._katas.setdefault(text(data, "kata"), GrowingKata())
        status = text(data, "status")
        kata.facts = data
        answer = text(data, "answer_hash") or text(data, "answer")
        if status == _TODO or (kata.attempts and (answer, status) == (kata.answer, kata.status)):
            return
        day = self._day(event)
        kata.attempts += 1
        day.attempts += 1
        if kata.again_on and kata.again_on != event.day:
            kata.lapses += 1
            kata.again_on = ""
        spent = self._gap(event, number(data, "elapsed"))
        name = text(data, "kata")
        day.minutes[name] = day.minutes.get(name, 0.0) + spent
        if not kata.solved_on:
            kata.minutes += spent
        cases = data.get("cases")
        judged = cases if isinstance(cases, dict) else {}
        passed = sum(1 for verdict in judged.values() if verdict == _ACCEPTED)
        kata.best = max(kata.best, (passed, len(judged)))
        kata.answer, kata.status = answer, status
        if status == _ACCEPTED and data.get("complete", True) is not False:
            kata.accepted += 1
            day.accepted += 1
            ratio = number(data, "ratio")
            if ratio is not None:
                kata.ratio = ratio if kata.ratio is None else min(kata.ratio, ratio)
            if not kata.solved_on:
                kata.solved_on = event.day
                day.solved.append(name)
            kata.again_on = ""
        elif kata.solved_on and kata.last_on != event.day:
            kata.again_on = event.day
        kata.last_on = event.day

    def _hint(self, event: Event, data: dict[str, Any]) -> None:
        kata = self._katas.setdefault(text(data, "kata"), GrowingKata())
        spent = self._gap(event, None)
        name = text(data, "kata")
        minutes = self._day(event).minutes
        minutes[name] = minutes.get(name, 0.0) + spent
        if not kata.solved_on:
            kata.hints.add(int(number(data, "number") or 0))
            kata.minutes += spent

    def _reveal(self, event: Event, data: dict[str, Any]) -> None:
        kata = self._katas.setdefault(text(data, "kata"), GrowingKata())
        self._gap(event, None)
        if not kata.solved_on:
            kata.revealed = True
        elif kata.again_on:
            kata.lapses += 1
            kata.again_on = ""

    def _card(self, event: Event, data: dict[str, Any]) -> None:
        grade = int(number(data, "grade") or 0)
        name = text(data, "card")
        _, history = self._cards.get(name, ({}, []))
        history.append((event.time, event.day, grade))
        self._cards[name] = (data, history)
        day = self._day(event)
        day.cards += 1
        spent = min((number(data, "milliseconds") or 0.0) / 60_000, LONGEST_PAUSE)
        key = f"card:{text(data, 'deck')}"
        day.minutes[key] = day.minutes.get(key, 0.0) + spent
        self._last = _seconds(event)

    def _card_state(self, event: Event, data: dict[str, Any]) -> None:
        self._suspended[text(data, "card")] = text(data, "state") == "suspended"

    def _mock(self, event: Event, data: dict[str, Any]) -> None:
        minutes = (number(data, "seconds") or 0.0) / 60
        kind = text(data, "kind")
        self._mocks.append(
            MockState(
                id=text(data, "interview") or event.id,
                day=event.day,
                script=text(data, "script"),
                kind=kind,
                score=number(data, "score"),
                minutes=minutes,
            )
        )
        day = self._day(event)
        day.mocks += 1
        day.minutes[f"mock:{kind}"] = day.minutes.get(f"mock:{kind}", 0.0) + minutes
        self._last = _seconds(event)

    def _plan(self, event: Event, data: dict[str, Any]) -> None:
        if "interview" in data:
            self._choices["interview"] = text(data, "interview")
        if "plan" in data:
            self._choices["plan"] = text(data, "plan")
            self._choices["plan_since"] = event.day
            self._choices["plan_moment"] = event.time
        goal = number(data, "minutes")
        if goal is not None:
            self._goals.append((event.day, int(goal)))

    def _tick(self, event: Event, data: dict[str, Any]) -> None:
        self._ticks.setdefault(text(data, "task"), event.day)

    # -- what they share

    def _day(self, event: Event) -> GrowingDay:
        return self._days.setdefault(event.day, GrowingDay())

    def _gap(self, event: Event, elapsed: float | None) -> float:
        """Return the minutes that went into an event: the time since the last thing done.

        After a long pause nobody knows when work began, unless ``elapsed`` (seconds since the
        kata was opened or first tried) does.
        """
        now = _seconds(event)
        last, self._last = self._last, now
        gap = (now - last) / 60 if last is not None else LONGEST_PAUSE + 1
        if gap <= LONGEST_PAUSE:
            return max(gap, 0.0)
        known = (elapsed or 0.0) / 60
        return known if 0 < known <= LONGEST_PAUSE else 0.0

    def record(self, learner: str) -> Record:
        """Return what was replayed, frozen."""
        cards = {}
        for name, (data, history) in self._cards.items():
            grades = [grade for _, _, grade in history]
            known = [grade >= 3 for grade in grades]
            cards[name] = CardState(
                id=name,
                deck=text(data, "deck"),
                category=text(data, "category"),
                reviews=len(history),
                grade=grades[-1],
                lapses=sum(1 for i in range(1, len(grades)) if grades[i] == 1 and known[i - 1]),
                first_on=history[0][1],
                last_on=history[-1][1],
                history=tuple((time, grade) for time, _, grade in history),
                suspended=self._suspended.get(name, False),
            )
        return Record(
            katas={name: kata.state(name) for name, kata in self._katas.items() if name},
            cards=cards,
            mocks=tuple(self._mocks),
            days=tuple(
                DayLog(
                    day, log.minutes, log.attempts, log.accepted, tuple(log.solved), log.cards,
                    log.mocks,
                )
                for day, log in sorted(self._days.items())
            ),
            choices=Choices(goals=tuple(self._goals), **self._choices),
            ticks=self._ticks,
            learner=learner,
        )  # fmt: skip


def _seconds(event: Event) -> float:
    return datetime.fromisoformat(event.time).timestamp()
