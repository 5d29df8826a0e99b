"""A task of a plan as it stands: the words and the figures that planning deals in.

Everything is told twice, for now and for the beginning of the study day: what a day holds is
decided by the latter, so that it does not change while one works through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pytest_prep.content.plan import Block, Task
from pytest_prep.progress.collection import KataFacts

#: Expected minutes of a kata by level, where the kata itself does not say.
LEVEL_MINUTES: Final = {"easy": 9.0, "medium": 18.0, "hard": 30.0}
#: Expected minutes of a new card, and of a question.
CARD_MINUTES: Final = 0.5
QUESTION_MINUTES: Final = 1.5
#: Expected minutes of the others, where the plan does not say.
OTHER_MINUTES: Final = {
    "setup": 10.0, "mock": 30.0, "scenario": 30.0, "case": 30.0, "say": 10.0, "write": 15.0,
    "sheet": 15.0, "read": 15.0, "checklist": 5.0, "kit": 10.0, "review": 10.0,
}  # fmt: skip

#: Tasks that the learner may call done; most of them nobody else can.
TICKED: Final = frozenset(
    ("setup", "mcq", "scenario", "case", "say", "write", "sheet", "read", "checklist", "kit")
)
#: Tasks that bring something new: none of them on the last day.
NEW_MATERIAL: Final = frozenset(
    ("kata", "pick", "list", "stage", "cards", "mcq", "scenario", "case", "read")
)
#: Kinds of interviews by the words of the plans.
MOCK_KINDS: Final = {"timed": "coding", "system-design": "design", "full": "loop"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to practise with."""

    katas: Mapping[str, KataFacts]
    #: Cards of each deck.
    decks: Mapping[str, int] = field(default_factory=dict)
    #: What ``--mock`` plays, by kinds of interviews and by names of scripts and their content.
    scripts: Mapping[str, str] = field(default_factory=dict)
    #: Cards due today.
    due: int = 0
    #: Weak topics, decks and kinds of interviews, the weakest first.
    weak: tuple[str, ...] = ()
    #: What is said of something that is not here.
    absent: str = "not in this collection yet"


class Slot(NamedTuple):
    """A task where it stands in its plan."""

    task: Task
    block: Block
    #: Counted from 1 through the whole plan.
    place: int


@dataclass(frozen=True, slots=True)
class Work:
    """A task, and how it stands."""

    slot: Slot
    #: Expected minutes of all of it, of what is done already too.
    size: float
    #: Expected minutes of what was left at the beginning of the day, and of what is left now.
    at_start: float
    left: float
    #: How much is done, of how much.
    done: int
    of: int
    #: Katas to solve, and the ids of those that are not in this collection.
    katas: tuple[KataFacts, ...] = ()
    absent: tuple[str, ...] = ()
    #: Why it cannot be done here, ``""`` where it can.
    missing: str = ""
    #: What to type, ``""`` where there is nothing to type but the tick.
    command: str = ""
    #: The place among the weak of what it is about; a large number for what is not weak.
    weak: int = 99
    was_done: bool = False

    @property
    def task(self) -> Task:
        """The task."""
        return self.slot.task

    @property
    def block(self) -> Block:
        """The block that it is in."""
        return self.slot.block

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left that can be done here."""
        return self.done >= self.of

    @property
    def ticked(self) -> bool:
        """Whether only the learner can call it done."""
        return self.task.do in TICKED


def level_minutes(level: str) -> float:
    """Return the expected minutes of a kata of a level, or of an unknown one."""
    return LEVEL_MINUTES.get(level, LEVEL_MINUTES["medium"])


def ticked_minutes(task: Task) -> float:
    """Return the expected minutes of a task that is ticked, where the plan does not say."""
    return task.count * QUESTION_MINUTES if task.do == "mcq" else OTHER_MINUTES[task.do]
