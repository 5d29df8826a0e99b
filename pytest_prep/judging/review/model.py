"""What a review says: findings, measures and a score, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from pytest_prep.judging.judge import Judge
    from pytest_prep.judging.translation import Translator


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    #: A short name that stays the same: ``not-in-nullable``.
    rule: str
    #: What stands there.
    what: str
    #: Why it matters in an interview.
    why: str
    #: How to mend it.
    mend: str
    #: The learner's 1-based line, None where it has no single place.
    line: int | None = None
    #: What it takes off the score.
    points: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured, or why it was not."""

    name: str
    #: In words, with the unit and what it is compared with.
    text: str
    #: Numbers for who goes on with them; empty where nothing was measured.
    figures: dict[str, float] = field(default_factory=dict)
    #: Whether it was measured.
    done: bool = True


def not_measured(name: str, why: str) -> Measure:
    """Return the measure that was not taken."""
    return Measure(name, f"not measured: {why}", done=False)


@dataclass(frozen=True, slots=True)
class Review:
    """A review of one answer: how it is written, not whether it is right."""

    kata: str
    #: 0 to 100: a hundred less the points of all findings. None where there is nothing to review.
    score: int | None
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    #: Why there is nothing to review, ``""`` where there is.
    problem: str = ""


def review_of(kata: str, findings: list[Finding], measures: list[Measure]) -> Review:
    """Return the review with these findings, the dearest first, and its score."""
    ordered = sorted(findings, key=lambda f: (-f.points, f.line or 0, f.rule))
    score = max(0, 100 - sum(finding.points for finding in findings))
    return Review(kata, score, tuple(ordered), tuple(measures))


def nothing_to_review(kata: str, problem: str) -> Review:
    """Return the review of an answer that cannot be reviewed, and why."""
    return Review(kata, None, (), (), problem)


@dataclass(frozen=True, slots=True)
class Covered:
    """Which lines of an answer ran in the kata's tests."""

    #: Lines that hold a statement.
    statements: frozenset[int]
    #: Those of them that never ran.
    missed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a review may ask and already knows; whatever is left out is *not measured*."""

    #: Runs SQL answers.
    judge: Judge | None = None
    #: Reads SQL answers in other dialects.
    translator: Translator | None = None
    #: The verdict on each case.
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    #: What ran of a Python answer.
    covered: Covered | None = None
    #: Whether a Python answer may be run in a child process, to measure how its time grows.
    fork: bool = False
    #: Where programs that are asked keep what they know between two runs.
    cache: Path | None = None


def time_beside(verdicts: Mapping[str, Verdict]) -> Measure:
    """Return the answer's time beside the reference's on the case that took longest."""
    timed = {name: v.timing for name, v in verdicts.items() if v.timing and v.timing.finished}
    if not timed:
        return not_measured("time", "no case ran to its end")
    name = max(timed, key=lambda n: timed[n].reference)
    timing = timed[name]
    ratio = timing.answer / max(timing.reference, 1e-9)
    text = (
        f"{_seconds(timing.answer)} of CPU, reference {_seconds(timing.reference)}, on case {name}"
    )
    return Measure(
        "time", text, {"answer": timing.answer, "reference": timing.reference, "ratio": ratio}
    )


def _seconds(value: float) -> str:
    if value < 0.001:
        return f"{value * 1e6:.0f} µs"
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.1f} s"
