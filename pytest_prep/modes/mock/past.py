"""What earlier interviews left behind: action items, and how good the predictions were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytest_prep.progress.events import Event

#: Interviews that the calibration looks back on.
LAST = 10


@dataclass(frozen=True)
class Past:
    """Earlier interviews, in short."""

    #: Action items of the last interview that has any.
    actions: tuple[str, ...] = ()
    #: Predicted less reached, of the last interviews that have both; the latest last.
    gaps: tuple[float, ...] = ()


def past_of(events: Sequence[Event]) -> Past:
    """Return what the events of the kind ``mock`` say."""
    actions: tuple[str, ...] = ()
    gaps: list[float] = []
    for event in events:
        listed = event.data.get("actions")
        if isinstance(listed, list) and listed:
            actions = tuple(str(action) for action in listed)
        gap = gap_of(event.data)
        if gap is not None:
            gaps.append(gap)
    return Past(actions, tuple(gaps[-LAST:]))


def gap_of(data: dict[str, Any]) -> float | None:
    """Return by how much a prediction was too high; None without a prediction or a score."""
    score = data.get("score")
    if score is None:
        score = data.get("self_score")
    predicted = data.get("predicted")
    if not isinstance(score, (int, float)) or not isinstance(predicted, (int, float)):
        return None
    return float(predicted) - float(score)


def calibration(gaps: Sequence[float]) -> str:
    """Return how good the predictions were, in one sentence; ``""`` for less than two."""
    if len(gaps) < 2:
        return ""
    mean = sum(gaps) / len(gaps)
    off = sum(abs(gap) for gap in gaps) / len(gaps)
    if abs(mean) < 0.5:
        lean = "neither too high nor too low"
    else:
        lean = f"{abs(mean):.0f} too {'high' if mean > 0 else 'low'}"
    return f"your last {len(gaps)} predictions: off by {off:.0f} on average, {lean}"
