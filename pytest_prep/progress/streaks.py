"""Days in a row on which the goal was met, or nothing was left to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pytest_prep.progress.state import Record

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row."""

    #: The current run: up to today, or up to yesterday while today is still open.
    days: int
    longest: int
    #: Whether today counts already.
    today: bool


def goal_of(goals: tuple[tuple[str, int], ...], day: str, default: int) -> int:
    """Return the minutes that were the goal on a study day: the last one set by then."""
    return next((minutes for since, minutes in reversed(goals) if since <= day), default)


def streak(
    minutes: Mapping[str, float],
    goals: tuple[tuple[str, int], ...],
    default: int,
    nothing_left: Callable[[str], bool],
    today: str,
) -> Streak:
    """Return the streak.

    Args:
        minutes: the minutes of each study day with anything on it.
        goals: goals of minutes a day, each with the day from which it holds, in order.
        default: the goal before the first of them.
        nothing_left: whether nothing was left to do on a day.
        today: the current study day.
    """
    if not minutes:
        return Streak(0, 0, today=False)

    def counts(day: str) -> bool:
        done = minutes.get(day, 0.0)
        return done >= max(goal_of(goals, day, default), 1) or nothing_left(day)

    day = date.fromisoformat(min(minutes))
    last = date.fromisoformat(today)
    run = longest = 0
    met = False
    while day <= last:
        met = counts(day.isoformat())
        # today is not over: it can lengthen a run, and cannot end one
        run = run + 1 if met else run if day == last else 0
        longest = max(longest, run)
        day += _DAY
    return Streak(run, longest, today=met)


def days_with_nothing_left(record: Record, katas: frozenset[str]) -> Callable[[str], bool]:
    """Return a function that tells whether all of ``katas`` were solved by the end of a day."""
    states = [record.katas.get(name) for name in katas]
    solved = [state.solved_on for state in states if state is not None and state.solved_on]
    last = max(solved) if katas and len(solved) == len(katas) else ""

    def nothing_left(day: str) -> bool:
        return bool(last) and day >= last

    return nothing_left
