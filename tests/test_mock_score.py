"""How every point of an interview comes about, and what is drawn."""

from __future__ import annotations

import pytest

from pytest_prep.judging.verdict import Timing, Verdict
from pytest_prep.modes.mock.score import (
    choice_score,
    code_score,
    correctness,
    rubric_score,
    whole_score,
)


def verdict(status="accepted", ratio=None, *, reference=0.1, finished=True):
    """Return a verdict as plain data, timed at a multiple of the reference."""
    timing = ratio and Timing(ratio * reference, reference, 5.0, 5 * reference, finished)
    return Verdict(status, timing=timing or None).to_dict()


ALL = {"sample": verdict(), "edge_a": verdict(), "edge_b": verdict(), "real": verdict(ratio=1.0)}


def score(verdicts, *, hints=(), spent=300.0, allowed=1200.0, quality=None, tests=None):
    """Score an answer, with the usual rest."""
    return code_score(
        verdicts,
        hints=hints,
        spent=spent,
        allowed=allowed,
        quality=quality,
        quality_how="review",
        tests=tests,
        tests_how="not asked for",
    )


def points(found):
    """Return the points by line."""
    return {line.what: line.points for line in found.lines}


def test_everything_right_and_fast():
    """All points that apply are the whole; what does not apply is n/a."""
    found = score(ALL)
    assert found.total == 100
    assert points(found) == {
        "correctness": 50,
        "efficiency": 15,
        "time": 10,
        "quality": None,
        "own tests": None,
        "of 100": 100,
    }


def test_nothing_is_renormalised_where_all_applies():
    """Five parts make 100."""
    found = score(ALL, quality=80, tests=0.5)
    assert found.total == 50 + 15 + 10 + 12 + 5
    assert "of 100" not in points(found)


@pytest.mark.parametrize(
    ("wrong", "share"),
    [
        ((), 1.0),
        (("sample",), 0.8),
        (("edge_a",), 0.85),
        (("edge_a", "edge_b"), 0.7),
        (("real",), 0.5),
    ],
)
def test_correctness_has_three_shares(wrong, share):
    """The example a fifth, edge cases three tenths, the rest half."""
    verdicts = ALL | {case: verdict("wrong_answer") for case in wrong}
    assert correctness(verdicts)[0] == pytest.approx(share)


def test_shares_without_cases_are_spread():
    """A kata without edge cases: example 2 of 7, the rest 5 of 7."""
    verdicts = {"test_sample": verdict("wrong_answer"), "test_all": verdict()}
    assert correctness(verdicts)[0] == pytest.approx(5 / 7)


@pytest.mark.parametrize(
    ("ratio", "efficiency"), [(0.2, 15), (1.5, 15), (3.87, 7.5), (10, 0), (50, 0)]
)
def test_efficiency_falls_with_the_logarithm(ratio, efficiency):
    """All points up to 1.5 times the reference, none from 10 times, half at their mean."""
    found = points(score(ALL | {"real": verdict(ratio=ratio)}))
    assert found["efficiency"] == pytest.approx(efficiency, abs=0.02)


def test_too_slow_is_right_but_slow():
    """Right rows after the budget keep their correctness."""
    slow = score(ALL | {"real": verdict("time_limit", 12)})
    assert (points(slow)["correctness"], points(slow)["efficiency"]) == (50, 0)


STOPPED = verdict("time_limit", 12, finished=False)


def test_stopped_on_large_data_costs_efficiency_only():
    """What it would have returned there is not known: the other cases are the whole."""
    stopped = score(ALL | {"real": STOPPED})
    assert (points(stopped)["correctness"], points(stopped)["efficiency"]) == (50, 0)
    assert "not counted, because it was stopped there: real" in stopped.lines[0].how
    assert correctness(ALL | {"real": STOPPED, "edge_a": verdict("wrong_answer")})[0] == 0.7


def test_stopped_on_small_data_is_wrong():
    """An edge case that takes for ever is not solved."""
    assert correctness(ALL | {"edge_a": STOPPED})[0] == pytest.approx(0.85)


def test_stopped_everywhere_is_no_answer():
    """Where nothing else counts, nothing is right."""
    assert correctness({"test_all": STOPPED})[0] == 0


def test_a_reference_of_milliseconds_compares_with_nothing():
    """Its ratio would be noise: n/a."""
    assert points(score({"sample": verdict(ratio=3, reference=0.004)}))["efficiency"] is None


@pytest.mark.parametrize(("spent", "time"), [(0, 10), (600, 10), (900, 5), (1200, 0), (2000, 0)])
def test_time(spent, time):
    """All points up to half of it, none at its end."""
    assert points(score(ALL, spent=spent))["time"] == pytest.approx(time)


def test_wrong_answers_earn_no_time_and_no_quality():
    """Both are multiplied by correctness."""
    found = score({"sample": verdict("wrong_answer")}, quality=100)
    assert (points(found)["time"], points(found)["quality"], found.total) == (0, 0, 0)


@pytest.mark.parametrize(("hints", "total"), [((5,), 95), ((5, 10), 85), ((5, 10, 15), 70)])
def test_hints_cost(hints, total):
    """What the script says, from the end."""
    assert score(ALL, hints=hints).total == total


def test_no_score_is_below_nothing():
    """Three hints for a wrong answer."""
    assert score({"sample": verdict("wrong_answer")}, hints=(5, 10, 15)).total == 0
    assert score({}, hints=(5,)).total == 0


def test_the_other_kinds():
    """Shares of right answers; marks from 1 to 4 as 0 to 100; means by weight."""
    assert choice_score([True, True, False]).total == 66.7
    assert choice_score([]).total == 0
    assert rubric_score([], 3) is None
    assert [rubric_score([mark], 1).total for mark in (1, 2, 3, 4)] == [0, 33.3, 66.7, 100]
    assert whole_score([(75, 80.0), (25, 40.0)]) == 70
    assert whole_score([]) is None
    assert whole_score([(0, 50.0)]) is None
