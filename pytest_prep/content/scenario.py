"""Read and validate one design scenario, ``interviews/scenarios/<id>.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.kata import LEVELS
from pytest_prep.content.rubric import Criterion, read_rubric
from pytest_prep.content.toml_table import Table, read_toml


@dataclass(frozen=True)
class Fact:
    """What the interviewer tells only when asked."""

    id: str
    #: Words of a question that ask for it, each with alternatives: ``rate | per second``. One
    #: of them suffices; ``retr*`` stands for all words that begin so.
    keywords: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Estimate:
    """A number to work out, checked within a factor."""

    id: str
    question: str
    #: The number, in ``unit``.
    value: float
    unit: str
    #: An answer counts from ``value / factor`` to ``value × factor``.
    factor: float
    #: The arithmetic; shown afterwards.
    how: str


@dataclass(frozen=True)
class Twist:
    """What changes after some minutes."""

    minute: float
    text: str


@dataclass(frozen=True)
class Section:
    """One part of the answer template."""

    id: str
    title: str
    #: What belongs there, as a question.
    prompt: str


@dataclass(frozen=True)
class Scenario:
    """A system to design."""

    path: Path
    id: str
    title: str
    level: str
    tags: tuple[str, ...]
    minutes: int
    #: What the interviewer says first.
    brief: str
    facts: tuple[Fact, ...]
    estimates: tuple[Estimate, ...]
    twists: tuple[Twist, ...]
    sections: tuple[Section, ...]
    rubric: tuple[Criterion, ...]
    #: An example of an answer; shown afterwards.
    model: str
    #: Common mistakes; shown afterwards.
    mistakes: tuple[str, ...]


def read_scenario(path: Path) -> Scenario:
    """Read a scenario.

    Raises:
        ContentError: the file cannot be read, or something in it does not fit.
    """
    top = read_toml(path)
    head = Table(path, "scenario", top.take("scenario", dict, "a table [scenario]"))
    name = head.id()
    if name != path.stem:
        raise head.error("id", f"{name!r} differs from the file's name {path.stem!r}; make it one")
    minutes = head.take("minutes", int, "a whole number of minutes", 45)
    scenario = Scenario(
        path=path,
        id=name,
        title=head.take("title", str, "a text"),
        level=head.choice("level", LEVELS, "a level", "medium"),
        tags=head.words("tags", "texts"),
        minutes=minutes,
        brief=head.take("brief", str, "what the interviewer says first"),
        facts=top.entries("fact", _fact, "fact"),
        estimates=top.entries("estimate", _estimate, "estimate"),
        twists=top.entries("twist", lambda table: _twist(table, minutes), "twist"),
        sections=top.entries("section", _section, "section"),
        rubric=read_rubric(top),
        model=head.take("model", str, "an example of an answer"),
        mistakes=head.words("mistakes", "texts"),
    )
    head.finish()
    top.finish()
    if not scenario.sections:
        raise top.error("[[section]]", "there is none; the answer template has at least one")
    return scenario


def asked_for(question: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts that a question asks for: those with one of their keywords in it."""
    return tuple(fact for fact in facts if any(_holds(question, k) for k in fact.keywords))


def within(estimate: Estimate, given: float) -> bool:
    """Tell whether an answer is right within the factor."""
    return estimate.value / estimate.factor <= given <= estimate.value * estimate.factor


def _holds(question: str, keyword: str) -> bool:
    words = (word.strip() for word in keyword.split("|"))
    return any(re.search(_pattern(word), question, re.IGNORECASE) for word in words)


def _pattern(word: str) -> str:
    stem = re.escape(word.removesuffix("*"))
    return rf"\b{stem}" if word.endswith("*") else rf"\b{stem}\b"


def _fact(table: Table) -> Fact:
    keywords = table.words("keywords", "texts", default=...)
    if not keywords or not all(word.strip() for line in keywords for word in line.split("|")):
        raise table.error("keywords", 'name the words of a question, such as "rate | per second"')
    return Fact(table.id(), keywords, table.take("text", str, "what the interviewer answers"))


def _estimate(table: Table) -> Estimate:
    value = float(table.take("value", (int, float), "a number"))
    factor = float(table.take("factor", (int, float), "a number above 1", 2.0))
    if value <= 0:
        raise table.error("value", f"{value:g} is not above 0: a factor needs a positive number")
    if factor <= 1:
        raise table.error("factor", f"{factor:g} is not above 1")
    return Estimate(
        id=table.id(),
        question=table.take("question", str, "a text"),
        value=value,
        unit=table.take("unit", str, 'a text such as "events/s"'),
        factor=factor,
        how=table.take("how", str, "the arithmetic"),
    )


def _twist(table: Table, minutes: int) -> Twist:
    minute = float(table.take("minute", (int, float), "a number of minutes"))
    if not 0 < minute < minutes:
        raise table.error("minute", f"{minute:g} is not within the {minutes} minutes")
    return Twist(minute, table.take("text", str, "what changes"))


def _section(table: Table) -> Section:
    return Section(
        table.id(),
        table.take("title", str, "a text"),
        table.take("prompt", str, "what belongs there", ""),
    )
