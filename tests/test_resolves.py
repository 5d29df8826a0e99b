"""Solved katas come back: how a solve is graded, and when the next one is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pytest_prep.progress.clock import study_day
from pytest_prep.progress.events import ATTEMPT, HINT, RESET, REVEAL, UNDO, new_event
from pytest_prep.progress.memory import AGAIN, GOOD, HARD, SM2
from pytest_prep.progress.resolves import due_dates, due_ids, read_solves

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(days):
    """Return the moment so many days after the start."""
    return START + timedelta(days=days)


def attempt(days, status="accepted", kata="k", **data):
    """Return an attempt at a kata of ten minutes, by default a solve in eight."""
    facts = {
        "kata": kata,
        "path": f"katas/sql/x/{kata}",
        "minutes": 10,
        "status": status,
        "complete": True,
        "elapsed": 480,
        "hints": 0,
        "revealed": False,
        "answer_hash": "a1",
    }
    return new_event(ATTEMPT, facts | data, moment=at(days))


def mark(kind, days, kata="k", **data):
    """Return another event about the kata."""
    return new_event(kind, {"kata": kata, **data}, moment=at(days))


def grades(*events):
    """Return the grades of the kata's solves."""
    solves = read_solves(events)
    return [review.grade for review in solves["k"].reviews] if solves else []


# -- how a solve is graded


def test_unaided_in_time_is_good():
    """Up to twice the expected minutes, and where nobody knows how long it took."""
    assert grades(attempt(0)) == [GOOD]
    assert grades(attempt(0, elapsed=1199)) == [GOOD]
    assert grades(attempt(0, elapsed=0)) == [GOOD]
    assert grades(attempt(0, elapsed=99999, minutes=0)) == [GOOD]


def test_a_hint_or_twice_the_time_is_hard():
    """Hints are those of this round, as the attempt says."""
    assert grades(attempt(0, elapsed=1200)) == [HARD]
    assert grades(mark(HINT, 0, number=1), attempt(0.01, hints=1)) == [HARD]


def test_a_look_at_the_reference_is_giving_up():
    """It counts at once, and copying the reference right away is no solve."""
    assert grades(mark(REVEAL, 0)) == [AGAIN]
    assert grades(mark(REVEAL, 0), attempt(0.01, revealed=True)) == [AGAIN]
    assert grades(attempt(0, revealed=True)) == [AGAIN]


def test_a_solve_days_after_the_reference_is_hard():
    """The reference helped, and yet something was remembered."""
    assert grades(mark(REVEAL, 0), attempt(1, revealed=True)) == [AGAIN, HARD]


def test_what_is_not_accepted_in_full_is_no_solve():
    """A wrong answer, a crash, or an answer accepted on one case that was selected."""
    assert grades(attempt(0, "wrong_answer"), attempt(0, "runtime_error")) == []
    assert grades(attempt(0, complete=False)) == []


# -- what another solve is


def test_judging_again_is_no_other_solve():
    """Nor is a change to an accepted answer, however late."""
    assert grades(attempt(0), attempt(0.01), attempt(9, answer_hash="a2")) == [GOOD]


def test_after_a_reset_the_same_text_is_another_solve():
    """The second round has a grade of its own."""
    events = [attempt(0), mark(RESET, 5), attempt(5.1, hints=2)]
    assert grades(*events) == [GOOD, HARD]


def test_an_answer_that_is_broken_and_mended_is_another_solve():
    """Who empties the file by hand, and fails once, has begun a new round."""
    assert grades(attempt(0), attempt(5, "wrong_answer"), attempt(5.1)) == [GOOD, GOOD]


def test_reading_the_reference_after_a_solve_is_no_lapse():
    """To compare is what it is for; it is one while a new round is going on."""
    read = mark(REVEAL, 0.1)
    assert grades(attempt(0), read, mark(RESET, 5), attempt(5.1)) == [GOOD, GOOD]
    assert grades(attempt(0), mark(RESET, 5), mark(REVEAL, 5.1)) == [GOOD, AGAIN]


def test_undo_takes_a_solve_back():
    """The log is replayed without it."""
    first, second = attempt(0), attempt(5.1)
    undo = new_event(UNDO, {"event": second.id}, moment=at(6))
    assert grades(first, mark(RESET, 5), second, undo) == [GOOD]


def test_the_accepted_answer_is_known_until_it_changes():
    """So that a due kata whose file still holds it can say so."""
    assert read_solves([attempt(0)])["k"].accepted == "a1"
    assert read_solves([attempt(0), attempt(1, answer_hash="a2")])["k"].accepted == "a2"
    assert read_solves([attempt(0), mark(RESET, 5)])["k"].accepted == ""
    assert read_solves([attempt(0), attempt(5, "wrong_answer")])["k"].accepted == ""


def test_events_of_another_hand_are_passed_over():
    """An attempt without a kata, or with nothing but its id."""
    bare = new_event(ATTEMPT, {"kata": "k", "status": "accepted"}, moment=at(0))
    assert grades(new_event(ATTEMPT, {"status": "accepted"}, moment=at(0)), bare) == [GOOD]


# -- when it is due


def test_the_better_the_grade_the_later_it_is_due():
    """Given up: tomorrow. With a hint, unaided: later."""
    events = [
        mark(REVEAL, 0, kata="gave-up"),
        attempt(0, kata="hint", hints=1),
        attempt(0, kata="alone"),
    ]
    dates = {
        due.solves.id: (due.day - study_day(START)).days
        for due in due_dates(read_solves(events).values(), now=START)
    }
    assert list(dates) == ["gave-up", "hint", "alone"]
    assert dates == {"gave-up": 1, "hint": 1, "alone": 2}


def test_solves_that_last_come_back_later_and_later():
    """Each good solve on its day is followed by a longer pause."""
    events, day, gaps = [], 0, []
    for _ in range(4):
        events += [mark(RESET, day), attempt(day + 0.01)]
        (due,) = due_dates(read_solves(events).values(), now=at(day))
        gaps.append((due.day - study_day(at(day))).days)
        day += gaps[-1]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10 * gaps[0]


def test_what_is_due_today_the_most_urgent_first():
    """By the chance that it is forgotten, not by the date."""
    events = [
        attempt(-30, kata="old"),
        mark(REVEAL, -5, kata="shaky"),
        attempt(-0.1, kata="fresh"),
    ]
    assert due_ids(events, now=START) == ["shaky", "old"]
    assert due_ids([], now=START) == []


def test_another_scheduler_reads_the_same_log():
    """SM-2: six days after the second solve."""
    events = [attempt(0), mark(RESET, 1), attempt(1.01)]
    (due,) = due_dates(read_solves(events).values(), now=at(2), scheduler=SM2())
    assert (due.day - study_day(at(1.01))).days == pytest.approx(6)
