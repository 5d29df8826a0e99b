"""A kata and a study day while their events are read, before they are frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pytest_prep.progress.fields import number, text
from pytest_prep.progress.state import KataState


@dataclass(slots=True)
class GrowingKata:
    """One kata; see :class:`~pytest_prep.progress.state.KataState`."""

    facts: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    attempts: int = 0
    accepted: int = 0
    solved_on: str = ""
    last_on: str = ""
    hints: set[int] = field(default_factory=set)
    revealed: bool = False
    minutes: float = 0.0
    best: tuple[int, int] = (0, 0)
    ratio: float | None = None
    lapses: int = 0
    answer: str = ""
    #: The study day of a later solve that is not finished yet.
    again_on: str = ""

    def state(self, name: str) -> KataState:
        """Return it frozen."""
        facts = self.facts
        topics = facts.get("topics")
        return KataState(
            id=name,
            path=text(facts, "path"),
            track=text(facts, "track"),
            level=text(facts, "level"),
            topics=tuple(t for t in topics if isinstance(t, str)) if topics else (),
            expected=int(number(facts, "minutes") or 0),
            status=self.status,
            attempts=self.attempts,
            accepted=self.accepted,
            solved_on=self.solved_on,
            last_on=self.last_on,
            hints=len(self.hints),
            revealed=self.revealed,
            minutes=self.minutes,
            best=self.best,
            ratio=self.ratio,
            lapses=self.lapses,
        )


@dataclass(slots=True)
class GrowingDay:
    """One study day; see :class:`~pytest_prep.progress.state.DayLog`."""

    minutes: dict[str, float] = field(default_factory=dict)
    attempts: int = 0
    accepted: int = 0
    solved: list[str] = field(default_factory=list)
    cards: int = 0
    mocks: int = 0
