"""The dashboard's figures for other programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any, Final

from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.state import KataState
from pytest_prep.progress.stats import Overview, Share
from pytest_prep.progress.steps import Step

#: Raised when the meaning of a key changes.
SCHEMA: Final = 1

#: The columns of the CSV file: one row a kata.
COLUMNS: Final = (
    "id", "title", "path", "track", "level", "topics", "status", "solved_on", "last_on",
    "attempts", "accepted", "hints", "revealed", "minutes", "expected_minutes", "lapses",
)  # fmt: skip

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_json(view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]) -> str:
    """Return the state as JSON; docs/reference.md describes every key."""
    return json.dumps(as_data(view, steps, plan), indent=2, ensure_ascii=False) + "\n"


def as_data(
    view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    """Return the state as plain data."""
    logs = [log.day for log in view.logs]
    return {
        "schema": SCHEMA,
        "learner": view.learner,
        "today": view.today,
        "start": min(logs, default=None),
        "last_active": view.last_active or None,
        "interview": view.interview or None,
        "days_left": view.days_left,
        "narrowed": view.narrowed,
        "solved": _share(view.katas),
        "areas": [_share(share) for share in view.areas],
        "topics": [
            {**asdict(topic), "minutes": round(topic.minutes, 2), "accuracy": topic.accuracy}
            for topic in view.topics
        ],
        "katas": [_kata(kata, state, view.today) for kata, state in view.states],
        "due_katas": view.due_katas,
        "cards": asdict(view.cards) if view.cards else None,
        "decks": [asdict(deck) for deck in view.decks],
        "mocks": {
            "count": view.mocks.count,
            "average": view.mocks.average,
            "last": view.mocks.last,
            "kinds": [
                {"kind": kind, "count": count, "average": average}
                for kind, count, average in view.mocks.kinds
            ],
        }
        if view.mocks
        else None,
        "minutes": {
            "total": round(view.time.total, 2),
            "today": round(view.time.today, 2),
            "goal": view.time.goal,
            "areas": [
                {"area": area, "total": round(total, 2), "today": round(today, 2)}
                for area, total, today in view.time.areas
            ],
        },
        "streak": asdict(view.streak),
        "weak": [
            {"kind": weak.kind, "name": weak.name, "reasons": list(weak.reasons)}
            for weak in view.weak
        ],
        "days": [
            {
                "day": log.day,
                "minutes": round(log.total, 2),
                "attempts": log.attempts,
                "accepted": log.accepted,
                "solved": list(log.solved),
                "cards": log.cards,
                "mocks": log.mocks,
            }
            for log in view.logs
        ],
        "completion": [{"day": day, "solved": solved} for day, solved in view.completion],
        "next": [{"text": step.text, "command": step.command} for step in steps],
        "plan": [{"label": label, "text": text} for label, text in plan],
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "name": share.name,
        "depth": share.depth,
        "done": share.done,
        "total": share.total,
        "levels": {level: {"done": done, "total": total} for level, done, total in share.levels},
    }


def _kata(kata: KataFacts, state: KataState, today: str) -> dict[str, Any]:
    return {
        "id": kata.id,
        "title": kata.title,
        "path": kata.path,
        "track": kata.track,
        "level": kata.level,
        "topics": list(kata.topics),
        "status": state.status or "todo",
        "solved_on": state.solved_on or None,
        "last_on": state.last_on or None,
        "attempts": state.attempts,
        "accepted": state.accepted,
        "hints": state.hints,
        "revealed": state.revealed,
        "minutes": round(state.minutes, 2),
        "expected_minutes": kata.minutes,
        "lapses": state.lapses(today),
    }


def as_csv(view: Overview) -> str:
    """Return a row for each selected kata; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for kata, state in view.states:
        row = _kata(kata, state, view.today)
        row["topics"] = " ".join(kata.topics)
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
