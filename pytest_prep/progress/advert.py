"""A job advert as text → what it asks for, by the words of a taxonomy, and a plan made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from pytest_prep.content.plan import Block, Plan, Task
from pytest_prep.content.taxonomy import AdvertTopic, Taxonomy

#: A must-have, a nice-to-have, or only named, such as among the tasks of the job.
Need = Literal["must", "nice", "named"]
NEEDS: Final[tuple[Need, ...]] = ("must", "nice", "named")
#: A heading has at most so many characters.
_HEADING: Final = 60
_BULLET: Final = re.compile(r"^[\s>*•·‣▪●○◦–—-]+|^\s*\d{1,2}[.)]\s+")
_UNITS: Final = (
    r"%|percent|ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|yrs|"
    r"kb|mb|gb|tb|pb|gigabytes?|terabytes?|petabytes?|k|m|bn|thousand|million|billion|"
    r"requests?|rps|qps|events?|messages?|rows?|records?|users?|customers?|people|engineers?|"
    r"developers?|teams?|services?|countries|eur|usd|gbp|€|\$|£"
)
_FIGURE: Final = re.compile(
    rf"(?:p\d\d\s+(?:under|below|of|<)\s+)?(?:[€$£]\s?\d[\d.,]*\d?\s?k?"
    rf"|\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?\+?\s?(?:(?:{_UNITS})(?![a-z]))"
    rf"(?:\s?(?:/|per)\s?[a-z]+)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an advert that asks for something, or names it."""

    number: int
    text: str
    need: Need


@dataclass(frozen=True, slots=True)
class Match:
    """A topic of the taxonomy that an advert asks for."""

    topic: AdvertTopic
    #: The strongest of its lines.
    need: Need
    #: The words that matched, as the advert writes them, in their order.
    words: tuple[str, ...]
    #: Numbers of the lines.
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Advert:
    """What an advert asks for."""

    matches: tuple[Match, ...]
    #: A figure and the line it stands in.
    figures: tuple[tuple[str, Line], ...]
    #: Lines that ask for something which the taxonomy does not know.
    unmapped: tuple[Line, ...]


def read_advert(text: str, taxonomy: Taxonomy) -> Advert:
    """Find out what an advert asks for.

    A line is a must-have or a nice-to-have by its own words, or else by the heading above it.
    """
    lines = list(_lines(text, taxonomy))
    patterns = [(topic, _pattern(topic.words)) for topic in taxonomy.topics]
    found: dict[str, tuple[AdvertTopic, list[tuple[Line, str]]]] = {}
    unmapped: list[Line] = []
    for line in lines:
        known = False
        for topic, pattern in patterns:
            for word in pattern.findall(line.text):
                known = True
                found.setdefault(topic.id, (topic, []))[1].append((line, word))
        if not known and line.need != "named":
            unmapped.append(line)
    matches = [_match(topic, hits) for topic, hits in found.values()]
    matches.sort(key=lambda match: (NEEDS.index(match.need), -len(match.lines), match.lines))
    figures = [(figure, line) for line in lines for figure in _figures(line.text)]
    return Advert(tuple(matches), tuple(figures), tuple(unmapped))


def plan_of(advert: Advert, path: Path, name: str, title: str) -> Plan:
    """Return a plan in tiers: must-haves 70, nice-to-haves 20, the rest 10 of a hundred minutes."""
    blocks = []
    seen: set[tuple[object, ...]] = set()
    for match in advert.matches:
        tier = NEEDS.index(match.need) + 1
        tasks = tuple(_unseen(match.topic.tasks, seen))
        if tasks:
            blocks.append(
                Block(match.topic.title, None, (0, 600), tier - 1, tier, "", None, tasks, ())
            )
    research = (
        Task("write", template="company", title="What you know of them, and what you will ask"),
        Task("write", template="job-advert", title="Your example for each must-have of the advert"),
    )
    blocks.append(Block("The company", None, (0, 60), 2, 3, "", None, research, ()))
    shares = {1: 0.7, 2: 0.2, 3: 0.1}
    return Plan(path, name, title, "", None, "interview", 1, 10, shares, tuple(blocks), ())


def _unseen(tasks: Iterable[Task], seen: set[tuple[object, ...]]) -> Iterator[Task]:
    """Yield tasks that no other topic has asked for."""
    for task in tasks:
        about = (task.do, task.ref, task.area, task.level, task.topics, task.deck)
        if about not in seen:
            seen.add(about)
            yield replace(task, key="")


def _lines(text: str, taxonomy: Taxonomy) -> Iterator[Line]:
    headings: dict[str, Need] = {}
    for follows, section in zip(NEEDS, ("must", "nice", "other"), strict=True):
        headings |= dict.fromkeys(map(_bare, taxonomy.sections[section]), follows)
    must, nice = _pattern(taxonomy.words["must"]), _pattern(taxonomy.words["nice"])
    section_need: Need = "named"
    for number, raw in enumerate(text.splitlines(), 1):
        line = _BULLET.sub("", raw).strip()
        if not line:
            continue
        heading = headings.get(_bare(line)) if len(line) <= _HEADING else None
        if heading is not None:
            section_need = heading
            continue
        for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z])", line):
            need: Need = section_need
            if nice.search(sentence):
                need = "nice"
            elif section_need != "nice" and must.search(sentence):
                need = "must"
            yield Line(number, sentence, need)


def _bare(text: str) -> str:
    """Return a heading's words alone."""
    return re.sub(r"[^a-z' -]+", "", text.lower().replace("’", "'")).strip(" -'")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, the longest first."""
    parts = [
        re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w+#])(?:{'|'.join(parts)})(?![\w+#])" if parts else r"(?!)")


def _figures(text: str) -> Iterator[str]:
    for found in _FIGURE.finditer(text):
        yield found[0].strip(" .,")


def _match(topic: AdvertTopic, hits: list[tuple[Line, str]]) -> Match:
    words: dict[str, str] = {}
    for _, word in hits:
        words.setdefault(word.lower(), word)
    need = min((line.need for line, _ in hits), key=NEEDS.index)
    lines = tuple(sorted({line.number for line, _ in hits}))
    return Match(topic, need, tuple(words.values()), lines)
