"""What the log says of each card: history, lapses, aside or not; undo is exact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.progress.events import CARD, CARD_STATE, NOTE, UNDO, new_event
from pytest_prep.progress.memory import SCHEDULERS
from pytest_prep.progress.reviews import CardRecord, failed_on, read_cards

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(days):
    """Return the moment so many days after the start."""
    return START + timedelta(days=days)


def answer(card, days, grade, **data):
    """Return the event of an answer."""
    data = {"card": card, "grade": grade, "content": "c1", "milliseconds": 9000, **data}
    return new_event(CARD, data, moment=at(days))


def state(card, days, name, until=None):
    """Return the event of a card put aside or taken back."""
    return new_event(CARD_STATE, {"card": card, "state": name, "until": until}, moment=at(days))


def undo(event, days):
    """Return the event that takes another one back."""
    return new_event(UNDO, {"event": event.id}, moment=at(days))


def test_a_history_is_read_off_the_log():
    """Reviews in order, seconds, study days, and the content last seen."""
    records = read_cards(
        [answer("a", 0, 3), answer("b", 1, 1), answer("a", 2, 4, content="c2", milliseconds=4500)]
    )
    assert set(records) == {"a", "b"}
    record = records["a"]
    assert [review.grade for review in record.reviews] == [3, 4]
    assert record.reviews[1].moment - record.reviews[0].moment == pytest.approx(2)
    assert record.seconds == (9, 4.5)
    assert (record.first_day, record.last_day) == ("2026-03-01", "2026-03-03")
    assert record.content == "c2"
    assert not record.is_aside("2026-03-03")


def test_what_makes_no_sense_is_passed_over():
    """A grade of 7, a card without an id, another kind, a missing duration."""
    odd = new_event(CARD, {"card": "a", "grade": 3}, moment=at(0))
    others = [
        answer("a", 1, 7),
        answer(None, 1, 3),
        new_event(NOTE, {"text": "hello", "card": "a"}, moment=at(1)),
    ]
    records = read_cards([odd, *others])
    assert set(records) == {"a"}
    assert len(records["a"].reviews) == 1
    assert records["a"].seconds == (0,)


@pytest.mark.parametrize("odd", ["x", [], float("nan"), -5, True], ids=repr)
def test_an_odd_duration_is_none(odd):
    """What an import brings as a duration or content is passed over where it is none."""
    data = {"card": "a", "grade": 3, "milliseconds": odd, "content": odd}
    (record,) = read_cards([new_event(CARD, data, moment=at(0))]).values()
    assert 0 <= record.seconds[0] < 1
    assert isinstance(record.content, str)


def test_a_lapse_is_forgetting_what_was_known():
    """Not knowing a new card is none, and the repeats of one evening count once."""
    grades = [(0, 1), (1, 1), (2, 3), (6, 1), (6.01, 1), (6.02, 3), (9, 1)]
    record = read_cards([answer("a", days, grade) for days, grade in grades])["a"]
    assert record.lapses == 2
    assert not record.leech


def test_eight_lapses_make_a_leech():
    """The seventh is not yet one."""
    events = [answer("a", 0, 3)]
    for n in range(1, 9):
        events.append(answer("a", n, 1))
        assert read_cards(events)["a"].leech == (n == 8)


def test_suspended_and_buried():
    """A suspended card stays away until it is taken back, a buried one until its day."""
    events = [state("a", 0, "suspended"), state("b", 0, "buried", "2026-03-02")]
    records = read_cards(events)
    assert records["a"].is_aside("2027-01-01")
    assert records["b"].is_aside("2026-03-01")
    assert not records["b"].is_aside("2026-03-02")
    assert records["b"].reviews == ()
    records = read_cards([*events, state("a", 1, "active")])
    assert not records["a"].is_aside("2026-03-02")


def test_the_second_look_is_for_what_failed_last():
    """In the order of failing; who has been right since is through."""
    events = [answer("a", 0, 1), answer("b", 0.01, 1), answer("c", 0.02, 3), answer("a", 0.03, 3)]
    records = read_cards([*events, answer("d", 0.04, 1), answer("e", -1, 1)])
    assert failed_on("2026-03-01", records) == ["b", "d"]
    suspended = read_cards([*events, state("b", 0.05, "suspended")])
    assert failed_on("2026-03-01", suspended) == []


def test_undo_of_undo():
    """Taking back the taking back restores the answer."""
    wrong = answer("a", 0, 1)
    back = undo(wrong, 0.1)
    assert read_cards([wrong, back]) == {}
    assert read_cards([wrong, back, undo(back, 0.2)]) == read_cards([wrong])


#: What may happen to three cards, a few hours apart.
STEPS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from([1, 2, 3, 4, "suspended", "buried", "active"]),
        st.floats(0.001, 5),
    ),
    max_size=25,
)


def log_of(steps):
    """Return the events of some steps."""
    events, day = [], 0.0
    for card, what, gap in steps:
        day += gap
        if isinstance(what, int):
            events.append(answer(card, day, what))
        else:
            events.append(state(card, day, what, "2026-03-09" if what == "buried" else None))
    return events, day


@settings(deadline=None, derandomize=True, database=None)
@given(STEPS, st.data())
def test_undo_is_exact(steps, data):
    """After an undo everything is as if the event had never been, whatever came in between."""
    events, day = log_of(steps)
    if not events:
        return
    gone = data.draw(st.sampled_from(events))
    rest = [event for event in events if event is not gone]
    assert read_cards([*events, undo(gone, day + 1)]) == read_cards(rest)


@settings(deadline=None, derandomize=True, database=None)
@given(STEPS)
def test_switching_the_scheduler_needs_no_migration(steps):
    """The record holds no scheduler's state: one and the same log serves each, at any time."""
    events, _ = log_of(steps)
    fields = set(CardRecord.__slots__)
    assert not fields & {"stability", "difficulty", "interval", "factor", "due"}
    for record in read_cards(events).values():
        there = {n: s.replay(record.reviews) for n, s in SCHEDULERS.items()}
        again = {n: s.replay(record.reviews) for n, s in reversed(SCHEDULERS.items())}
        assert there == again


def test_the_record_before_a_moment():
    """What today's reviews brought is told by leaving them out."""
    record = read_cards([answer("a", 0, 3), answer("a", 4, 3)])["a"]
    assert record.before(record.reviews[1].moment).reviews == record.reviews[:1]
    assert record.before(record.reviews[1].moment + 1) is record
