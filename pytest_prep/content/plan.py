"""What a study plan says: blocks of tasks, targets, questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ANCHORS = ("start", "interview", "clock")
ORDERS = ("weakest-first", "easiest-first")
#: What a target may count.
COUNTS = ("sql", "python", "katas", "cards", "card_reviews", "mocks", "scenarios")
#: What a task may be, with the arguments it needs and those it may have.
TASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "setup": ((), ()),
    "kata": (("ref",), ()),
    "pick": (("from", "count"), ("level", "topics", "order")),
    "list": (("ref",), ()),
    "stage": (("ref", "rounds"), ()),
    "cards": (("deck",), ("new",)),
    "review": ((), ("count",)),
    "mcq": (("bank", "count"), ()),
    "mock": (("ref",), ("from", "level")),
    "scenario": (("ref",), ()),
    "case": (("ref",), ()),
    "say": (("ref",), ()),
    "write": (("template",), ()),
    "sheet": (("ref",), ()),
    "read": (("ref",), ()),
    "checklist": (("ref",), ()),
    "kit": (("ref",), ()),
}


@dataclass(frozen=True)
class Task:
    """One thing to do. What an argument means depends on ``do``; the others are empty."""

    do: str
    #: Unique in the plan, made of what is to be done: ``write:company``, ``kata:sql-best-run``.
    key: str = ""
    #: A kata, list, project, kind of interview, scenario, prompt, sheet, checklist or kit.
    ref: str = ""
    #: Where katas are picked from: a track or a folder of it, ``sql``, ``pandas``.
    area: str = ""
    level: str = ""
    topics: tuple[str, ...] = ()
    #: How many katas, questions or cards; 0 where the task does not say.
    count: int = 0
    order: str = ORDERS[0]
    deck: str = ""
    #: New cards; 0 where neither the task nor the plan says.
    new: int = 0
    bank: str = ""
    rounds: tuple[int, ...] = ()
    template: str = ""
    title: str = ""
    #: Minutes as the author gives them, None for the planner's own estimate.
    minutes: int | None = None
    #: Whether the day is done without it.
    optional: bool = False


@dataclass(frozen=True)
class Block:
    """A part of a day, or of a plan without days."""

    name: str
    #: The day, from 1; None in a plan without days or by the clock.
    day: int | None
    #: The least and the most.
    minutes: tuple[int, int]
    #: 0 goes before 1 and 2 when time is short.
    priority: int
    #: 1 critical, 2 important, 3 bonus.
    tier: int
    theme: str
    #: By the clock: the minute at which it may begin, and the one by which it should end.
    at: tuple[int, int] | None
    tasks: tuple[Task, ...]
    #: What the learner should be able to answer with yes afterwards: key and question.
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Target:
    """What should be reached by the end of a day: counts by name."""

    day: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Plan:
    """A study plan."""

    path: Path
    id: str
    title: str
    source: str
    #: None where the learner's own days and minutes decide.
    days: int | None
    #: ``interview``: days count back from the interview's date; ``start``: day 1 is the day it
    #: was chosen; ``clock``: minutes from the start of a live session.
    anchor: str
    #: The day of the plan on which the interview is, where it is anchored there.
    interview_day: int
    #: Minutes of review of due cards every day; 0: the plan forbids it.
    review: int
    #: The share of time of each tier, for a plan without days.
    shares: dict[int, float]
    blocks: tuple[Block, ...]
    targets: tuple[Target, ...]
    #: At the end of the plan, "ready when": key and question.
    ready: tuple[tuple[str, str], ...] = ()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
