"""Where a session of flashcards stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """What the learner sees of a card."""

    #: The question; the answer is hidden.
    QUESTION = "question"
    #: The answer, waiting for a grade.
    ANSWER = "answer"
    #: A right choice, waiting for *knew* or *guessed*.
    RIGHT = "right"
    #: A wrong choice, which is recorded already.
    WRONG = "wrong"
    #: No card is left, or the time is up.
    OVER = "over"


@dataclass(frozen=True)
class Place:
    """Where a session stands: what undo goes back to."""

    card: str | None
    queue: tuple[str, ...]
    again: tuple[str, ...]
    looks: tuple[tuple[str, int], ...]
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Limits:
    """How long a session may be, and what it may show."""

    #: Minutes, and most new cards a day (None: what the planner says).
    minutes: float = 15.0
    new: int | None = None
    #: Makes the order of options; None for another one in every session.
    seed: int | None = None
    #: Whether the scheduler's dates decide, although an interview date is known.
    by_due: bool = False
