"""Events → record: what counts, what does not, and that neither order nor repetition matters."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
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
    event,
    hint,
    mock,
    reveal,
    tick,
    undo,
)

from pytest_prep.progress.replay import READ, record_of, records_of, replay
from pytest_prep.progress.state import EMPTY
from pytest_prep.progress.store import open_store

_MOMENTS = st.builds(at, st.integers(0, 600), st.integers(0, 5))
_STATUSES = st.sampled_from(["accepted", "wrong_answer", "time_limit"])
_KATAS = st.sampled_from(KATAS)
_EVENTS = st.one_of(
    st.builds(
        lambda k, s, m, n: attempt(k, s, m, spent=n),
        _KATAS,
        _STATUSES,
        _MOMENTS,
        st.integers(0, 900),
    ),
    st.builds(hint, _KATAS, st.integers(1, 3), _MOMENTS),
    st.builds(reveal, _KATAS, _MOMENTS),
    st.builds(card, st.sampled_from(["a", "b"]), st.integers(1, 4), _MOMENTS),
    st.builds(mock, st.just("coding"), st.none() | st.integers(0, 100), _MOMENTS),
    st.builds(lambda m, n: choose(m, minutes=n), _MOMENTS, st.integers(0, 90)),
    st.builds(tick, st.sampled_from(["say:a", "say:b"]), _MOMENTS),
)
_HISTORIES = st.lists(_EVENTS, max_size=25)


@st.composite
def _with_undos(draw):
    """Draw events, some of which take others back."""
    events = draw(_HISTORIES)
    for index in draw(st.lists(st.integers(0, 30), max_size=4)):
        if index < len(events):
            events = [*events, undo(events[index], draw(_MOMENTS))]
    return events


@given(_with_undos(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_events_does_not_matter(events, random) -> None:
    """A laptop, a desktop and CI may be merged in any order."""
    shuffled = list(events)
    random.shuffle(shuffled)
    assert replay(shuffled) == replay(events)


@given(_with_undos(), st.integers(0, 5))
@settings(max_examples=100)
def test_repeated_events_do_not_matter(events, start) -> None:
    """Importing a file twice changes nothing."""
    assert replay([*events, *events[start:]]) == replay(events)


@given(_HISTORIES, _EVENTS, _MOMENTS)
@settings(max_examples=150)
def test_an_undone_event_leaves_nothing_behind(events, extra, moment) -> None:
    """Taking an event back gives the record without it."""
    taken_back = [*events, extra, undo(extra, moment)]
    assert replay(taken_back) == replay(events)


@given(_HISTORIES, _EVENTS)
@settings(max_examples=50)
def test_an_undo_can_be_undone(events, extra) -> None:
    """Taking the taking back back gives the record with it."""
    first = undo(extra, at(days=7))
    second = undo(first, at(days=8))
    assert replay([*events, extra, first, second]) == replay([*events, extra])


@given(_HISTORIES)
@settings(max_examples=100)
def test_minutes_add_up(events) -> None:
    """The minutes of a kata until it is solved are among the minutes of the days."""
    record = replay(events)
    spent = sum(log.minutes.get(kata, 0.0) for log in record.days for kata in record.katas)
    assert sum(kata.minutes for kata in record.katas.values()) <= spent + 1e-6
    assert all(minutes >= 0 for log in record.days for minutes in log.minutes.values())


def test_nothing_is_an_empty_record() -> None:
    """A newcomer has a record, with nothing in it."""
    assert replay([]) == EMPTY


def test_a_kata_from_the_first_run_to_acceptance() -> None:
    """Attempts, hints, time and the day of the solution are told."""
    record = replay(
        [
            attempt(WINDOW, "wrong_answer", at(0), spent=300),
            hint(WINDOW, 1, at(4)),
            hint(WINDOW, 1, at(5)),
            attempt(WINDOW, "accepted", at(10), spent=600),
        ]
    )
    kata = record.katas["sql-latest"]
    assert (kata.status, kata.attempts, kata.accepted) == ("accepted", 2, 1)
    assert kata.solved_on == "2026-11-02"
    assert kata.hints == 1, "the same hint again is no second one"
    assert kata.minutes == pytest.approx(15)
    assert not kata.revealed


def test_what_is_shown_after_the_solution_is_study_not_help() -> None:
    """Who compares an accepted answer with the reference needed neither."""
    events = [attempt(JOIN, "accepted"), hint(JOIN, 1, at(1)), reveal(JOIN, at(2))]
    kata = replay(events).katas[JOIN.id]
    assert (kata.hints, kata.revealed) == (0, False)
    early = replay([reveal(JOIN, at(-1)), *events]).katas[JOIN.id]
    assert early.revealed


def test_a_hint_alone_is_a_state_without_an_attempt() -> None:
    """Help counts before anything was tried."""
    kata = replay([hint(PANDAS, 1), reveal(PANDAS)]).katas[PANDAS.id]
    assert (kata.attempts, kata.hints, kata.revealed, kata.best) == (0, 1, True, "")


def test_some_accepted_cases_do_not_solve_a_kata() -> None:
    """Who ran one case only has not been judged on the others."""
    kata = replay([attempt(JOIN, "accepted", complete=False)]).katas[JOIN.id]
    assert not kata.is_solved
    assert kata.accepted == 0


def test_solved_stays_solved_and_a_lapse_is_told() -> None:
    """A later solve that is not finished on its day is a lapse."""
    first = attempt(JOIN, "accepted", at(0))
    again = attempt(JOIN, "wrong_answer", at(days=5))
    later = attempt(JOIN, "accepted", at(days=7))
    kata = replay([first, again, later]).katas[JOIN.id]
    assert (kata.is_solved, kata.best, kata.status) == (True, "accepted", "accepted")
    assert kata.failed_on == ("2026-11-07",)
    assert kata.lapses("2026-11-09") == 1
    assert kata.lapses("2026-11-07") == 0, "its day is not over"
    lost = replay([first, again]).katas[JOIN.id]
    assert (lost.best, lost.status) == ("accepted", "wrong_answer")
    revealed = replay([first, later, reveal(JOIN, at(-5, days=7))]).katas[JOIN.id]
    assert revealed.failed_on == ("2026-11-09",)
    assert not revealed.revealed, "it had been solved without"


def test_a_day_begins_at_four() -> None:
    """What the learner's clock says at half past three is still yesterday's."""
    night = at().astimezone().replace(hour=3, minute=30) + timedelta(days=1)
    record = replay([attempt(JOIN, "accepted", night)])
    assert [log.day for log in record.days] == ["2026-11-02"]


def test_cards_and_interviews_are_counted_with_their_time() -> None:
    """Half a minute a card and twenty an interview."""
    record = replay(
        [card("a", 3), card("a", 1, at(days=1)), card("b", 4, at(1)), mock("coding", 61, at(9))]
    )
    assert record.cards["a"].reviews == 2
    assert record.cards["a"].lapses == 1
    assert record.cards["a"].grade == 1
    assert record.log("2026-11-02").minutes == {"card:sql": 1.0, "mock:coding": 20.0}
    assert record.mocks[0].score == 61


def test_the_last_choice_counts() -> None:
    """Interview, plan and minutes are kept each by itself."""
    record = replay(
        [
            choose(at(0), interview="2026-12-01", minutes=60),
            choose(at(days=1), plan="two-day"),
            choose(at(days=2), minutes=90),
        ]
    )
    choices = record.choices
    assert (choices.interview, choices.plan) == ("2026-12-01", "two-day")
    assert choices.plan_since == "2026-11-03"
    assert choices.goals == (("2026-11-02", 60), ("2026-11-04", 90))


def test_unknown_kinds_and_odd_data_are_passed_over() -> None:
    """An older version can read what a newer one wrote."""
    odd = attempt(PANDAS, "accepted")
    odd.data.update(minutes="many", topics=None, spent="long", cases=["x"])
    record = replay([odd, event("dream", {"x": 1})])
    assert record.katas[PANDAS.id].is_solved
    assert record.katas[PANDAS.id].minutes == 0


@pytest.mark.parametrize(
    "odd", [None, True, -1, 7, 2.5, 10**400, float("nan"), float("inf"), "x", [], {}], ids=repr
)
def test_odd_values_from_an_import_are_passed_over(odd) -> None:
    """No figure is made of what is no number, no date and no grade."""
    record = replay(
        [
            event("card", {"card": "a", "grade": odd if odd is not True else 0}),
            card("b", 3, milliseconds=odd),
            mock("coding", odd, seconds=odd),
            choose(minutes=60, interview="2026-12-01"),
            choose(minutes=odd if odd != 7 else 0, interview="no date"),
            attempt(JOIN, "accepted", spent=odd, elapsed=odd),
        ]
    )
    assert set(record.cards) == {"b"}
    assert record.choices.goals == ((record.days[0].day, 60),)
    assert record.choices.interview == "2026-12-01"
    assert 0 <= record.days[0].total < 1


def test_a_shared_store_gives_each_learner_a_record(tmp_path) -> None:
    """What the store has added up, and what it has not, goes to its learner."""
    store = open_store(tmp_path / "p.sqlite3")
    store.append(
        [
            attempt(JOIN, "accepted", at(0), learner="bo"),
            attempt(JOIN, "wrong_answer", at(5), learner="ada"),
            replace(card("a", 3), learner="cy"),
        ]
    )
    found = records_of(store.kata_days(everyone=True), store.events(READ, everyone=True))
    store.close()
    assert list(found) == ["ada", "bo", "cy"]
    assert found["bo"].katas[JOIN.id].is_solved
    assert not found["ada"].katas[JOIN.id].is_solved
    assert found["cy"].cards["a"].grade == 3


@given(_with_undos())
@settings(max_examples=15, deadline=None)
def test_a_store_and_a_replay_agree(events) -> None:
    """The figures that a store keeps lead to the record that the events give."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "p.sqlite3")
        store.append(events)
        kept = record_of(store.kata_days(), store.events(READ), store.learner)
        store.close()
    assert kept == replay(events)
