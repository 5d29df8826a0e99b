"""Items of the paper: katas, questions and scenarios with all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pytest_prep.content.bank import FORMS, Bank, Question
from pytest_prep.content.scenario import Scenario
from pytest_prep.modes.mock.paper import Item

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata


@dataclass(frozen=True)
class Candidate:
    """A selected kata, and how much it needs practice."""

    kata: Kata
    #: Its folder, relative to the root, with forward slashes.
    path: str
    #: Its first folder below the katas: ``sql``, ``python``.
    track: str
    #: The problem: Markdown.
    text: str
    starter: str
    #: 0: never tried; 1: tried, not accepted, or only with hints; 2: accepted.
    turn: int


def problem_item(candidate: Candidate) -> Item:
    """Return the item of a kata."""
    kata = candidate.kata
    return Item(
        kata.id,
        kata.title,
        candidate.text,
        kata.minutes,
        {
            "path": candidate.path,
            "track": candidate.track,
            "level": kata.level,
            "topics": list(kata.topics),
            "hints": list(kata.hints),
            "answer": f"{candidate.path}/answer{kata.suffix}",
            "suffix": kata.suffix,
            "starter": candidate.starter,
        },
    )


def _rubric(criteria: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(criterion) for criterion in criteria]


_TITLES: Mapping[str, str] = {
    "situation": "what it was about, in two sentences",
    "task": "what you had to reach, and by when",
    "action": "what you did, and why so",
    "result": "what came of it, with a number",
    "differently": "what you would do differently today",
    "answer": "your answer",
}


def question_item(bank: Bank, question: Question) -> Item:
    """Return the item of a question."""
    sections = [
        {"id": part, "title": part.capitalize(), "prompt": _TITLES[part]}
        for part in FORMS[bank.form]
    ]
    return Item(
        question.id,
        question.text,
        question.text,
        question.minutes,
        {
            "bank": bank.id,
            "sections": sections,
            "probes": list(question.probes),
            "points": {part: list(texts) for part, texts in question.points.items()},
            "weak": list(question.weak),
            "model": question.model,
            "rubric": _rubric(bank.rubric),
        },
    )


def scenario_item(scenario: Scenario) -> Item:
    """Return the item of a scenario."""
    return Item(
        scenario.id,
        scenario.title,
        scenario.brief.strip(),
        scenario.minutes,
        {
            "level": scenario.level,
            "facts": [asdict(fact) for fact in scenario.facts],
            "estimates": [asdict(estimate) for estimate in scenario.estimates],
            "twists": [asdict(twist) for twist in scenario.twists],
            "sections": [asdict(section) for section in scenario.sections],
            "rubric": _rubric(scenario.rubric),
            "model": scenario.model.strip(),
            "mistakes": list(scenario.mistakes),
        },
    )
