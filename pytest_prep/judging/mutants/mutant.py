"""One small change of a reference, and what became of it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

#: What a description shows of the code before and after a change, in characters.
_SHOWN = 60

#: ``cases``: killed by the sample or an edge case. ``real``: only by the real data.
#: ``generated``: only by generated data. ``proved``: means the same as the reference. ``argued``:
#: the author's notes say why it does. ``survived``: nobody noticed.
Outcome = Literal["cases", "real", "generated", "proved", "argued", "survived"]


@dataclass(frozen=True)
class Mutant:
    """A changed copy of a reference."""

    #: 1-based, where the change starts in the reference.
    line: int
    #: ``JOIN → LEFT JOIN``.
    change: str
    #: The whole changed text.
    text: str
    #: The lines that differ, each with ``-`` or ``+`` before it.
    diff: str

    @property
    def description(self) -> str:
        """The line and the change."""
        return f"line {self.line}: {self.change}"


@dataclass(frozen=True)
class Fate:
    """What became of a mutant."""

    mutant: Mutant
    outcome: Outcome
    #: The case that killed it with what was wrong, the kind of proof, or the author's argument.
    why: str = ""


def mutant_of(original: str, changed: str, line: int, change: str) -> Mutant:
    """Return the mutant ``changed`` of the text ``original``."""
    return Mutant(line, change, changed, diff(original, changed))


def change_words(before: str, after: str) -> str:
    """Return how a change of ``before`` into ``after`` is called in one line."""
    old, new = brief(before), brief(after)
    if not old:
        return f"{new} added"
    return f"{old} → {new}" if new else f"{old} dropped"


def brief(code: str) -> str:
    """Return code in one line, cut off where it gets long."""
    words = " ".join(code.split()).strip(", ")
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def diff(before: str, after: str) -> str:
    """Return the lines that differ, in the form of ``diff -U0`` without its headers."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def distinct(mutants: Iterable[Mutant], original: str) -> list[Mutant]:
    """Drop what is no change or comes twice, and make descriptions unique with (2), (3), …."""
    kept: dict[str, Mutant] = {}
    for mutant in mutants:
        if mutant.text != original:
            kept.setdefault(mutant.text, mutant)
    seen: Counter[str] = Counter()
    named = []
    for mutant in sorted(kept.values(), key=lambda m: m.line):
        seen[mutant.description] += 1
        count = seen[mutant.description]
        named.append(replace(mutant, change=f"{mutant.change} ({count})") if count > 1 else mutant)
    return named
