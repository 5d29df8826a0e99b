"""What earlier interviews left behind: action items, and how good the predictions were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytest_prep.progress.events import Event

#: Interviews that the calibration looks back on.
LAST = 10


@dataclass(frozen=True)
class Gap:
    """How far a prediction was from the score."""

    #: Predicted less reached.
    points: float
    #: Whether the score was measured; otherwise it is of one's own marks.
    measured: bool


@dataclass(frozen=True)
class Past:
    """Earlier interviews, in short."""

    #: Action items of the last interview that has any.
    actions: tuple[str, ...] = ()
    #: Of the interviews that have a prediction and a score; the latest last.
    gaps: tuple[Gap, ...] = ()


def past_of(events: Sequence[Event]) -> Past:
    """Return what the events of the kind ``mock`` say."""
    actions: tuple[str, ...] = ()
    gaps: list[Gap] = []
    for event in events:
        listed = event.data.get("actions")
        if isinstance(listed, list) and listed:
            actions = tuple(str(action) for action in listed)
        gap = gap_of(event.data)
        if gap is not None:
            gaps.append(gap)
    return Past(actions, tuple(gaps))


def gap_of(data: dict[str, Any]) -> Gap | None:
    """Return how far a prediction was off; None without a prediction or a score."""
    measured = data.get("score") is not None
    score = data.get("score" if measured else "self_score")
    predicted = data.get("predicted")
    if not isinstance(score, (int, float)) or not isinstance(predicted, (int, float)):
        return None
    return Gap(float(predicted) - float(score), measured)


def calibration(gaps: Sequence[Gap]) -> str:
    """Return how good the predictions were of scores like the last one, in one sentence.

    Measured scores and one's own marks are not mixed; ``""`` for less than two of a kind.
    """
    alike = [gap.points for gap in gaps if gap.measured == gaps[-1].measured][-LAST:]
    if len(alike) < 2:
        return ""
    off = sum(abs(points) for points in alike) / len(alike)
    high = sum(points >= 0.5 for points in alike)
    low = sum(points <= -0.5 for points in alike)
    what = "measured scores" if gaps[-1].measured else "your own marks"
    return (
        f"your last {len(alike)} predictions of {what}: {off:.0f} points off on average, "
        f"{high} too high, {low} too low"
    )
