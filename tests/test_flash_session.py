"""A session of flashcards without a screen: the order, the phases, and what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pytest_prep.content.deck import parse_deck
from pytest_prep.modes.flash.chosen import in_turn
from pytest_prep.modes.flash.history import History
from pytest_prep.modes.flash.page import back, due_text, front, grade_texts
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Limits, Phase
from pytest_prep.modes.flash.summary import summarise, summary_lines
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.events import CARD, CARD_STATE, NOTE, PLAN, UNDO, new_event
from pytest_prep.progress.store import StoreError, open_store

DECK = """\
---
deck: one
title: T
category: sql
---

## First?
<!-- id: first -->
### Answer
One.
### Keywords
- one | 1
- two

## Second?
<!-- id: second -->
- [ ] wrong a
  No.
- [x] right
- [ ] wrong b
  No.
### Why
Yes.

## Third
<!-- id: third | difficulty: 5 -->
A {{c1::gap::hint}} here.
"""

CARDS = parse_deck(DECK, Path("cards/one.md")).cards


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Tuesday, the first of December."""
    monkeypatch.setenv("PREP_NOW", "2026-12-01T12:00:00+00:00")


@pytest.fixture
def store(tmp_path: Path):
    """An empty store."""
    opened = open_store(tmp_path / "p.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def begin(store):
    """Begin a session over the three cards."""

    def start(scheduler="fsrs", cards=CARDS, **limits) -> FlashSession:
        return FlashSession(cards, History(store, scheduler=scheduler), Limits(seed=1, **limits))

    return start


def events(store, *kinds: str) -> list[dict]:
    """Return the data of the events of some kinds."""
    return [event.data for event in store.events(kinds)]


def choice(session: FlashSession, *, right: bool) -> int:
    """Return the number of a right or a wrong option."""
    return [option.right for option in session.options].index(right) + 1


class TestCards:
    """What is asked, in which order."""

    def test_new_cards_come_in_deck_order(self, begin) -> None:
        """Nothing is known of them."""
        session = begin()
        assert session.plan.cards == ("first", "second", "third")
        assert (session.card.id, session.phase, session.number) == ("first", Phase.QUESTION, 1)

    def test_decks_take_turns(self) -> None:
        """Who begins meets something of every subject; within a deck the order stays."""
        other = [replace(card, id=f"x-{card.id}", deck="two") for card in CARDS[:2]]
        ids = [card.id for card in in_turn([*CARDS, *other])]
        assert ids == ["first", "x-first", "second", "x-second", "third"]

    def test_a_card_is_asked_once_a_day(self, begin) -> None:
        """A second session on the same day shows the rest."""
        session = begin()
        session.reveal()
        session.grade(3)
        assert begin().plan.cards == ("second", "third")

    def test_failed_cards_come_again_after_the_plan(self, begin) -> None:
        """Twice at the most."""
        session = begin()
        shown = []
        while session.card:
            shown.append(session.card.id)
            if session.card.options:
                session.choose(choice(session, right=True))
                session.knew()
            else:
                session.reveal()
                session.grade(1 if session.card.id == "first" else 3)
        assert shown == ["first", "second", "third", "first", "first"]
        assert session.phase is Phase.OVER
        assert not session.can_go_on

    def test_new_cards_have_a_limit(self, begin) -> None:
        """``--flash-new`` holds for the day, not for the session."""
        session = begin(new=2)
        assert session.plan.cards == ("first", "second")
        session.reveal()
        session.grade(3)
        assert begin(new=2).plan.cards == ("second",)

    def test_when_the_time_is_up_the_session_ends_and_may_go_on(self, begin) -> None:
        """What is left is still there."""
        session = begin(minutes=1)
        session._started -= 100
        session.reveal()
        session.grade(1)
        assert session.phase is Phase.OVER
        assert session.can_go_on
        session.go_on()
        assert session.card.id == "second"

    def test_a_skipped_card_does_not_come_again(self, begin, store) -> None:
        """It is left out, and nothing is recorded."""
        session = begin()
        session.skip()
        assert session.card.id == "second"
        assert events(store, CARD, CARD_STATE) == []

    def test_with_a_date_the_planner_chooses(self, begin, store) -> None:
        """The date of the last plan that names one."""
        store.append(
            [new_event(PLAN, {"interview": "2026-12-09"}), new_event(PLAN, {"minutes": 9})]
        )
        session = begin()
        assert session.plan.to_date
        assert not begin(by_due=True).plan.to_date


class TestGrades:
    """What an answer records."""

    def test_a_grade_is_recorded_before_the_next_card(self, begin, store) -> None:
        """With the card's content, the time it took and where it is from."""
        session = begin()
        session.reveal()
        session.grade(2)
        (data,) = events(store, CARD)
        assert data["milliseconds"] >= 0
        assert {**data, "milliseconds": 0} == {
            "card": "first",
            "content": CARDS[0].content,
            "grade": 2,
            "milliseconds": 0,
            "deck": "one",
            "category": "sql",
            "seed": None,
        }
        assert session.card.id == "second"

    def test_nothing_is_graded_unseen(self, begin, store) -> None:
        """A grade before the answer is shown does nothing."""
        session = begin()
        session.grade(4)
        assert session.card.id == "first"
        assert events(store, CARD) == []

    def test_an_answer_that_cannot_be_kept_changes_nothing(self, begin, monkeypatch) -> None:
        """The card stays, and can be graded again."""
        session = begin()
        session.reveal()

        def full(_events: object) -> int:
            raise StoreError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(session.history._store, "append", full)
            with pytest.raises(StoreError, match="disk full"):
                session.grade(3)
        assert (session.card.id, session.phase, session.answers) == ("first", Phase.ANSWER, [])
        session.grade(3)
        assert session.card.id == "second"

    @pytest.mark.parametrize(("sure", "grade"), [("knew", 3), ("guessed", 2)])
    def test_a_right_choice_is_known_or_guessed(self, begin, store, sure, grade) -> None:
        """A guess counts as hard; the seed and the choice are recorded."""
        session = begin()
        session.skip()
        session.choose(choice(session, right=True))
        assert session.phase is Phase.RIGHT
        assert events(store, CARD) == []
        seed = session.seed
        getattr(session, sure)()
        (data,) = events(store, CARD)
        assert (data["grade"], data["seed"], data["choice"]) == (grade, seed, "right")

    def test_a_wrong_choice_is_recorded_at_once(self, begin, store) -> None:
        """It counts as again, whatever is pressed next."""
        session = begin()
        session.skip()
        session.choose(choice(session, right=False))
        assert session.phase is Phase.WRONG
        assert [data["grade"] for data in events(store, CARD)] == [1]
        session.grade(4)
        assert session.card.id == "third"
        assert len(events(store, CARD)) == 1

    def test_the_order_of_options_follows_from_the_seed(self, begin) -> None:
        """The same seed gives the same order; it does not change while the card is shown."""
        session, again = begin(), begin()
        session.skip()
        again.skip()
        assert session.options == again.options == session.options
        orders = set()
        for seed in range(30):
            session.seed = seed
            orders.add(tuple(option.text for option in session.options))
        assert len(orders) == 6

    def test_a_typed_answer_is_kept_and_checked_and_graded_by_the_learner(self, begin, store):
        """Its points are found; it is never passed by itself."""
        session = begin()
        session.type("it is ONE")
        assert session.phase is Phase.ANSWER
        assert session.points == [("one", True), ("two", False)]
        assert events(store, NOTE) == [{"text": "it is ONE", "about": "first"}]
        assert events(store, CARD) == []
        assert ("note", "1 of 2 points found; you grade") in list(back(session))
        session.grade(2)
        assert events(store, CARD)[0]["points"] == [1, 2]


class TestUndo:
    """Taking steps back."""

    def test_a_grade(self, begin, store) -> None:
        """The card comes back, and the record is as if it had not been answered."""
        session = begin()
        session.reveal()
        session.grade(1)
        assert session.undo()
        assert (session.card.id, session.phase, session.answers) == ("first", Phase.QUESTION, [])
        assert session.waiting == 0
        assert session.history.of("first").reviews == ()
        assert len(events(store, UNDO)) == 1
        assert begin().plan.cards[0] == "first"

    def test_every_step_in_turn(self, begin) -> None:
        """Grades, choices, skips, cards put aside: back to the start."""
        session = begin()
        session.reveal()
        session.grade(1)
        session.choose(choice(session, right=False))
        session.grade(1)
        session.bury()
        assert session.card.id == "first"
        session.suspend()
        session.skip()
        assert session.phase is Phase.OVER
        seen = []
        while session.undo():
            seen.append(session.card.id)
        assert seen == ["second", "first", "third", "second", "first"]
        assert all(session.history.of(card.id).reviews == () for card in CARDS)
        assert begin().plan.cards == ("first", "second", "third")

    def test_on_the_last_screen(self, begin) -> None:
        """The last card comes back."""
        session = begin(cards=CARDS[:1])
        session.reveal()
        session.grade(3)
        assert session.phase is Phase.OVER
        assert session.undo()
        assert session.card.id == "first"

    def test_nothing(self, begin) -> None:
        """There is nothing to undo at first."""
        assert not begin().undo()


class TestAside:
    """Cards that are put aside."""

    def test_a_buried_card_comes_back_tomorrow(self, begin, monkeypatch) -> None:
        """Not today."""
        begin().bury()
        assert begin().plan.cards == ("second", "third")
        monkeypatch.setenv("PREP_NOW", "2026-12-02T12:00:00+00:00")
        assert begin().plan.cards == ("first", "second", "third")

    def test_a_suspended_card_comes_back_when_asked(self, begin, monkeypatch) -> None:
        """Not by itself."""
        begin().suspend()
        monkeypatch.setenv("PREP_NOW", "2026-12-20T12:00:00+00:00")
        session = begin()
        assert session.plan.cards == ("second", "third")
        assert session.history.bring_back(["first", "second"]) == 1
        assert begin().plan.cards == ("first", "second", "third")

    def test_a_failed_card_that_is_put_aside_does_not_wait(self, begin) -> None:
        """After a wrong choice it can be suspended at once."""
        session = begin()
        session.skip()
        session.choose(choice(session, right=False))
        session.suspend()
        assert session.waiting == 0
        assert session.card.id == "third"


class TestPage:
    """What is shown."""

    def test_gaps_are_hidden_until_the_answer(self, begin) -> None:
        """All of them, as their hints."""
        session = begin()
        session.skip()
        session.skip()
        assert ("text", "A [hint] here.") in list(front(session))
        session.reveal()
        assert ("text", "A **gap** here.") in list(back(session))

    def test_an_edited_card_says_so(self, begin, monkeypatch) -> None:
        """Where its text is another than at the last answer."""
        session = begin()
        session.reveal()
        session.grade(3)
        monkeypatch.setenv("PREP_NOW", "2027-01-15T12:00:00+00:00")
        edited = parse_deck(DECK.replace("One.", "Uno."), Path("cards/one.md")).cards
        session = begin(cards=edited[:1])
        assert ("note", "edited since you last saw it") in list(front(session))
        assert ("note", "edited since you last saw it") not in list(front(begin(cards=CARDS[:1])))

    def test_every_grade_has_its_next_date(self, begin) -> None:
        """Again is later today, and the better the later."""
        session = begin()
        session.reveal()
        assert grade_texts(session)[1] == "again · later today"
        days = session.history.next_dates("first")
        assert days[2] <= days[3] < days[4]
        assert due_text(study_day(now())) == "today"
        assert grade_texts(session)[4] == f"easy · {due_text(days[4])}"

    def test_sm2_gives_its_own_dates(self, begin) -> None:
        """One day after the first answer, whatever the grade."""
        session = begin("sm2")
        session.reveal()
        assert [due_text(day) for day in session.history.next_dates("first").values()] == [
            "tomorrow"
        ] * 4


class TestSummary:
    """What a session came to."""

    def test_first_tries_and_what_waits(self, begin) -> None:
        """A second look does not mend the first."""
        session = begin()
        session.reveal()
        session.grade(1)
        session.choose(choice(session, right=True))
        session.knew()
        summary = summarise(session, 20)
        assert (summary.cards, summary.first_tries.known, summary.first_tries.total) == (2, 1, 2)
        assert (summary.waiting, summary.left) == (1, 1)
        assert summary.goals.answered == 2
        lines = dict(summary_lines(summary, bars=False))
        assert lines["first try"] == "1 of 2 known, 50 %"
        assert lines["today's goal"] == "2 of 20 cards, 2 of them new: 18 to go"
        assert lines["cards"] == "2, 1 wait for a second look, 1 of the plan left"
        assert lines["interview"].startswith("no date is known: pytest --plan --plan-interview ")

    def test_the_interview_day_with_and_without_today(self, begin, store) -> None:
        """Work raises what is expected; the date stands beside it."""
        store.append([new_event(PLAN, {"interview": "2026-12-09"})])
        session = begin()
        session.reveal()
        session.grade(4)
        summary = summarise(session, 20)
        assert 0 <= summary.recall_without < summary.recall <= 1
        text = dict(summary_lines(summary, bars=False))["interview"]
        assert text.startswith("9 Dec, in 8 days: about ")

    def test_a_date_that_has_passed_promises_nothing(self, begin, store) -> None:
        """There is no expectation for it."""
        store.append([new_event(PLAN, {"interview": "2026-11-09"})])
        assert summarise(begin(), 20).recall is None

    def test_leeches_are_named(self, begin, store, monkeypatch) -> None:
        """Known and forgotten eight times."""
        for month in range(1, 10):
            for day, grade in ((1, 3), (9, 1)):
                monkeypatch.setenv("PREP_NOW", f"2026-0{month}-0{day}T12:00:00+00:00")
                store.append([new_event(CARD, {"card": "first", "grade": grade})])
        monkeypatch.setenv("PREP_NOW", "2026-12-01T12:00:00+00:00")
        assert [card.id for card in summarise(begin(), 20).leeches] == ["first"]
        begin().history.suspend("first")
        summary = summarise(begin(), 20)
        assert (summary.leeches, summary.suspended) == ((), 1)

    def test_the_weakest_categories_come_first(self, begin, store) -> None:
        """By the first answers of the last thirty days, where there are three or more."""
        for minute, grade in enumerate((1, 1, 3, 3)):
            for card in CARDS:
                data = {"card": card.id, "grade": grade}
                moment = now() - timedelta(minutes=9 - minute)
                store.append([new_event(CARD, data, moment=moment)])
        ((name, tally),) = summarise(begin(), 20).weakest
        assert (name, tally.known, tally.total) == ("sql", 0, 3)
