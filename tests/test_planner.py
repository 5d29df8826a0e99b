"""The planner: what a session shows, with and without an interview date."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from pytest_prep.progress.clock import day_start, study_day
from pytest_prep.progress.forgetting import VARIANTS, Pace, learn
from pytest_prep.progress.memory import FSRS, SM2, Review, to_days
from pytest_prep.progress.planner import expected_recall, forecast, plan_session
from pytest_prep.progress.reviews import CardRecord

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
TODAY = to_days(NOW)


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch):
    """Study days turn at four, local time: let that be UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def record(card, *reviews, seconds=10.0, **state):
    """Return a record of reviews given as (days ago, grade)."""
    days = [study_day(NOW - timedelta(days=ago)).isoformat() for ago, _ in reviews]
    return CardRecord(
        card,
        tuple(Review(TODAY - ago, grade) for ago, grade in reviews),
        (seconds,) * len(reviews),
        days[0] if days else "",
        days[-1] if days else "",
        **state,
    )


def known(*records):
    """Return records by id."""
    return {r.id: r for r in records}


def plan(ids, records=None, *, interview=None, minutes=60.0, **rest):
    """Return the ids of a planned session."""
    args = {"now": NOW, "interview": interview, "minutes": minutes, **rest}
    return plan_session(ids, records or {}, **args).cards


SOON = date(2026, 4, 3)

# -- both ways


@pytest.mark.parametrize("interview", [None, SOON])
def test_one_visit_a_day(interview):
    """A card answered today is not shown again, nor is one put aside."""
    records = known(
        record("today", (30, 3), (0.1, 1)),
        record("away", (30, 3), suspended=True),
        record("buried", (30, 3), buried_until="2026-03-21"),
        record("back", (30, 3), buried_until="2026-03-20"),
    )
    ids = ["today", "away", "buried", "back", "new"]
    assert set(plan(ids, records, interview=interview)) == {"back", "new"}


@pytest.mark.parametrize("interview", [None, SOON])
def test_only_what_is_selected(interview):
    """Cards outside the selection do not come, and a card named twice comes once."""
    records = known(record("a", (30, 3)), record("b", (30, 3)))
    assert plan(["b", "b"], records, interview=interview) == ("b",)
    assert plan([], records, interview=interview) == ()


@pytest.mark.parametrize("interview", [None, SOON])
def test_minutes_are_kept(interview):
    """Sixty seconds hold three new cards at twenty; more minutes hold more."""
    ids = [f"c{n}" for n in range(100)]
    session = plan_session(ids, {}, now=NOW, interview=interview, minutes=1, new=50)
    assert session.cards == ("c0", "c1", "c2")
    assert session.seconds == 60
    assert session.new == 3
    assert session.to_date == bool(interview)
    assert len(plan(ids, interview=interview, minutes=5, new=50)) == 15


@pytest.mark.parametrize("interview", [None, SOON])
def test_new_cards_have_a_limit_a_day(interview):
    """Those first seen earlier today count; without a limit a date takes what is worth it."""
    ids = [f"c{n}" for n in range(30)]
    records = known(record("c0", (0.1, 3)), record("c1", (40, 3)))
    chosen = plan(ids, records, interview=interview, new=5)
    assert "c1" in chosen
    assert len(chosen) == 1 + 4
    assert len(plan(ids, records, interview=interview)) == (29 if interview else 1 + 9)


# -- without a date


def test_what_is_due_comes_first_the_most_forgotten_before_the_rest():
    """Lowest retrievability first, then new cards in deck order; what is not due stays away."""
    records = known(
        record("fresh", (1, 4)),
        record("late", (9, 3)),
        record("very-late", (60, 3)),
        record("shaky", (2, 1)),
    )
    ids = ["new-1", "fresh", "late", "very-late", "shaky", "new-2"]
    fsrs = FSRS()
    overdue = sorted(
        ["late", "very-late", "shaky"],
        key=lambda card: -fsrs.urgency(fsrs.replay(records[card].reviews), TODAY),
    )
    assert plan(ids, records) == (*overdue, "new-1", "new-2")


def test_due_later_today_is_due():
    """Who practises in the morning does not wait for the hour of the evening before."""
    records = known(record("evening", (0.6, 1)), record("tomorrow", (0.6, 3)))
    assert plan(["evening", "tomorrow"], records) == ("evening",)


def test_the_scheduler_decides_what_is_due():
    """Two good answers, a week ago: due by SM-2 (six days), and not yet by FSRS."""
    records = known(record("a", (10, 3), (7, 3)))
    assert plan(["a"], records) == ()
    assert plan(["a"], records, scheduler=SM2()) == ("a",)


def test_a_date_that_has_passed_is_none():
    """Then the session is what it is without one."""
    records = known(record("fresh", (1, 4)), record("late", (9, 3)))
    session = plan_session(
        ["fresh", "late"], records, now=NOW, interview=date(2026, 3, 19), minutes=30
    )
    assert session.cards == ("late",)
    assert not session.to_date


# -- with a date


def test_gain_on_the_date_per_second_decides():
    """What the date will find forgotten comes before what it will find known anyway."""
    records = known(
        record("solid", (60, 3), (40, 3), (1, 4)),
        record("shaky", (6, 3), (4, 1)),
    )
    assert plan(["solid", "shaky"], records, interview=SOON)[0] == "shaky"


def test_of_equal_gains_the_quicker_one_comes_first():
    """The same history, but one takes this learner a minute each time."""
    history = [(30, 3), (20, 3), (10, 3)]
    records = known(record("slow", *history, seconds=60.0), record("quick", *history))
    assert plan(["slow", "quick"], records, interview=SOON) == ("quick", "slow")


def test_on_the_day_itself_there_is_a_plan():
    """The last morning takes what may be forgotten, and not what was just learnt."""
    records = known(record("shaky", (6, 3), (4, 1)), record("solid", (9, 3), (1, 4)))
    assert plan(["solid", "shaky"], records, interview=study_day(NOW))[0] == "shaky"


def test_expected_recall_with_and_without_today():
    """A review today raises it, and leaving today out shows by how much."""
    ids = ["a", "b"]
    before = known(record("a", (9, 3)), record("b", (9, 3)))
    after = known(record("a", (9, 3), (0.01, 3)), record("b", (9, 3), (0.01, 3)))
    was = expected_recall(ids, before, now=NOW, interview=SOON)
    now = expected_recall(ids, after, now=NOW, interview=SOON)
    assert 0 < was < now < 1
    # Today's answers also taught how this learner forgets: both figures know that.
    without = expected_recall(ids, after, now=NOW, interview=SOON, without_today=True)
    assert was < without < now
    only = known(*after.values(), record("c", (0.01, 3)))
    assert expected_recall(["c"], only, now=NOW, interview=SOON, without_today=True) == 0
    assert expected_recall([], after, now=NOW, interview=SOON) == 0


def test_forecast_counts_each_card_on_its_day():
    """Overdue cards count today, buried ones when they come back, suspended and new ones never."""
    records = known(
        record("overdue", (60, 3)),
        record("tomorrow", (0, 1)),
        record("buried", (60, 3), buried_until="2026-03-23"),
        record("away", (60, 3), suspended=True),
        record("far", (1, 4)),
        record("very far", (90, 3), (60, 4), (1, 4)),
        record("never seen", buried_until="2026-03-21"),
    )
    counts = forecast(records, now=NOW)
    assert len(counts) == 14
    assert (counts[0], counts[1], counts[3]) == (1, 1, 1)
    assert sum(counts) == 4
    assert sum(forecast(records, now=NOW, ids=["tomorrow"])) == 1


# -- what is learnt of the learner


def long_history(interval, grade, cards=60):
    """Return records of a learner who answered every card alike, each a while after the first."""
    return [record(f"c{n}", (interval + 5, 3), (5, grade)) for n in range(cards)]


def test_the_variants_that_predict_best_get_the_weight():
    """Who forgets within days is believed to forget; who keeps for months is believed to keep."""
    nobody = learn([])
    assert sum(nobody.weights) == pytest.approx(1)
    assert max(nobody.weights) == nobody.weights[VARIANTS.index(FSRS())]
    quick, lasting = learn(long_history(3, 1)), learn(long_history(40, 3))
    assert sum(quick.weights) == pytest.approx(1)
    card = (Review(TODAY - 2, 3),)
    recall = [who.recall(card, TODAY + 5) for who in (quick, nobody, lasting)]
    assert recall == sorted(recall)
    assert recall[2] - recall[0] > 0.3


def test_first_answers_say_what_new_cards_are_worth():
    """A card never seen counts as unknown; where first answers are good, more of it will stay."""
    expert = learn([record(f"c{n}", (9, 4)) for n in range(60)])
    beginner = learn([record(f"c{n}", (9, 1)) for n in range(60)])
    assert expert.recall((), TODAY) == beginner.recall((), TODAY) == 0
    assert expert.gain((), TODAY, TODAY + 7) > 0.75 > beginner.gain((), TODAY, TODAY + 7)


def test_seconds_are_medians():
    """One coffee break does not count, and few answers say little."""
    usual = Pace([])
    assert usual.seconds(CardRecord("x")) == Pace.NEW
    assert usual.seconds(record("x", (1, 3), seconds=0.0)) == Pace.SEEN
    steady = [record(f"c{n}", (9, 3), (5, 3), seconds=4.0) for n in range(40)]
    break_ = record("break", (9, 3), (5, 3), seconds=3000.0)
    assert Pace([*steady, break_]).seconds(record("x", (1, 3))) == pytest.approx(4.7, abs=0.1)


# -- the calendar


def test_a_study_day_starts_at_four():
    """Its first moment belongs to it, the one before does not."""
    start = day_start(date(2026, 3, 29))
    assert start == datetime(2026, 3, 29, 4, tzinfo=UTC)
    assert study_day(start) == date(2026, 3, 29)
    assert study_day(start - timedelta(microseconds=1)) == date(2026, 3, 28)


def test_a_study_day_starts_at_four_when_the_clocks_change(monkeypatch):
    """In Berlin the night to 2026-03-29 lacks an hour."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    assert day_start(date(2026, 3, 29)) == datetime(2026, 3, 29, 2, tzinfo=UTC)
    assert day_start(date(2026, 3, 28)) == datetime(2026, 3, 28, 3, tzinfo=UTC)
    assert study_day(day_start(date(2026, 3, 29))) == date(2026, 3, 29)
