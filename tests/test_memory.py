"""The memory models: FSRS-6 against the package ``fsrs``, SM-2 against its description."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.progress import memory
from pytest_prep.progress.clock import study_day
from pytest_prep.progress.memory import (
    AGAIN,
    DEFAULT_PARAMETERS,
    EASY,
    FSRS,
    GOOD,
    GRADES,
    HARD,
    SCHEDULERS,
    SM2,
    Review,
    next_dates,
    to_datetime,
    to_days,
)

START = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)

#: Gaps that both count alike: whole days, and hours of the same day, in seconds.
ALIKE = st.one_of(
    st.integers(1, 400).map(lambda days: days * 86_400), st.integers(0, 12 * 3600 - 1)
)
HISTORIES = st.lists(st.tuples(ALIKE, st.sampled_from(GRADES)), min_size=1, max_size=30)


def reviews_of(history):
    """Return the reviews of a list of (seconds since the one before, grade), with datetimes."""
    moment, found = START, []
    for gap, grade in history:
        moment += timedelta(seconds=gap)
        found.append((moment, grade))
    return found


def ours(found):
    """Return datetimes as the model's reviews."""
    return [Review(to_days(moment), grade) for moment, grade in found]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    HISTORIES,
    st.sampled_from([0.8, 0.9, 0.95]),
    st.sampled_from([1, 0.6, 1.4]),
    st.sampled_from([0.1, 0.1542, 0.4]),
)
def test_fsrs_agrees_with_the_package(history, retention, scale, decay):
    """Stability, difficulty, interval and retrievability, whatever the grades and parameters."""
    fsrs = pytest.importorskip("fsrs")
    w = (*(scale * s for s in DEFAULT_PARAMETERS[:4]), *DEFAULT_PARAMETERS[4:20], decay)
    oracle = fsrs.Scheduler(
        w, retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card = fsrs.Card(card_id=1)
    model = FSRS(w, retention)
    state = None
    for (moment, grade), review in zip(reviews_of(history), ours(reviews_of(history)), strict=True):
        card, _ = oracle.review_card(card, fsrs.Rating(grade), moment)
        state = model.review(state, review)
        assert state.stability == pytest.approx(card.stability, rel=1e-9)
        assert state.difficulty == pytest.approx(card.difficulty, rel=1e-9)
        interval = (card.due - moment).total_seconds() / 86_400
        fraction = model.interval(state.stability) % 1
        if abs(fraction - 0.5) > 1e-6:  # a tie of the rounding may fall to either side
            assert model.due(state) - state.last == pytest.approx(interval, abs=1e-6)
    later = moment + timedelta(days=9)
    assert model.retrievability(state.stability, 9.0) == pytest.approx(
        oracle.get_card_retrievability(card, later), rel=1e-9
    )


def test_fsrs_counts_hours():
    """A review after 22 hours is one of the next day, where whole days would call it the same."""
    fsrs = FSRS()
    first = Review(20_000.0, GOOD)
    stabilities = [
        fsrs.replay([first, Review(20_000 + hours / 24, GOOD)]).stability
        for hours in (22, 24, 26, 48)
    ]
    assert stabilities == sorted(stabilities)
    assert stabilities[0] == pytest.approx(stabilities[1], rel=0.06)
    same_day = fsrs.replay([first, Review(20_000 + 1 / 24, GOOD)]).stability
    assert same_day < stabilities[0] / 2


def test_fsrs_interval_is_where_the_curve_meets_the_retention():
    """I(r, S) is the inverse of R(t, S); at 90 % it is the stability itself."""
    for retention in (0.7, 0.9, 0.97):
        fsrs = FSRS(retention=retention)
        assert fsrs.retrievability(4.0, fsrs.interval(4.0)) == pytest.approx(retention)
    assert FSRS().interval(4.0) == pytest.approx(4.0)


@settings(deadline=None, derandomize=True, database=None)
@given(HISTORIES)
def test_fsrs_stays_within_its_bounds(history):
    """Difficulty is 1 to 10, stability positive, a due date at least a day away."""
    fsrs = FSRS()
    state = fsrs.replay(ours(reviews_of(history)))
    assert 1 <= state.difficulty <= 10
    assert state.stability >= 0.001
    assert 1 <= fsrs.due(state) - state.last <= 36_500
    assert 0 <= fsrs.urgency(state, state.last + 3) < 1


#: By hand, from the seven steps of the description: grades, and the interval after each.
#: EF starts at 2.5; hard (quality 3) changes it by -0.14, good (4) by 0, easy (5) by +0.1.
SM2_TABLE = [
    # EF stays 2.5: 6 × 2.5 = 15, 15 × 2.5 = 37.5 ↑ 38, 38 × 2.5 = 95
    ([GOOD, GOOD, GOOD, GOOD, GOOD], [1, 6, 15, 38, 95]),
    # EF 2.6, 2.7, 2.8, 2.9: 6 × 2.8 = 16.8 ↑ 17, 17 × 2.9 = 49.3 ↑ 50
    ([EASY, EASY, EASY, EASY], [1, 6, 17, 50]),
    # EF 2.36, 2.22, 2.08, 1.94: 6 × 2.08 = 12.48 ↑ 13, 13 × 1.94 = 25.22 ↑ 26
    ([HARD, HARD, HARD, HARD], [1, 6, 13, 26]),
    # quality below 3: from the beginning, EF unchanged
    ([GOOD, GOOD, GOOD, AGAIN, GOOD, GOOD, GOOD], [1, 6, 15, 1, 1, 6, 15]),
    ([AGAIN, AGAIN, GOOD], [1, 1, 1]),
    # EF 2.4, 2.5: a lapse after an easy one keeps the 2.6
    ([EASY, AGAIN, GOOD, GOOD, GOOD], [1, 1, 1, 6, 16]),
    # EF 2.36, 2.22, 2.08, 1.94, 1.8, 1.66, 1.52, 1.38, 1.3 (not 1.24), 1.3:
    # 6 → 12.48 ↑ 13 → 25.22 ↑ 26 → 46.8 ↑ 47 → 78.02 ↑ 79 → 120.08 ↑ 121 → 166.98 ↑ 167
    # → 217.1 ↑ 218 → 283.4 ↑ 284
    ([HARD] * 10, [1, 6, 13, 26, 47, 79, 121, 167, 218, 284]),
]


@pytest.mark.parametrize(("grades", "intervals"), SM2_TABLE)
def test_sm2_follows_its_description(grades, intervals):
    """Each repetition comes when it is due; the intervals are those worked out by hand."""
    sm2 = SM2()
    state, moment, found = None, 20_000.0, []
    for grade in grades:
        state = sm2.review(state, Review(moment, grade))
        found.append(sm2.due(state) - moment)
        moment = sm2.due(state)
    assert found == intervals


def test_sm2_rounds_up_fractions_and_not_floats():
    """10 × 2.8 is 28, although three steps of 0.1 from 2.5 make 2.8000000000000003."""
    sm2 = SM2()
    before = sm2.replay([Review(20_000.0, EASY)])._replace(
        repetitions=2, factor=2.5 + 0.1 + 0.1, interval=10
    )
    assert sm2.review(before, Review(20_010.0, EASY)).interval == 28


def test_sm2_repeats_of_the_same_day_change_nothing():
    """Step 7: what is not good yet comes again on the same day, and its interval stays."""
    sm2 = SM2()
    first = sm2.replay([Review(20_000.0, AGAIN)])
    assert sm2.review(first, Review(20_000.01, AGAIN)) == first
    assert sm2.review(first, Review(20_000.02, GOOD)) == first


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_better_grade_is_due_later(name):
    """The four dates shown beside the grades are in order, and none is today."""
    scheduler = SCHEDULERS[name]
    state = scheduler.replay([Review(20_000.0, GOOD), Review(20_003.0, GOOD)])
    dates = next_dates(scheduler, state, 20_014.0)
    assert list(dates) == [1, 2, 3, 4]
    assert sorted(dates.values()) == list(dates.values())
    assert dates[AGAIN] >= 20_015
    assert next_dates(scheduler, None, 20_014.0)[AGAIN] == 20_015


@pytest.mark.parametrize("name", SCHEDULERS)
def test_the_longer_ago_the_more_urgent(name):
    """Among cards of the same history the one seen first comes first."""
    scheduler = SCHEDULERS[name]
    old = scheduler.replay([Review(20_000.0, GOOD)])
    new = scheduler.replay([Review(20_001.0, GOOD)])
    assert scheduler.urgency(old, 20_005.0) > scheduler.urgency(new, 20_005.0)
    assert scheduler.replay([]) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_moments_become_days_and_moments_again(naive):
    """A float of days keeps a moment to the microsecond or so."""
    moment = naive.replace(tzinfo=UTC)
    assert abs(to_datetime(to_days(moment)) - moment) <= timedelta(microseconds=2)


@pytest.mark.parametrize("days", [-1e9, -800_000, 3_000_000, 1e12, float("inf")])
def test_a_moment_beyond_the_calendar_is_at_its_end(days):
    """A review of the year 9999 has a due date that can be shown."""
    assert study_day(to_datetime(days)).year in range(3, 9999)


def test_the_example_in_the_docstring_is_true():
    """It is run."""
    assert doctest.testmod(memory).failed == 0
