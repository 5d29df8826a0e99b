"""Events → record. Their order does not matter, nor does repetition.

A store has added up the attempts already (:mod:`~pytest_prep.progress.rollups`), so a record needs
these figures and the few events of other kinds, however many attempts there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pytest_prep.progress import events as kinds
from pytest_prep.progress.events import Event, minutes_of, standing, undone_by
from pytest_prep.progress.reviews import grade_of
from pytest_prep.progress.rollups import KataDay, Rollup
from pytest_prep.progress.state import (
    CardState,
    Choices,
    DayLog,
    KataState,
    MockState,
    Record,
)

#: The kinds of events that a record is made of, beside the figures of the attempts.
READ: Final = (
    kinds.HINT, kinds.REVEAL, kinds.CARD, kinds.CARD_STATE, kinds.MOCK, kinds.PLAN, kinds.TICK,
    kinds.UNDO,
)  # fmt: skip


def replay(events: Iterable[Event]) -> Record:
    """Return the record of one learner's events."""
    known = sorted({event.id: event for event in events}.values(), key=_moment)
    undone = undone_by(event for event in known if event.kind == kinds.UNDO)
    days = Rollup(known, undone).days()
    return record_of(days, known, known[-1].learner if known else "")


def records_of(days: Iterable[KataDay], events: Iterable[Event]) -> dict[str, Record]:
    """Return the record of every learner of a shared store, by name."""
    of_days: dict[str, list[KataDay]] = defaultdict(list)
    of_events: dict[str, list[Event]] = defaultdict(list)
    for day in days:
        of_days[day.learner].append(day)
    for event in events:
        of_events[event.learner].append(event)
    names = sorted({*of_days, *of_events})
    return {name: record_of(of_days[name], of_events[name], name) for name in names}


def record_of(days: Iterable[KataDay], events: Iterable[Event], learner: str = "") -> Record:
    """Return the record of one learner.

    Args:
        days: what was done with each kata on each study day.
        events: all events of the kinds in READ; others are passed over.
        learner: the name.
    """
    counted = sorted(standing({event.id: event for event in events}.values()), key=_moment)
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for event in counted:
        by_kind[event.kind].append(event)
    logs: dict[str, _Day] = defaultdict(_Day)
    helped = _help(by_kind[kinds.HINT], by_kind[kinds.REVEAL])
    of_katas: dict[str, list[KataDay]] = defaultdict(list)
    for day in days:
        of_katas[day.kata].append(day)
    katas = {
        name: _kata(name, of_katas.get(name, []), helped.get(name, []), logs)
        for name in sorted({*of_katas, *helped})
        if name
    }
    cards = _cards(by_kind[kinds.CARD], by_kind[kinds.CARD_STATE], logs)
    mocks = tuple(_mock(event, logs) for event in by_kind[kinds.MOCK])
    ticks: dict[str, str] = {}
    for event in by_kind[kinds.TICK]:
        ticks.setdefault(_text(event.data, "task"), event.day)
    return Record(
        katas=katas,
        cards=cards,
        mocks=mocks,
        days=tuple(logs[day].frozen(day) for day in sorted(logs)),
        choices=_choices(by_kind[kinds.PLAN]),
        ticks=ticks,
        learner=learner,
    )


@dataclass(slots=True)
class _Day:
    """A study day while it is added up."""

    minutes: dict[str, float] = field(default_factory=dict)
    attempts: int = 0
    accepted: int = 0
    solved: list[str] = field(default_factory=list)
    cards: int = 0
    mocks: int = 0

    def add(self, key: str, minutes: float) -> None:
        self.minutes[key] = self.minutes.get(key, 0.0) + minutes

    def frozen(self, day: str) -> DayLog:
        solved = tuple(sorted(self.solved))
        return DayLog(
            day, self.minutes, self.attempts, self.accepted, solved, self.cards, self.mocks
        )


def _moment(event: Event) -> tuple[str, str]:
    return event.time, event.id


def _help(hints: list[Event], reveals: list[Event]) -> dict[str, list[Event]]:
    helped: dict[str, list[Event]] = defaultdict(list)
    for event in (*hints, *reveals):
        helped[_text(event.data, "kata")].append(event)
    return helped


def _kata(name: str, days: list[KataDay], helped: list[Event], logs: dict[str, _Day]) -> KataState:
    days = sorted((day for day in days if day.attempts), key=lambda day: day.day)
    solves = [day for day in days if day.solves]
    # what is shown after the moment of the first solve is study, not help
    solved_at = solves[0].solved if solves else "~"
    solved_on = solves[0].day if solves else ""
    before = [event for event in helped if event.time < solved_at]
    revealed_on = {event.day for event in helped if event.kind == kinds.REVEAL}
    failed = []
    spent = 0.0
    for day in days:
        minutes = day.milliseconds / 60_000
        log = logs[day.day]
        log.add(name, minutes)
        log.attempts += day.attempts
        log.accepted += day.solves
        if not solved_on or day.day <= solved_on:
            spent += minutes
        elif not day.solves or day.day in revealed_on:
            failed.append(day.day)
    if solved_on:
        logs[solved_on].solved.append(name)
    return KataState(
        id=name,
        status=max(days, key=lambda day: day.last).status if days else "",
        attempts=sum(day.attempts for day in days),
        accepted=sum(day.solves for day in days),
        solved_on=solved_on,
        last_on=days[-1].day if days else "",
        hints=len({_text_of(e.data.get("number")) for e in before if e.kind == kinds.HINT}),
        revealed=any(event.kind == kinds.REVEAL for event in before),
        minutes=spent,
        failed_on=tuple(failed),
    )


def _cards(
    reviews: list[Event], states: list[Event], logs: dict[str, _Day]
) -> dict[str, CardState]:
    suspended = {_text(e.data, "card"): _text(e.data, "state") == "suspended" for e in states}
    of_cards: dict[str, list[Event]] = defaultdict(list)
    for event in reviews:
        if not grade_of(event.data):
            continue
        of_cards[_text(event.data, "card")].append(event)
        log = logs[event.day]
        log.cards += 1
        minutes = max(_number(event.data, "milliseconds") or 0.0, 0.0) / 60_000
        log.add(f"card:{_text(event.data, 'deck')}", minutes)
    cards = {}
    for name, events in of_cards.items():
        grades = [grade_of(event.data) for event in events]
        last = events[-1].data
        cards[name] = CardState(
            id=name,
            deck=_text(last, "deck"),
            category=_text(last, "category"),
            reviews=len(events),
            grade=grades[-1],
            lapses=sum(1 for i in range(1, len(grades)) if grades[i] == 1 and grades[i - 1] >= 3),
            first_on=events[0].day,
            last_on=events[-1].day,
            history=tuple((e.time, grade) for e, grade in zip(events, grades, strict=True)),
            suspended=suspended.get(name, False),
        )
    return cards


def _mock(event: Event, logs: dict[str, _Day]) -> MockState:
    data = event.data
    kind = _text(data, "kind")
    minutes = max(_number(data, "seconds") or 0.0, 0.0) / 60
    actions = data.get("actions")
    log = logs[event.day]
    log.mocks += 1
    log.add(f"mock:{kind}", minutes)
    return MockState(
        id=_text(data, "interview") or event.id,
        day=event.day,
        script=_text(data, "script"),
        kind=kind,
        score=_number(data, "score"),
        minutes=minutes,
        actions=tuple(str(action) for action in actions) if isinstance(actions, list) else (),
    )


def _choices(events: list[Event]) -> Choices:
    interview = plan = since = moment = ""
    goals: list[tuple[str, int]] = []
    for event in events:
        if "interview" in event.data:
            interview = _date(_text(event.data, "interview"), interview)
        if "plan" in event.data:
            plan, since, moment = _text(event.data, "plan"), event.day, event.time
        if goal := minutes_of(event.data):
            goals.append((event.day, goal))
    return Choices(interview, plan, since, moment, tuple(goals))


def _date(text: str, otherwise: str) -> str:
    """Return a date as ISO 8601 has it, or ``""``; ``otherwise`` for what is none."""
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        return otherwise


def _text(data: dict[str, Any], key: str) -> str:
    return _text_of(data.get(key))


def _text_of(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _number(data: dict[str, Any], key: str) -> float | None:
    """Return a number; None for what is none, or none of this world."""
    value = data.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -1e9 < value < 1e9:
        return None
    return float(value)
