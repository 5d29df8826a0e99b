"""Events and katas for tests of what follows from a record."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from pytest_prep.progress.clock import study_day
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.events import (
    ATTEMPT,
    CARD,
    HINT,
    MOCK,
    PLAN,
    REVEAL,
    TICK,
    UNDO,
    Event,
)

#: A Monday at noon.
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

WINDOW = KataFacts(
    "sql-latest", "The latest price", "katas/sql/window/latest", ("sql", "window"), "medium",
    ("window", "ranking"), 15,
)  # fmt: skip
JOIN = KataFacts(
    "sql-no-orders", "Without orders", "katas/sql/join/no_orders", ("sql", "join"), "easy",
    ("join",), 8,
)  # fmt: skip
PANDAS = KataFacts(
    "pd-gaps", "Gaps", "katas/python/pandas/gaps", ("python", "pandas"), "hard", ("pandas",), 30
)
KATAS = (WINDOW, JOIN, PANDAS)


def at(minutes: float = 0, days: float = 0) -> datetime:
    """Return a moment after NOON."""
    return NOON + timedelta(minutes=minutes, days=days)


def event(kind: str, data: dict[str, Any], moment: datetime = NOON, learner: str = "") -> Event:
    """Return an event of a moment."""
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Event(str(uuid.uuid4()), text, study_day(moment).isoformat(), kind, data, learner)


def attempt(
    kata: KataFacts, status: str, moment: datetime = NOON, learner: str = "", **more: Any
) -> Event:
    """Return an attempt, by default one that took no time."""
    data = {
        "kata": kata.id,
        "path": kata.path,
        "track": kata.track,
        "level": kata.level,
        "topics": list(kata.topics),
        "minutes": kata.minutes,
        "status": status,
        "cases": {"sample": "accepted", "edge": status},
        "answer_hash": uuid.uuid4().hex,
        "elapsed": 0,
        "spent": 0,
        **more,
    }
    return event(ATTEMPT, data, moment, learner)


def hint(kata: KataFacts, number: int, moment: datetime = NOON) -> Event:
    """Return a hint that was shown."""
    return event(HINT, {"kata": kata.id, "number": number}, moment)


def reveal(kata: KataFacts, moment: datetime = NOON) -> Event:
    """Return a reference that was shown."""
    return event(REVEAL, {"kata": kata.id}, moment)


def card(name: str, grade: int, moment: datetime = NOON, **more: Any) -> Event:
    """Return a review of a card, of half a minute."""
    data = {"card": name, "grade": grade, "milliseconds": 30_000, "deck": "sql", **more}
    return event(CARD, data, moment)


def mock(kind: str, score: float | None, moment: datetime = NOON, **more: Any) -> Event:
    """Return an interview of twenty minutes."""
    return event(MOCK, {"kind": kind, "score": score, "seconds": 1200, **more}, moment)


def choose(moment: datetime = NOON, **choices: Any) -> Event:
    """Return a choice for the plan."""
    return event(PLAN, choices, moment)


def tick(key: str, moment: datetime = NOON) -> Event:
    """Return a task that was ticked."""
    return event(TICK, {"task": key}, moment)


def undo(other: Event, moment: datetime = NOON) -> Event:
    """Return an event that takes another one back."""
    return event(UNDO, {"event": other.id}, moment)
