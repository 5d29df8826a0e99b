"""What to do next, drawn from the record: each step with the command to type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pytest_prep.judging.verdict import WORDS
from pytest_prep.progress.collection import LEVELS, KataFacts
from pytest_prep.progress.state import KataState
from pytest_prep.progress.stats import Overview

#: Steps that are shown at most.
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    text: str
    #: What to type.
    command: str


def next_steps(view: Overview, modes: Collection[str]) -> tuple[Step, ...]:
    """Return at most MOST steps, the most useful first.

    Args:
        view: where the learner stands.
        modes: names of the modes there are: a command of another one is not offered.
    """
    steps = [*_lost(view), *_unfinished(view), *_due(view, modes), *_weak(view), *_new(view)]
    if view.days_left is not None and 0 <= view.days_left <= 14 and "mock" in modes:
        held = [m for m in (view.mocks.kinds if view.mocks else ()) if m[1]]
        if not held:
            text = f"the interview is in {_days(view.days_left)}: try a mock interview"
            steps.insert(min(len(steps), 2), Step(text, "pytest --mock --duration 20m"))
    found: dict[str, Step] = {}
    for step in steps:
        found.setdefault(step.command, step)
    chosen = list(found.values())[:MOST]
    if "plan" in modes and not view.narrowed:
        text = "today's plan" if view.interview else "choose a plan and the interview's date"
        chosen = [*chosen[: MOST - 1], Step(text, "pytest --plan")]
    return tuple(chosen)


def _lost(view: Overview) -> list[Step]:
    """Return katas that were accepted once and whose last answer was not."""
    lost = [
        (kata, state)
        for kata, state in view.states
        if state.is_solved and state.status not in ("accepted", "") and state.last_on == view.today
    ]
    return [
        Step(f"no longer accepted: {kata.title} ({_word(state)})", kata.command)
        for kata, state in lost[:1]
    ]


def _unfinished(view: Overview) -> list[Step]:
    tried = [(k, s) for k, s in view.states if s.attempts and not s.is_solved]
    tried.sort(key=lambda pair: pair[1].last_on, reverse=True)
    return [
        Step(f"finish {kata.title} (last time: {_word(state)})", kata.command)
        for kata, state in tried[:1]
    ]


def _due(view: Overview, modes: Collection[str]) -> list[Step]:
    steps = []
    if "flash" in modes and view.cards is not None and view.cards.due:
        steps.append(Step(f"{_count(view.cards.due, 'card')} due for review", "pytest --flash"))
    if "due" in modes and view.due_katas:
        text = f"{_count(view.due_katas, 'solved kata')} due to be solved again"
        steps.append(Step(text, "pytest --due"))
    return steps


def _weak(view: Overview) -> list[Step]:
    """Return for each of the two weakest topics the easiest kata of it that is not solved."""
    steps: list[Step] = []
    for weak in view.weak:
        if weak.kind != "topic" or len(steps) == 2:
            continue
        open_ = [k for k, s in view.states if weak.name in k.topics and not s.is_solved]
        if open_:
            kata = min(open_, key=_easiest_first)
            text = f"weak: {weak.name} ({weak.reasons[0]}); practise it with {kata.title}"
            steps.append(Step(text, kata.command))
    return steps


def _new(view: Overview) -> list[Step]:
    fresh = [k for k, s in view.states if not s.attempts]
    if not fresh:
        return []
    kata = min(fresh, key=_easiest_first)
    word = "a new kata" if len(fresh) < len(view.states) else "a first kata"
    return [Step(f"{word}: {kata.title} ({kata.level}, {kata.minutes} min)", kata.command)]


def _easiest_first(kata: KataFacts) -> tuple[int, int, str]:
    level = LEVELS.index(kata.level) if kata.level in LEVELS else len(LEVELS)
    return level, kata.minutes, kata.path


def _word(state: KataState) -> str:
    return next((word for status, word in WORDS.items() if status == state.status), state.status)


def _days(number: int) -> str:
    return "0 days: today" if number == 0 else _count(number, "day")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
