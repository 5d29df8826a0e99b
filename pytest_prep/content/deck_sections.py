"""The parts of a card: sections, lists, options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import NamedTuple

from pytest_prep.content.card import NAME, Option

#: Sections of a card, by their names in lower case.
SECTIONS = {
    "answer": "Answer",
    "keywords": "Keywords",
    "why": "Why",
    "example": "Example",
    "in an interview": "In an interview",
    "katas": "Katas",
    "references": "References",
}

_LISTS = ("keywords", "katas", "references")

#: A line of a task list: the mark in the box, and the option.
OPTION = re.compile(r"[-*+]\s+\[([ xX])\]\s*(.*)")
_ITEM = re.compile(r"[-*+]\s+(.*)")


class Mistake(NamedTuple):
    """What is wrong in a line (from 1) of the deck that is being read."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a card."""

    #: The line of its heading, from 1.
    line: int
    text: str
    #: Of the sections that are lists.
    items: tuple[str, ...]


def read_options(
    lines: list[str], start: int, end: int, mistakes: list[Mistake]
) -> tuple[Option, ...]:
    """Read a task list: each option on a line, its reason indented below it."""
    found: list[tuple[int, bool, str, list[str]]] = []
    for number, line in enumerate(lines[start:end], start + 1):
        option = OPTION.match(line)
        if option:
            found.append((number, option[1] != " ", option[2].strip(), []))
        elif _ITEM.match(line) or not found:
            problem = "an item that is no option; begin it with - [ ] or - [x], or indent it"
            mistakes.append(Mistake(number, problem))
            return ()
        else:
            found[-1][3].append(line)
    options = []
    for number, right, text, below in found:
        reason = dedent("\n".join(below)).strip()
        if not text:
            mistakes.append(Mistake(number, "the option is empty; write it behind the box"))
        if not right and not reason:
            problem = "nothing says why the option is wrong; indent the reason below it"
            mistakes.append(Mistake(number, problem))
        options.append(Option(text, right, reason))
    marked = sum(option.right for option in options)
    if marked != 1:
        problem = f"{marked} options are marked right; mark exactly one with [x]"
        mistakes.append(Mistake(start + 1, problem))
    if len(options) < 2:
        mistakes.append(Mistake(start + 1, "a single option; give two or more"))
    if len({option.text for option in options}) < len(options):
        mistakes.append(Mistake(start + 1, "two options are the same; change one"))
    return tuple(options)


def read_list(
    name: str, lines: list[str], start: int, end: int, mistakes: list[Mistake]
) -> tuple[str, ...]:
    """Read the items of a section that is a list; an empty tuple for any other section."""
    if name not in _LISTS:
        return ()
    items: list[str] = []
    for number, line in enumerate(lines[start:end], start + 1):
        if not line.strip():
            continue
        item = _ITEM.match(line)
        text = item[1].strip() if item else ""
        if name == "keywords":
            text = text.replace("`", "")
        if name == "katas":
            text = text.strip("`")
        if not text:
            problem = f"'### {SECTIONS[name]}' is a list; begin each line with - and a blank"
            mistakes.append(Mistake(number, problem))
        elif name == "katas" and not NAME.fullmatch(text):
            problem = f"{text!r} is no kata's id: lower-case words joined by hyphens, nothing else"
            mistakes.append(Mistake(number, problem))
        elif name == "keywords" and not all(way.strip() for way in text.split("|")):
            mistakes.append(Mistake(number, "an empty way to say it; take out the | too many"))
        else:
            items.append(text)
    return tuple(items)
