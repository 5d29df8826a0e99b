"""A flashcard, and what can be said of it without a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Literal

Kind = Literal["basic", "choice", "cloze"]

#: Lower-case words joined by hyphens: ids, tags, decks, categories.
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

#: The words for a difficulty, and the difficulty that each stands for when it is written.
LEVELS: Final = {"easy": 2, "medium": 3, "hard": 4}

#: A gap of a cloze card: number, text, hint or None.
GAP: Final = re.compile(r"\{\{c(\d+)::(.+?)(?:::(.+?))?\}\}", re.DOTALL)

_COMMENT: Final = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a multiple-choice card."""

    text: str
    right: bool
    #: Markdown, may be empty for the right one.
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """One question. Texts are Markdown, empty where the card has none."""

    #: Unique over all decks and stable for ever.
    id: str
    question: str
    #: What stands between the heading and the answer.
    prompt: str
    kind: Kind
    #: Of a basic card; empty for the other kinds.
    answer: str
    options: tuple[Option, ...]
    #: Points that a typed answer is checked for: each the ways to say it.
    keywords: tuple[tuple[str, ...], ...]
    why: str
    example: str
    #: The sentence to say in an interview.
    spoken: str
    katas: tuple[str, ...]
    references: tuple[str, ...]
    tags: tuple[str, ...]
    #: 1 (easy) to 5 (hard).
    difficulty: int
    #: Numbers of the curriculum's checklist.
    requirements: tuple[int, ...]
    deck: str
    category: str
    #: The deck's file, and the line of the question in it (from 1).
    path: str
    line: int

    @property
    def level(self) -> str:
        """The difficulty in a word: easy (1, 2), medium (3) or hard (4, 5)."""
        return ("easy", "easy", "medium", "hard", "hard")[self.difficulty - 1]

    @property
    def content(self) -> str:
        """A hash of what the learner is shown: it changes when the card is edited."""
        options = "\0".join(f"{o.text}\1{o.right}\1{o.reason}" for o in self.options)
        parts = (self.question, self.prompt, self.answer, options, self.why, self.example)
        shown = "\0".join((*parts, self.spoken))
        return blake2b(shown.encode(), digest_size=6).hexdigest()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that ``-k`` knows the card by; any part of any of them counts."""
        return (self.id, self.question, self.deck, self.category, self.level, *self.tags)

    def masked(self, text: str) -> str:
        """Return ``text`` with every gap as ``[…]``, or as its hint."""
        return GAP.sub(lambda gap: f"[{gap[3] or '…'}]", text)

    def filled(self, text: str) -> str:
        """Return ``text`` with every gap filled in, in bold type."""
        return GAP.sub(lambda gap: f"**{gap[2]}**", text)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing in a cloze card, in order."""
        return tuple(gap[2] for gap in GAP.finditer(f"{self.question}\n{self.prompt}"))

    @property
    def points(self) -> tuple[tuple[str, ...], ...]:
        """What a typed answer is checked for: the keywords, or the text of each gap."""
        return tuple((gap,) for gap in self.gaps) if self.kind == "cloze" else self.keywords


def found_points(card: Card, typed: str) -> tuple[bool, ...]:
    """Tell for each point of a card whether a typed answer names it.

    Case, backticks and the width of blanks do not matter; a way to say it counts where a word
    begins with it, so ``gap`` is found in *gaps* and not in *stopgap*.
    """
    plain = _plain(typed)
    return tuple(any(_says(plain, way) for way in ways) for ways in card.points)


def _says(plain: str, way: str) -> bool:
    wanted = re.escape(_plain(way))
    start = r"(?<!\w)" if re.match(r"\w", _plain(way)) else ""
    return bool(wanted) and re.search(start + wanted, plain) is not None


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").casefold().split())


def without_comments(text: str) -> str:
    """Return Markdown without its HTML comments, which say how snippets are run."""
    return _COMMENT.sub("", text) if "<!--" in text else text
