"""Budgets: a multiple of the reference's figures, breaches that repeat, and what is too close."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspace import INITIALS_KATA as KATA

from pytest_prep.judging.budget import (
    CLOSE,
    FLOOR,
    MEMORY_FLOOR,
    breached,
    judged_right,
    memory_budget,
    settle,
)
from pytest_prep.judging.verdict import Timing

SECONDS = st.floats(0.001, 100)


def settled(answers: list[float], references: list[float], factor: float = 2.0) -> Timing:
    """Return the timing of runs that take so many seconds, one after the other."""
    mine, theirs = iter(answers[1:]), iter(references[1:])
    return settle(answers[0], references[0], factor, lambda: next(mine), lambda: next(theirs))


@given(SECONDS, SECONDS)
def test_who_is_as_fast_as_the_reference_is_never_too_slow(seconds: float, factor: float) -> None:
    """Whatever the factor, from one on."""
    timing = Timing(seconds, seconds, 1 + factor, max(FLOOR, (1 + factor) * seconds))
    assert judged_right(timing).accepted


@given(SECONDS, SECONDS, SECONDS)
def test_the_best_of_three_counts(first: float, second: float, third: float) -> None:
    """One slow run on a busy machine is no verdict; three are."""
    timing = settled([first, second, third], [1.0, 1.0, 1.0])
    if timing.answer > timing.budget and first <= 3 * timing.budget:
        assert timing.answer == min(first, second, third)


def test_a_breach_beyond_doubt_needs_no_second_run() -> None:
    """Nobody waits for three runs of an answer that is ten times too slow."""
    assert settled([30.0], [1.0, 1.0]).answer == 30.0


@pytest.mark.parametrize(
    ("used", "status", "told"),
    [
        (0.99, "accepted", ""),
        (1.0, "accepted", ""),
        (1.2, "accepted", "too close to call: a little over its time budget"),
        (CLOSE, "accepted", "too close to call: a little over its time budget"),
        (1.26, "time_limit", "right, but it takes too long"),
    ],
)
def test_a_little_over_the_budget_is_too_close_to_call(used: float, status: str, told: str) -> None:
    """Not a failure: another run might say otherwise."""
    verdict = judged_right(Timing(used, 0.1, 10, 1.0))
    assert (verdict.status, verdict.summary) == (status, told)


def test_what_was_stopped_is_never_close() -> None:
    """Its time is a lower bound."""
    assert breached(Timing(1.1, 0.1, 10, 1.0, finished=False))


def test_memory_follows_the_reference() -> None:
    """Five times its growth, a floor for small ones; the kata's own limit goes before."""
    assert memory_budget(10**6, None) == MEMORY_FLOOR
    assert memory_budget(10**9, None) == 5 * 10**9
    assert memory_budget(10**9, 3 * 10**8) == 3 * 10**8


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")


@LINUX
def test_an_answer_may_use_what_the_reference_needs(initials) -> None:
    """The reference fills 250 MB, so an answer with nearly three times as much is fair."""
    body = "def initials(name):\n    hoard = b'1' * ({} * 10**6)\n    return len(hoard) > 1"
    tests = "def test_sample(answer):\n    assert answer.initials('Ada')\n"
    initials(body.format(700), reference=body.format(250), tests=tests).assert_outcomes(passed=1)
    result = initials(body.format(1600), reference=body.format(250), tests=tests)
    result.assert_outcomes(failed=1)
    told = r"stopped at .* · budget ([\d,]+) MB \(reference (\d+) MB\)"
    limit, reference = re.search(told, result.stdout.str()).groups()  # type: ignore[union-attr]
    assert int(reference) == pytest.approx(250, rel=0.05)
    assert int(limit.replace(",", "")) == pytest.approx(5 * int(reference), rel=0.01)


@LINUX
def test_small_references_leave_the_minimum(initials) -> None:
    """Half a gigabyte, named beside what the reference used."""
    endless = (
        "def initials(name):\n    found = []\n    while True:\n        found.append('x' * 10**6)"
    )
    result = initials(endless)
    result.stdout.re_match_lines([rf".* · budget {MEMORY_FLOOR // 10**6:,} MB \(reference \d MB\)"])
    assert f"katas/{KATA}/answer.py:4" in result.stdout.str()


# -- SQL

#: Keeps 80 MB while it runs, and adds nothing to the result.
LARGE = (
    "SELECT item, price FROM prices, (SELECT list(i) AS kept FROM range(10_000_000) AS r (i)) "
    "WHERE len(kept) > 1"
)


@pytest.fixture
def little(monkeypatch) -> None:
    """Let the least memory budget be 60 MB."""
    monkeypatch.setattr("pytest_prep.judging.budget.MEMORY_FLOOR", 60 * 10**6)
    monkeypatch.setattr("pytest_prep.judging.sql_memory.MEMORY_FLOOR", 60 * 10**6)


@LINUX
@pytest.mark.usefixtures("little")
def test_a_query_may_use_what_the_reference_needs(judged) -> None:
    """However much it is: a query as large as the reference is within its budget."""
    judged(LARGE, "-k", "sample", reference=LARGE).assert_outcomes(passed=1)


@LINUX
@pytest.mark.usefixtures("little")
def test_a_query_far_over_the_reference_takes_too_much(judged) -> None:
    """Said in the words of a Python answer."""
    result = judged(LARGE, "-k", "sample")
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"stopped at 60 MB · budget 60 MB \(reference \d MB\)"])
