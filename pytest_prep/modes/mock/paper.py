"""The paper of an interview: what was drawn, frozen when it begins.

It holds the texts themselves, so that a file edited meanwhile changes neither a running interview
nor the report of an old one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """One problem, question or scenario."""

    id: str
    title: str
    #: What the candidate reads first: Markdown.
    text: str
    minutes: float
    #: What belongs to its kind: see :mod:`pytest_prep.modes.mock.draw`.
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One stage, with what was drawn for it."""

    id: str
    title: str
    kind: str
    #: Seconds.
    time: float
    hard: bool
    weight: float
    order: str
    items: tuple[Item, ...]
    tests: bool = False
    say: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()

    def share_of(self, item: Item) -> float:
        """Return the seconds that belong to one of its items: by the minutes that each takes."""
        return self.time * item.minutes / sum(other.minutes for other in self.items)


@dataclass(frozen=True)
class Paper:
    """Everything that an interview asks."""

    #: Its folder's name: the moment it began, and the script.
    id: str
    script: str
    title: str
    kind: str
    #: Seconds.
    duration: float
    clock: str
    hints: tuple[int, ...]
    reveal: str
    pass_mark: int
    seed: int
    parts: tuple[Part, ...]

    @property
    def measured(self) -> bool:
        """Whether any part is scored by the judge, not by the candidate."""
        return any(part.kind in ("code", "choice") for part in self.parts)


def written(paper: Paper) -> dict[str, Any]:
    """Return the paper as plain data."""
    return asdict(paper)


def read(data: dict[str, Any]) -> Paper:
    """Return the paper that :func:`written` wrote, also after a trip through JSON."""
    parts = tuple(_part(raw) for raw in data["parts"])
    return Paper(**{**data, "hints": tuple(data["hints"]), "parts": parts})


def _part(raw: dict[str, Any]) -> Part:
    items = tuple(Item(**item) for item in raw["items"])
    lists = {key: tuple(raw[key]) for key in ("say", "ask", "commits")}
    return Part(**{**raw, **lists, "items": items})
