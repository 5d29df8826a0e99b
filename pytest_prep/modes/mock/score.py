"""The score of an interview, with how every point came about.

Parts that do not apply to an answer are *n/a*, and the others share the whole. Nothing here depends
on anything but its arguments.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

#: Points of a coding answer.
CORRECTNESS, EFFICIENCY, TIME, QUALITY, TESTS = 50, 15, 10, 15, 10
#: Shares of correctness: the example, edge cases, everything else.
SHARES: Final = {"example": 0.2, "core": 0.5, "edge": 0.3}
#: Up to this multiple of the reference's time all points are given, at the other one none.
FULL, NONE = 1.5, 10.0
#: CPU seconds of the reference below which a ratio says nothing.
SHORT = 0.02

Verdicts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Line:
    """One line of the table: what it is about, its points, and how they came about."""

    what: str
    #: None where it does not apply.
    points: float | None
    of: float
    how: str


@dataclass(frozen=True)
class Score:
    """The score of one answer."""

    lines: tuple[Line, ...]
    #: 0 to 100.
    total: float


def code_score(
    verdicts: Verdicts,
    *,
    hints: Sequence[int],
    spent: float,
    allowed: float,
    quality: float | None,
    quality_how: str,
    tests: float | None,
    tests_how: str,
) -> Score:
    """Score a coding answer.

    Args:
        verdicts: by case.
        hints: the costs of the hints taken.
        spent: seconds used.
        allowed: seconds there were.
        quality: the review's score from 0 to 100, None without one.
        quality_how: what to say of it.
        tests: share of wrong answers that the learner's own tests catch, None without any.
        tests_how: what to say of it.
    """
    right, how = correctness(verdicts)
    efficiency, efficiency_how = _efficiency(verdicts)
    share = _time_share(spent, allowed)
    lines = [
        Line("correctness", CORRECTNESS * right, CORRECTNESS, how),
        Line("efficiency", _of(efficiency, EFFICIENCY), EFFICIENCY, efficiency_how),
        Line(
            "time",
            TIME * share * right,
            TIME,
            f"{_minutes(spent)} of {_minutes(allowed)}: {share:.0%} × correctness {right:.0%}",
        ),
        Line(
            "quality",
            None if quality is None else QUALITY * quality / 100 * right,
            QUALITY,
            quality_how if quality is None else f"{quality_how} × correctness {right:.0%}",
        ),
        Line("own tests", _of(tests, TESTS), TESTS, tests_how),
    ]
    reached = sum(line.points for line in lines if line.points is not None)
    possible = sum(line.of for line in lines if line.points is not None)
    total = 100 * reached / possible
    if possible < 100:
        lines.append(Line("of 100", total, 100, f"{reached:.1f} of {possible:g} that apply"))
    cost = sum(hints)
    if cost:
        names = " + ".join(str(cost) for cost in hints)
        lines.append(Line("hints", 0.0 - min(cost, total), 0, f"{len(hints)} taken: {names}"))
    return Score(tuple(lines), round(max(0.0, total - cost), 1))


def correctness(verdicts: Verdicts) -> tuple[float, str]:
    """Return the share of correctness, and how it came about.

    An answer that is right but too slow on a case is right there: its time has points of its own.
    What one that was stopped on large data would have returned is not known, and counts neither
    way; stopped on an example or an edge case, whose data are small, it is wrong.
    """
    if not verdicts:
        return 0.0, "nothing was handed in"
    groups: dict[str, list[bool]] = {}
    stopped = []
    for case, verdict in verdicts.items():
        group = group_of(case)
        if group == "core" and _is_stopped(verdict):
            stopped.append(case)
        else:
            groups.setdefault(group, []).append(is_right(verdict))
    uncounted = f"not counted, because it was stopped there: {', '.join(stopped)}"
    if not groups:
        return 0.0, uncounted
    whole = sum(SHARES[name] for name in groups)
    share = sum(SHARES[name] * sum(found) / len(found) for name, found in groups.items()) / whole
    how = ", ".join(
        f"{name} {sum(groups[name])} of {len(groups[name])}" for name in SHARES if name in groups
    )
    return share, f"{how}; {uncounted}" if stopped else how


def group_of(case: str) -> str:
    """Return which share a case belongs to: ``example``, ``edge`` or ``core``."""
    name = case.removeprefix("test_")
    if name.startswith("sample"):
        return "example"
    return "edge" if name.startswith("edge") else "core"


def is_right(verdict: Mapping[str, Any]) -> bool:
    """Tell whether an answer was right on a case, however long it took."""
    if verdict["status"] == "time_limit":
        return bool(verdict["timing"]) and not _is_stopped(verdict)
    return bool(verdict["status"] == "accepted")


def _is_stopped(verdict: Mapping[str, Any]) -> bool:
    """Tell whether an answer ran out of time on a case before it was done."""
    # The last of a timing's fields: whether it was done.
    return (
        bool(verdict["status"] == "time_limit" and verdict["timing"]) and not verdict["timing"][4]
    )


def choice_score(right: Sequence[bool]) -> Score:
    """Score multiple-choice questions: the share that is right."""
    total = 100 * sum(right) / len(right) if right else 0.0
    line = Line("right answers", total, 100, f"{sum(right)} of {len(right)}")
    return Score((line,), round(total, 1))


def rubric_score(marks: Sequence[int], criteria: int) -> Score | None:
    """Score self-given marks from 1 to 4 as 0 to 100; None where no criterion is marked."""
    if not marks:
        return None
    mean = sum(marks) / len(marks)
    total = 100 * (mean - 1) / 3
    how = f"mean {mean:.1f} of 4 over {len(marks)} of {criteria} marks"
    return Score((Line("marks", total, 100, how),), round(total, 1))


def whole_score(parts: Sequence[tuple[float, float]]) -> float | None:
    """Return the mean of (weight, score); None where nothing has a weight."""
    weights = sum(weight for weight, _ in parts)
    if not weights:
        return None
    return round(sum(weight * score for weight, score in parts) / weights, 1)


def _efficiency(verdicts: Verdicts) -> tuple[float | None, str]:
    timed = [(case, v, v["timing"]) for case, v in verdicts.items() if v.get("timing")]
    if not timed:
        return None, "no case was timed"
    # One that was stopped speaks for all; else the case on which the reference takes longest.
    case, verdict, timing = max(timed, key=lambda entry: (not entry[2][4], float(entry[2][1])))
    answer, reference, _, _, finished = timing
    if not finished:
        return 0.0, f"{case}: stopped after {answer:.2f} s, reference {reference:.2f} s"
    if not is_right(verdict):
        return 0.0, f"{case}: wrong there"
    if reference < SHORT:
        return None, f"the longest case takes the reference {reference * 1000:.0f} ms: too short"
    ratio = answer / reference
    share = 1 - math.log(max(ratio, FULL) / FULL) / math.log(NONE / FULL)
    return max(0.0, share), f"{case}: {ratio:.1f} × the reference's {reference:.2f} s"


def _time_share(spent: float, allowed: float) -> float:
    """All points up to half of the time, none at its end."""
    half = allowed / 2
    return min(1.0, max(0.0, 1 - (spent - half) / half)) if half else 0.0


def _of(share: float | None, points: int) -> float | None:
    return None if share is None else points * share


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min"
