"""The facts of a deck and of its cards: the front matter, and the comment below a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pytest_prep.content.card import LEVELS, NAME
from pytest_prep.content.deck_sections import Mistake
from pytest_prep.content.errors import did_you_mean

_T = TypeVar("_T")

_KEYS = ("deck", "title", "category", "tags", "difficulty", "requirements")
_CARD_KEYS = ("id", "tags", "difficulty", "level", "requirements")


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says of all cards of a deck."""

    deck: str
    title: str
    category: str
    tags: tuple[str, ...]
    difficulty: int
    requirements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the comment below a question says; empty or 0 where it says nothing."""

    id: str
    tags: tuple[str, ...]
    difficulty: int
    requirements: tuple[int, ...]


def read_header(lines: list[str], path: Path, mistakes: list[Mistake]) -> tuple[Header, int]:
    """Read the front matter.

    What is missing is taken from the file's name and folder, so that the cards still load.

    Returns:
        The header, and the number of the first line after it (from 0).
    """
    values: dict[str, tuple[int, str]] = {}
    end = 0
    if lines[0].strip() != "---":
        problem = "no front matter; begin the file with ---, deck:, title:, category: and ---"
        mistakes.append(Mistake(1, problem))
    else:
        closed = next((n for n, text in enumerate(lines[1:], 1) if text.strip() == "---"), None)
        end = closed or next((n for n, text in enumerate(lines[1:], 1) if ":" not in text), 1)
        if closed is None:
            mistakes.append(Mistake(1, "the front matter is not closed; end it with a line ---"))
        for number, line in enumerate(lines[1:end], 2):
            _keep(line, number, values, mistakes)
        mistakes += [
            Mistake(1, f"the front matter lacks {key}; add a line {key}: …")
            for key in ("deck", "title", "category")
            if key not in values
        ]
        end += closed is not None
    fallback = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "deck"
    folder = re.sub(r"[^a-z0-9]+", "-", path.parent.name.lower()).strip("-") or "other"
    reader = _Reader(values, mistakes)
    return (
        Header(
            deck=reader.name("deck") or fallback,
            title=values["title"][1] if "title" in values else path.stem,
            category=reader.name("category") or folder,
            tags=reader.names("tags"),
            difficulty=reader.difficulty() or 2,
            requirements=reader.numbers("requirements"),
        ),
        end,
    )


def _keep(
    line: str, number: int, values: dict[str, tuple[int, str]], mistakes: list[Mistake]
) -> None:
    if not line.strip() or line.lstrip().startswith("#"):
        return
    key, colon, value = line.partition(":")
    key, value = key.strip(), value.strip()
    if not colon:
        mistakes.append(Mistake(number, f"{line.strip()!r} is not a line key: value"))
    elif key not in _KEYS:
        known = ", ".join(_KEYS)
        problem = f"{key!r} is not a key of a deck ({known}){did_you_mean(key, _KEYS)}"
        mistakes.append(Mistake(number, problem))
    elif key in values:
        mistakes.append(Mistake(number, f"a second {key}; keep one"))
    elif not value:
        mistakes.append(Mistake(number, f"{key} is empty; write it or leave it out"))
    else:
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        values[key] = number, value[1:-1] if quoted else value


def read_facts(comment: str, line: int, mistakes: list[Mistake]) -> Facts:
    """Read the comment below a question: ``<!-- id: a-name | tags: a, b | difficulty: 3 -->``."""
    text = comment.strip().removeprefix("<!--").removesuffix("-->").strip()
    values: dict[str, tuple[int, str]] = {}
    for part in text.split("|"):
        key, colon, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key not in _CARD_KEYS or not colon:
            known = ", ".join(_CARD_KEYS)
            problem = f"{part.strip()!r} is not one of {known} with a colon and a value"
            mistakes.append(Mistake(line, problem + did_you_mean(key, _CARD_KEYS)))
        elif key in values:
            mistakes.append(Mistake(line, f"a second {key}; keep one"))
        else:
            values[key] = line, value
    if "id" not in values and not any(mistake.line == line for mistake in mistakes):
        mistakes.append(Mistake(line, "the card has no id; begin with id: a-short-name"))
    if "level" in values and "difficulty" in values:
        mistakes.append(Mistake(line, "level and difficulty say the same; keep one of them"))
    reader = _Reader(values, mistakes)
    return Facts(
        id=reader.name("id"),
        tags=reader.names("tags"),
        difficulty=reader.difficulty() or reader.level(),
        requirements=reader.numbers("requirements"),
    )


class _Reader:
    """Reads values, and keeps a mistake for each that it cannot read."""

    def __init__(self, values: dict[str, tuple[int, str]], mistakes: list[Mistake]) -> None:
        self._values = values
        self._mistakes = mistakes

    def _read(self, key: str, empty: _T, read: Callable[[str], _T | None], wanted: str) -> _T:
        if key not in self._values:
            return empty
        line, text = self._values[key]
        value = read(text)
        if value is None:
            self._mistakes.append(Mistake(line, f"{key}: {text!r} is not {wanted}"))
            return empty
        return value

    def name(self, key: str) -> str:
        """Return lower-case words joined by hyphens."""
        wanted = f"lower-case words joined by hyphens; write such as {_near(self._text(key))!r}"
        return self._read(key, "", lambda text: text if NAME.fullmatch(text) else None, wanted)

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of such words."""

        def read(text: str) -> tuple[str, ...] | None:
            words = _words(text)
            return words if words and all(map(NAME.fullmatch, words)) else None

        wanted = "lower-case words joined by hyphens and parted by commas, such as null, left-join"
        return self._read(key, (), read, wanted)

    def difficulty(self) -> int:
        """Return 1 to 5; 0 if none is given."""

        def read(text: str) -> int | None:
            return int(text) if text in ("1", "2", "3", "4", "5") else None

        return self._read("difficulty", 0, read, "a number from 1 (easy) to 5 (hard)")

    def level(self) -> int:
        """Return the difficulty that a level stands for; 0 if none is given."""
        text = self._text("level")
        wanted = f"one of {', '.join(LEVELS)}{did_you_mean(text, LEVELS)}"
        return self._read("level", 0, LEVELS.get, wanted)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""

        def read(text: str) -> tuple[int, ...] | None:
            words = _words(text)
            return tuple(map(int, words)) if words and all(w.isdecimal() for w in words) else None

        return self._read(key, (), read, "a list of numbers, such as 208, 209")

    def _text(self, key: str) -> str:
        return self._values[key][1] if key in self._values else ""


def _words(text: str) -> tuple[str, ...]:
    inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return tuple(word.strip() for word in inside.split(",") if word.strip())


def _near(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "sql-rank-gaps"
