"""How far a plan is: tasks done, and the record against the plan's targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pytest_prep.content.plan import Plan
from pytest_prep.progress.schedule import Position
from pytest_prep.progress.state import Record
from pytest_prep.progress.work import Shelf, Work


@dataclass(frozen=True, slots=True)
class TargetState:
    """One count of a target."""

    day: int
    name: str
    have: int
    want: int


def tasks_done(works: Iterable[Work]) -> tuple[int, int]:
    """Return how many tasks are done, of how many that can be done here and are not optional."""
    counted = [work for work in works if work.of and not work.task.optional]
    return sum(work.is_done for work in counted), len(counted)


def target_states(plan: Plan, shelf: Shelf, record: Record) -> tuple[TargetState, ...]:
    """Return the targets with what the record says of each."""
    have = _counts(shelf, record)
    return tuple(
        TargetState(target.day, name, have[name], want)
        for target in plan.targets
        for name, want in target.counts.items()
    )


def summary(
    plan: Plan, shelf: Shelf, record: Record, position: Position, works: Iterable[Work]
) -> tuple[tuple[str, str], ...]:
    """Return lines for the dashboard: a label and a text each."""
    done, total = tasks_done(works)
    where = ""
    if position.day is not None and plan.days is not None:
        if position.day < 1:
            begins = 1 - position.day
            where = f" · begins in {begins} {'day' if begins == 1 else 'days'}"
        elif position.day > plan.days:
            where = " · its days are over"
        else:
            where = f" · day {position.day} of {plan.days}"
    lines = [("plan", f"{plan.title}{where} · {done} of {total} tasks done")]
    targets = target_states(plan, shelf, record)
    for day in sorted({target.day for target in targets}):
        counts = (
            f"{target.name.replace('_', ' ')} {min(target.have, target.want)}/{target.want}"
            for target in targets
            if target.day == day
        )
        lines.append(("", f"by the end of day {day}: {', '.join(counts)}"))
    return tuple(lines)


def _counts(shelf: Shelf, record: Record) -> dict[str, int]:
    solved = [
        shelf.katas[name]
        for name, state in record.katas.items()
        if state.is_solved and name in shelf.katas
    ]
    scenarios = {key for key in record.ticks if key.startswith("scenario:")}
    scenarios |= {f"scenario:{mock.script}" for mock in record.mocks if mock.kind == "design"}
    return {
        "sql": sum(kata.track == "sql" for kata in solved),
        "python": sum(kata.track == "python" for kata in solved),
        "katas": len(solved),
        "cards": len(record.cards),
        "card_reviews": sum(card.reviews for card in record.cards.values()),
        "mocks": len(record.mocks),
        "scenarios": len(scenarios),
    }
