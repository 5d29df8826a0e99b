"""What a learner's events add up to: the record, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class KataState:
    """What the record says of one kata."""

    id: str
    #: The verdict of the last attempt, ``""`` before the first.
    status: str = ""
    attempts: int = 0
    #: How many of the attempts were accepted, on all cases.
    accepted: int = 0
    #: Study days of the first acceptance and of the last attempt, ``""`` where there is none.
    solved_on: str = ""
    last_on: str = ""
    #: How many of its hints were shown, and whether the reference was, before it was solved.
    hints: int = 0
    revealed: bool = False
    #: Time practised up to the day of the first acceptance, in minutes.
    minutes: float = 0.0
    #: Later study days on which it was tried again, and revealed or not accepted.
    failed_on: tuple[str, ...] = ()

    @property
    def is_solved(self) -> bool:
        """Whether it was ever accepted."""
        return bool(self.solved_on)

    @property
    def best(self) -> str:
        """The best verdict so far: *accepted* is never lost."""
        return "accepted" if self.solved_on else self.status

    def lapses(self, today: str) -> int:
        """Return how many later solves failed; today's is not over."""
        return sum(day < today for day in self.failed_on)


@dataclass(frozen=True, slots=True)
class CardState:
    """What the record says of one flashcard."""

    id: str
    deck: str = ""
    category: str = ""
    reviews: int = 0
    #: The grade of the last review: 1 again, 2 hard, 3 good, 4 easy.
    grade: int = 0
    #: How often it was forgotten after it had been known.
    lapses: int = 0
    #: The study days of the first and of the last review.
    first_on: str = ""
    last_on: str = ""
    #: Every review: the moment (ISO 8601, UTC) and the grade.
    history: tuple[tuple[str, int], ...] = ()
    #: Whether it was put aside.
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class MockState:
    """One mock interview that came to its end."""

    id: str
    day: str
    script: str = ""
    kind: str = ""
    #: 0 to 100, None where nothing was scored.
    score: float | None = None
    minutes: float = 0.0
    #: What the learner meant to work on.
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayLog:
    """One study day."""

    day: str
    #: Minutes by what they went into: a kata's id, ``card:<deck>`` or ``mock:<kind>``.
    minutes: dict[str, float] = field(default_factory=dict)
    attempts: int = 0
    accepted: int = 0
    #: Katas accepted for the first time.
    solved: tuple[str, ...] = ()
    #: Card reviews.
    cards: int = 0
    mocks: int = 0

    @property
    def total(self) -> float:
        """All minutes of the day."""
        return sum(self.minutes.values())


@dataclass(frozen=True, slots=True)
class Choices:
    """What the learner chose for the plan; the last word on each counts."""

    #: The date of the interview, ``2026-12-01``.
    interview: str = ""
    #: Id or path of the plan, the study day and the moment (ISO 8601, UTC) it was chosen.
    plan: str = ""
    plan_since: str = ""
    plan_moment: str = ""
    #: Goals of minutes a day, each with the study day from which it holds, in order.
    goals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one learner's events say."""

    katas: dict[str, KataState] = field(default_factory=dict)
    cards: dict[str, CardState] = field(default_factory=dict)
    mocks: tuple[MockState, ...] = ()
    #: Study days with anything on them, in order.
    days: tuple[DayLog, ...] = ()
    choices: Choices = Choices()
    #: Tasks that were ticked: the key, and the study day.
    ticks: dict[str, str] = field(default_factory=dict)
    #: The learner's name, ``""`` in a store of one learner.
    learner: str = ""

    def log(self, day: str) -> DayLog:
        """Return a study day, an empty one where nothing happened."""
        return next((log for log in reversed(self.days) if log.day == day), DayLog(day))


EMPTY: Final = Record()
