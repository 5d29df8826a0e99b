"""What studying needs to know of the katas there are, apart from the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: The order in which levels are met.
LEVELS: Final = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class KataFacts:
    """A kata of the collection."""

    id: str
    title: str
    #: Its folder relative to the root, with forward slashes: what to type after ``pytest``.
    path: str
    #: The folders between the collection's root and the kata's own: ``("sql", "window")``.
    folders: tuple[str, ...]
    level: str
    topics: tuple[str, ...]
    #: What a prepared person needs.
    minutes: int

    @property
    def track(self) -> str:
        """``sql``, ``python``, …: the first folder."""
        return self.folders[0] if self.folders else "katas"

    @property
    def command(self) -> str:
        """What to type to have it judged."""
        return f"pytest {self.path}"
