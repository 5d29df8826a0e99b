"""The review of a Python answer: style, complexity, types, lines that ran, time and growth."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.judging.python_answer import unparsed
from pytest_prep.judging.review.complexity import complexity_of
from pytest_prep.judging.review.model import (
    Finding,
    Measure,
    Review,
    Surroundings,
    not_measured,
    nothing_to_review,
    review_of,
    time_beside,
)
from pytest_prep.judging.review.signature import types_of
from pytest_prep.judging.review.style import style_of

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata

#: Times the reference's CPU time beyond which time is a finding → points.
SLOWER = ((5.0, 8), (2.5, 4))
#: CPU seconds of the reference below which a ratio says nothing.
SHORT = 0.02
TOO_DEEP = "its expressions are nested too deeply; take them apart"


def review_python(kata: Kata, answer: str, around: Surroundings) -> Review:
    """Review a Python answer."""
    assert kata.python is not None
    try:
        reference, starter = read_text(kata.reference), read_text(kata.starter)
        ast.parse(answer)
    except ContentError as error:
        return nothing_to_review(kata.id, str(error))
    except (SyntaxError, ValueError) as error:
        return nothing_to_review(kata.id, f"the answer does not parse: {unparsed(error)}")
    except (RecursionError, MemoryError):
        return nothing_to_review(kata.id, TOO_DEEP)
    try:
        parts = [
            style_of(answer),
            complexity_of(answer, reference),
            types_of(answer, starter, kata.python.names, around.cache),
            _coverage(around),
            _time(around),
        ]
        parts += _growth(kata, answer, around)
    except RecursionError:
        # what walks a tree gives up earlier than what parses it
        return nothing_to_review(kata.id, TOO_DEEP)
    findings = [finding for _, found in parts for finding in found]
    return review_of(kata.id, findings, [measure for measure, _ in parts])


def _coverage(around: Surroundings) -> tuple[Measure, list[Finding]]:
    """Tell which lines none of the kata's tests ran."""
    covered = around.covered
    if covered is None:
        why = "no test was run, or coverage is not installed (pip install 'pytest-prep[cov]')"
        return not_measured("coverage", why), []
    total, missed = len(covered.statements), sorted(covered.missed)
    share = 100 * (total - len(missed)) / total if total else 100.0
    text = f"{share:.0f} % of {total} statements ran in the kata's tests"
    measure = Measure("coverage", text, {"percent": share})
    accepted = all(verdict.accepted for verdict in around.verdicts.values())
    if not missed or not accepted:
        # where a test fails, the lines behind the failure had no chance
        return measure, []
    spans = _spans(missed)
    finding = Finding(
        "never-ran",
        f"no test of the kata runs line{'s' if len(missed) > 1 else ''} {', '.join(spans)}",
        "it is dead code, or a case that you saw and that wants an explanation",
        "take it out, or say which input it is for",
        missed[0],
        min(2 * len(spans), 6),
    )
    return measure, [finding]


def _spans(lines: list[int]) -> list[str]:
    """Return line numbers as ranges: ``3-5``, ``9``."""
    starts = [lines[0], *(b for a, b in pairwise(lines) if b > a + 1)]
    ends = [*(a for a, b in pairwise(lines) if b > a + 1), lines[-1]]
    return [str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True)]


def _time(around: Surroundings) -> tuple[Measure, list[Finding]]:
    measure = time_beside(around.verdicts)
    ratio = measure.figures.get("ratio", 1.0)
    points = next((p for times, p in SLOWER if ratio > times), 0)
    if not points or measure.figures["reference"] < SHORT:
        return measure, []
    finding = Finding(
        "slower",
        f"it takes {ratio:.1f} × the time of the reference",
        "the follow-up question is where the time goes",
        "profile it: python -m cProfile, or --reveal for the reference's way",
        points=points,
    )
    return measure, [finding]


def _growth(kata: Kata, answer: str, around: Surroundings) -> list[tuple[Measure, list[Finding]]]:
    from pytest_prep.judging.review.growth import growth_of

    if not around.fork:
        return [(not_measured("growth", "answers do not run in forked processes here"), [])]
    stopped = [v.timing for v in around.verdicts.values() if v.status == "time_limit" and v.timing]
    if any(not timing.finished for timing in stopped):
        return [(not_measured("growth", "the answer had to be stopped in its tests"), [])]
    return growth_of(kata, answer)
