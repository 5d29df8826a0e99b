"""The screen of a flashcard session, driven key by key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pytest_prep.content.deck import parse_deck
from pytest_prep.modes.flash.history import History
from pytest_prep.modes.flash.run import Desk
from pytest_prep.modes.flash.screen import FlashApp
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Limits, Phase
from pytest_prep.progress.events import CARD, CARD_STATE, NOTE, new_event
from pytest_prep.progress.store import StoreError, open_store

DECK = """\
---
deck: one
title: T
category: sql
---

## What does `RANK()` leave after ties?
<!-- id: first -->
### Answer
A gap.

```sql
SELECT 1;
```
### Keywords
- gap
- tie

## Second?
<!-- id: second -->
- [ ] wrong a
  Not this.
- [x] right
### Why
Because.

## Third
<!-- id: third -->
A {{c1::gap}} here.
"""

CARDS = parse_deck(DECK, Path("cards/one.md")).cards


@pytest.fixture
def store(tmp_path: Path):
    """An empty store."""
    opened = open_store(tmp_path / "p.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def app(store, monkeypatch):
    """A session of three cards on a screen."""
    monkeypatch.setenv("PREP_NOW", "2026-12-01T12:00:00+00:00")
    session = FlashSession(CARDS, History(store), Limits(seed=1))
    return FlashApp(session, Desk(Path(), 20, lambda card: (card, ())))


def screen(app: FlashApp) -> str:
    """Return what is on the screen, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def play(app: FlashApp, *steps, size: tuple[int, int] = (90, 34)) -> list[str]:
    """Return the screen at first and after each step: a key, keys, or a call."""

    async def run() -> list[str]:
        shown = []
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            shown.append(screen(app))
            for step in steps:
                if callable(step):
                    step()
                else:
                    await pilot.press(*([step] if isinstance(step, str) else step))
                await pilot.pause()
                shown.append(screen(app))
        return shown

    return asyncio.run(run())


def grades(store) -> list[tuple[str, int]]:
    """Return the recorded answers."""
    return [(event.data["card"], event.data["grade"]) for event in store.events((CARD,))]


def test_a_card_is_shown_revealed_and_graded(app, store) -> None:
    """Space shows the answer; the grades stand below it with their dates."""
    question, answer, following = play(app, "space", "2")
    assert "What does RANK() leave after ties?" in question
    assert "A gap." not in question
    assert "Space shows the answer" in question
    assert "A gap." in answer
    assert "SELECT 1;" in answer
    keys = answer
    assert "1 again · later today" in keys
    assert "2 hard · tomorrow" in keys
    assert "Second?" in following
    assert grades(store) == [("first", 2)]


def test_enter_reveals_and_then_grades_good(app, store) -> None:
    """The usual answer needs one key."""
    play(app, "enter", "enter")
    assert grades(store) == [("first", 3)]


def test_a_grade_before_the_answer_does_nothing(app, store) -> None:
    """Nothing is graded unseen."""
    shown = play(app, "3")
    assert "What does RANK() leave" in shown[-1]
    assert grades(store) == []


def test_a_wrong_choice_shows_why(app, store) -> None:
    """The reasons stand under the options, and the answer is recorded."""
    app.session.skip()
    wrong = [option.right for option in app.session.options].index(False) + 1
    shown = play(app, str(wrong), "enter")
    assert "wrong; it counts as again" in shown[1]
    assert "Not this." in shown[1]
    assert "(your choice)" in shown[1]
    assert "Third" in shown[2]
    assert grades(store) == [("second", 1)]


@pytest.mark.parametrize(("key", "grade"), [("k", 3), ("g", 2), ("enter", 3), ("4", 4)])
def test_a_right_choice_asks_knew_or_guessed(app, store, key: str, grade: int) -> None:
    """A guess counts as hard."""
    app.session.skip()
    right = [option.right for option in app.session.options].index(True) + 1
    shown = play(app, str(right), key)
    assert "2 guessed · tomorrow   3 knew it" in shown[1]
    assert grades(store) == [("second", grade)]


def test_a_typed_answer(app, store) -> None:
    """Letters are text while one types; the points are told, and the learner grades."""
    shown = play(app, "t", (*"a", "space", *"gaxsq"), "enter", "1")
    assert "You wrote" in shown[3]
    assert "0 of 2 points found; you grade" in shown[3]
    assert [event.data["text"] for event in store.events((NOTE,))] == ["a gaxsq"]
    assert grades(store) == [("first", 1)]


def test_escape_leaves_the_line(app, store) -> None:
    """The card stays as it was, and keys are keys again."""
    shown = play(app, "t", tuple("bx"), "escape", "space")
    assert "A gap." in shown[-1]
    assert list(store.events((NOTE,))) == []


def test_undo_bury_suspend_and_skip(app, store) -> None:
    """Each works by its key, and each can be taken back."""
    shown = play(app, "b", "u", "x", "u", "s", "u", "u")
    assert "buried until tomorrow; u takes it back" in shown[1]
    assert "suspended; u takes it back" in shown[3]
    assert all("What does RANK() leave" in text for text in (shown[2], shown[4], shown[6]))
    assert "there is nothing to undo" in shown[7]
    states = {event.data["state"] for event in store.events((CARD_STATE,))}
    assert states == {"buried", "suspended"}


def test_the_keys_are_listed_and_any_key_goes_back(app) -> None:
    """``?`` shows them; the next key does nothing else."""
    shown = play(app, "question_mark", "space", "question_mark", "z")
    assert "suspend: not before --flash-unsuspend" in shown[1]
    assert "What does RANK() leave" in shown[2]
    assert "A gap." not in shown[2]
    assert "What does RANK() leave" in shown[4]


def test_the_summary_and_undo_on_it(app, store) -> None:
    """The last screen sums up; u takes the last answer back."""
    app.session.skip()
    app.session.skip()
    shown = play(app, "space", "3", "u")
    assert "first try" in shown[2]
    assert "1 of 1 known, 100 %" in shown[2]
    assert "Third" in shown[3]


def test_an_answer_that_cannot_be_kept_is_said(app, store, monkeypatch) -> None:
    """The card stays on the screen with its grades."""

    def full(_events: object) -> int:
        raise StoreError("disk full")

    def broken() -> None:
        monkeypatch.setattr(app.session.history._store, "append", full)

    shown = play(app, "space", broken, "3")
    assert "not saved: disk full; the card stays, try again" in shown[-1]
    assert app.session.phase is Phase.ANSWER
    monkeypatch.undo()
    assert grades(store) == []


def test_leeches_are_offered_on_the_last_screen(store, monkeypatch) -> None:
    """The key x suspends one that was answered in this session."""
    for month in range(1, 10):
        for day, grade in ((1, 3), (9, 1)):
            monkeypatch.setenv("PREP_NOW", f"2026-0{month}-0{day}T12:00:00+00:00")
            store.append([new_event(CARD, {"card": "first", "grade": grade})])
    monkeypatch.setenv("PREP_NOW", "2026-12-01T12:00:00+00:00")
    session = FlashSession(CARDS[:1], History(store), Limits(seed=1))
    shown = play(FlashApp(session, Desk(Path(), 20, lambda card: (card, ()))), "space", "3", "x")
    assert "a leech, forgotten 9 times" in shown[2]
    assert "a leech" not in shown[3]
    assert session.history.of("first").suspended


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
def test_narrow_windows_show_all_grades(app, size: tuple[int, int]) -> None:
    """They wrap between grades, not within one."""
    shown = play(app, "space", size=size)
    keys = shown[-1]
    for text in ("1 again · later today", "2 hard · tomorrow", "3 good · in", "4 easy · in"):
        assert text in keys


@pytest.mark.parametrize(("key", "status"), [("q", 0), ("ctrl+c", 2)])
def test_leaving(app, key: str, status: int) -> None:
    """The key q ends the session, Ctrl-C interrupts the run."""
    play(app, key)
    assert app.return_value == status


def test_the_editor(app, monkeypatch) -> None:
    """The key e gives the terminal to the editor, and shows what became of the card."""
    edited = parse_deck(DECK.replace("A gap.", "A hole."), Path("cards/one.md")).cards[0]
    monkeypatch.setattr(
        "pytest_prep.modes.flash.screen.edit_card",
        lambda card, desk: (edited, 60.0, "the new text is shown"),
    )
    from contextlib import nullcontext

    monkeypatch.setattr(FlashApp, "suspend", lambda self: nullcontext())
    shown = play(app, "e", "space")
    assert "the new text is shown" in shown[1]
    assert "A hole." in shown[2]
    assert app.session.seconds < 0, "the editor's minute is not the session's"
