"""Where a learner stands: shares, time, streak, weak topics with their reasons, next steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import (
    JOIN,
    KATAS,
    PANDAS,
    WINDOW,
    at,
    attempt,
    card,
    choose,
    hint,
    mock,
    reveal,
)

from pytest_prep.progress.replay import replay
from pytest_prep.progress.state import Record
from pytest_prep.progress.stats import Overview, overview
from pytest_prep.progress.steps import next_steps
from pytest_prep.progress.streaks import Streak, streak

MODES = ("progress", "plan", "flash", "mock")


def view(*events, now=None, katas=KATAS, **more) -> Overview:
    """Return the overview of some events, on their first day at noon."""
    return overview(replay(events), katas, now or at(), **more)


def weak_reasons(seen: Overview) -> dict[str, tuple[str, ...]]:
    """Return the reasons by what is weak."""
    return {weak.name: weak.reasons for weak in seen.weak}


def never(day: str) -> bool:
    """Tell that something was left to do on every day."""
    return False


def test_an_empty_record_is_empty_everywhere() -> None:
    """A newcomer has no figures, and nothing is weak."""
    seen = view()
    assert seen.is_new
    assert (seen.katas.done, seen.katas.total) == (0, 3)
    assert (seen.weak, seen.completion, seen.streak) == ((), (), Streak(0, 0, today=False))
    assert seen.mocks is not None
    assert seen.mocks.average is None
    assert all(topic.accuracy is None for topic in seen.topics)


def test_katas_are_counted_by_area_and_level() -> None:
    """The tracks, and under them the folders in which something was tried."""
    seen = view(attempt(JOIN, "accepted"), attempt(WINDOW, "wrong_answer"))
    assert [(s.depth, s.name, s.done, s.total) for s in seen.areas] == [
        (0, "sql", 1, 2),
        (1, "join", 1, 1),
        (1, "window", 0, 1),
        (0, "python", 0, 1),
    ]
    assert seen.katas.levels == (("easy", 1, 1), ("medium", 0, 1), ("hard", 0, 1))


def test_a_single_track_shows_all_its_folders() -> None:
    """``pytest --progress katas/sql`` has nothing else to tell apart."""
    seen = view(katas=(WINDOW, JOIN), narrowed=True)
    assert [share.name for share in seen.areas] == ["sql", "join", "window"]
    assert (seen.cards, seen.mocks, seen.decks) == (None, None, ())


def test_time_goes_to_areas() -> None:
    """In total and today; what was narrowed away is not counted."""
    events = (
        attempt(JOIN, "wrong_answer", at(0), spent=600),
        attempt(PANDAS, "wrong_answer", at(20), spent=1200),
        card("a", 3, at(days=1)),
        mock("coding", 70, at(5, days=1)),
    )
    seen = view(*events, now=at(days=1))
    assert seen.time.areas == (
        ("mocks", 20.0, 20.0),
        ("python", 20.0, 0.0),
        ("sql", 10.0, 0.0),
        ("cards", 0.5, 0.5),
    )
    assert (seen.time.total, seen.time.today) == (50.5, 20.5)
    narrow = view(*events, now=at(days=1), katas=(JOIN,), narrowed=True)
    assert narrow.time.areas == (("sql", 10.0, 0.0),)


def test_days_left_count_to_the_interview() -> None:
    """The learner's own date goes before the configured one."""
    assert view().days_left is None
    assert view(interview="2026-11-12").days_left == 10
    assert view(choose(interview="2026-11-03"), interview="2026-11-12").days_left == 1


def test_completion_runs_from_the_first_day_to_today() -> None:
    """Days without practice are points too."""
    seen = view(attempt(JOIN, "accepted"), attempt(WINDOW, "accepted", at(days=2)), now=at(days=3))
    assert seen.completion == (
        ("2026-11-02", 1),
        ("2026-11-03", 1),
        ("2026-11-04", 2),
        ("2026-11-05", 2),
    )


def test_completion_shows_two_years_at_most() -> None:
    """What was solved before counts; a date of long ago makes no endless report."""
    old = attempt(JOIN, "accepted", datetime(1, 11, 2, 12, tzinfo=UTC))
    seen = view(old, attempt(WINDOW, "accepted", at(days=2)), now=at(days=3))
    assert len(seen.completion) == 731
    assert seen.completion[0] == ("2024-11-05", 1)
    assert seen.completion[-1] == ("2026-11-05", 2)


def test_the_calendar_begins_on_a_monday_and_ends_today() -> None:
    """Twelve weeks, the last one as far as it has come."""
    seen = view(attempt(JOIN, "accepted", spent=300), now=at(days=2))
    assert len(seen.calendar) == 11 * 7 + 3
    assert seen.calendar[-3:] == (("2026-11-02", 5.0), ("2026-11-03", 0.0), ("2026-11-04", 0.0))


def test_interviews_have_an_average_of_those_scored() -> None:
    """One without a score counts, and lowers nothing."""
    seen = view(mock("coding", 40), mock("coding", 60, at(30)), mock("talk", None, at(60)))
    assert seen.mocks is not None
    assert (seen.mocks.count, seen.mocks.average, seen.mocks.last) == (3, 50.0, 60)
    assert seen.mocks.kinds == (("coding", 2, 50.0), ("talk", 1, None))


def test_cards_are_counted_with_their_recall() -> None:
    """Recall falls with the days, and what falls low enough is due."""
    events = (card("a", 3), card("b", 1), card("c", 4, deck="aws"))
    now = view(*events, now=at(1), decks={"sql": 31})
    assert now.cards is not None
    assert (now.cards.total, now.cards.seen, now.cards.known) == (31, 3, 2)
    assert now.cards.recall == pytest.approx(1.0, abs=0.01)
    later = view(*events, now=at(days=20), decks={"sql": 31})
    assert later.cards is not None
    assert later.cards.recall is not None
    assert later.cards.recall < 0.9
    assert later.cards.due == 3
    assert [(deck.name, deck.total, deck.seen) for deck in later.decks] == [
        ("aws", None, 1),
        ("sql", 31, 2),
    ]


# -- weak, and why


def test_a_topic_never_tried_is_unknown_not_weak() -> None:
    """No record is no weakness."""
    assert view(attempt(JOIN, "accepted")).weak == ()


def test_one_failing_run_today_is_no_weakness() -> None:
    """Red before green is how it is meant to be."""
    assert view(attempt(WINDOW, "wrong_answer"), attempt(WINDOW, "accepted", at(5))).weak == ()
    assert view(attempt(WINDOW, "wrong_answer")).weak == ()


def test_a_low_pass_rate_is_weak() -> None:
    """Attempts and acceptances are shown."""
    runs = [attempt(WINDOW, "wrong_answer", at(n)) for n in range(4)]
    seen = view(*runs, attempt(WINDOW, "accepted", at(5)))
    assert weak_reasons(seen)["window"] == ("1 of 5 attempts accepted",)


def test_hints_and_references_make_a_topic_weak() -> None:
    """Two hints on one kata, or the solution."""
    hints = (hint(JOIN, 1), hint(JOIN, 2, at(1)), attempt(JOIN, "accepted", at(2)))
    assert weak_reasons(view(*hints))["join"] == ("2 hints shown on 1 kata",)
    shown = (reveal(JOIN), attempt(JOIN, "accepted", at(2)))
    assert weak_reasons(view(*shown))["join"] == ("1 reference shown on 1 kata",)


def test_time_over_expectation_makes_a_topic_weak() -> None:
    """Twenty-four minutes for eight."""
    seen = view(attempt(JOIN, "accepted", spent=24 * 60))
    assert weak_reasons(seen)["join"] == ("3.0 × the expected time",)


def test_what_was_left_unsolved_on_another_day_is_weak() -> None:
    """Tomorrow it is left; today it is being worked on."""
    seen = view(attempt(PANDAS, "wrong_answer"), now=at(days=1))
    assert weak_reasons(seen)["pandas"] == ("1 of 1 tried not solved",)


def test_lapses_make_a_topic_weak() -> None:
    """Solved once, not again."""
    events = [attempt(JOIN, "accepted"), attempt(JOIN, "wrong_answer", at(days=5))]
    seen = view(*events, attempt(JOIN, "accepted", at(days=6)), now=at(days=6))
    assert weak_reasons(seen)["join"] == ("1 lapse since solved",)


def test_decks_and_interviews_can_be_weak_too() -> None:
    """Cards answered again or hard, and a rubric below half."""
    cards = [card(f"c{n}", 1 if n < 2 else 3, at(n)) for n in range(5)]
    seen = view(*cards, mock("design", 40, at(9)))
    assert weak_reasons(seen) == {
        "sql": ("2 of 5 cards last answered again or hard",),
        "design": ("40 of 100 on average in 1 interview",),
    }


def test_the_weakest_comes_first() -> None:
    """More and graver reasons weigh more."""
    events = [attempt(WINDOW, "wrong_answer", at(n)) for n in range(6)]
    events += [hint(WINDOW, n, at(9 + n)) for n in (1, 2, 3)]
    events += [hint(JOIN, 1, at(20)), hint(JOIN, 2, at(21)), attempt(JOIN, "accepted", at(22))]
    assert [weak.name for weak in view(*events, now=at(days=1)).weak] == [
        "ranking",
        "window",
        "join",
    ]


# -- the streak


def test_a_streak_counts_days_on_which_the_goal_was_met() -> None:
    """A day short of the goal ends it, unless it is today."""
    minutes = {"2026-11-01": 5.0, "2026-11-02": 30.0, "2026-11-03": 40.0, "2026-11-04": 10.0}
    assert streak(minutes, (), 30, never, "2026-11-03") == Streak(2, 2, today=True)
    assert streak(minutes, (), 30, never, "2026-11-04") == Streak(2, 2, today=False)
    assert streak(minutes, (), 30, never, "2026-11-05") == Streak(0, 2, today=False)


def test_a_goal_holds_from_its_day() -> None:
    """Asking more of oneself later does not take earlier days away."""
    minutes = {"2026-11-02": 30.0, "2026-11-03": 30.0}
    goals = (("2026-11-03", 60),)
    assert streak(minutes, goals, 30, never, "2026-11-03") == Streak(1, 1, today=False)


def test_a_day_with_nothing_left_counts() -> None:
    """All katas solved and no card due: a rest is no break."""
    events = [attempt(kata, "accepted", at(n), spent=1200) for n, kata in enumerate(KATAS)]
    assert view(*events, now=at(days=4)).streak == Streak(5, 5, today=True)
    with_card = view(*events, card("a", 1), now=at(days=4))
    assert not with_card.streak.today, "a card has been due since"


@given(
    st.dictionaries(st.dates(at().date(), at(days=40).date()).map(str), st.floats(0, 90)),
    st.integers(1, 60),
)
def test_a_streak_is_never_longer_than_the_longest(minutes, goal) -> None:
    """And neither is longer than the days with practice."""
    found = streak(minutes, (), goal, never, at(days=40).date().isoformat())
    assert 0 <= found.days <= found.longest <= len(minutes)
    assert found.today == (minutes.get("2026-12-12", 0) >= goal)


# -- next steps


def test_a_newcomer_is_led_to_the_easiest_kata() -> None:
    """And to a plan; nothing else is known yet."""
    assert [(step.text, step.command) for step in next_steps(view(), MODES)] == [
        ("a first kata: Without orders (easy, 8 min)", "pytest katas/sql/join/no_orders"),
        ("choose a plan and the interview's date", "pytest --plan"),
    ]


def test_steps_come_from_the_record() -> None:
    """What is unfinished, due, weak and new, each with its command."""
    events = [attempt(WINDOW, "wrong_answer", at(n)) for n in range(4)]
    seen = view(*events, card("a", 1), now=at(days=3), interview="2026-11-10")
    steps = next_steps(seen, MODES)
    assert [step.command for step in steps] == [
        "pytest katas/sql/window/latest",
        "pytest --flash",
        "pytest --mock --duration 20m",
        "pytest katas/sql/join/no_orders",
        "pytest --plan",
    ]
    assert steps[0].text == "finish The latest price (last time: wrong answer)"


def test_solved_katas_that_are_due_are_offered() -> None:
    """And a day on which one is due is no day with nothing left."""
    events = [attempt(kata, "accepted", at(n), spent=1200) for n, kata in enumerate(KATAS)]
    rested = view(*events, now=at(days=2))
    assert rested.streak.today
    seen = view(*events, now=at(days=2), due=frozenset({JOIN.id, "sql-elsewhere"}))
    assert (seen.due_katas, seen.streak.today) == (1, False)
    assert next_steps(seen, ("due",))[0].command == "pytest --due"
    assert next_steps(seen, ()) == ()


def test_no_command_of_a_missing_mode_is_offered() -> None:
    """Whatever is typed must work."""
    seen = view(card("a", 1), now=at(days=3), interview="2026-11-10")
    assert {step.command for step in next_steps(seen, ())} == {"pytest katas/sql/join/no_orders"}


def test_what_broke_today_comes_first() -> None:
    """A solved kata whose new answer is rejected."""
    events = (attempt(JOIN, "accepted"), attempt(JOIN, "wrong_answer", at(5)))
    assert (
        next_steps(view(*events), ())[0].text == "no longer accepted: Without orders (wrong answer)"
    )


def test_everything_solved_leaves_no_kata_to_offer() -> None:
    """Then the plan and the cards are what is left."""
    events = [attempt(kata, "accepted", at(n)) for n, kata in enumerate(KATAS)]
    assert next_steps(view(*events), ()) == ()


def test_a_record_of_katas_that_are_gone_is_kept() -> None:
    """Their time still counts; they are no part of the collection."""
    gone = replace(JOIN, id="sql-gone")
    seen = view(attempt(gone, "accepted", spent=600))
    assert seen.katas.done == 0
    assert seen.time.areas == (("other katas", 10.0, 10.0),)
    assert not seen.is_new


def test_the_overview_of_an_empty_collection() -> None:
    """Nothing selected is nothing, not an error."""
    seen = overview(Record(), (), at())
    assert (seen.katas.total, seen.areas, seen.topics) == (0, (), ())
