"""After the clock on a screen: prediction, marks, what to work on, the report; leaving anywhere."""

from __future__ import annotations

import pytest
from papers import Clock, Desk, no_space
from screens import on_screen, playing, run, settled, shown

from pytest_prep.modes.mock.core import go_on
from pytest_prep.modes.mock.journal import Journal, entries_of


async def finish_the_clock(play):
    """Hand everything in; the answer to the last stage is a story."""
    await play.pilot.press("s", "y")
    await play.pilot.press(*"a [/] b", "escape", "s", "s", "s", "y")
    assert play.state.phase == "marking"


def test_all_in_one_flow(tmp_path):
    """Predicted before the score is seen, marked by the anchors, and the table at the end."""

    async def scene():
        async with playing(tmp_path, "code", "talk") as play:
            await finish_the_clock(play)
            await settled(play, "before you see it: your score")
            await play.pilot.press(*"x", "enter")
            await settled(play, "a whole number, such as 70")
            await play.pilot.press("backspace", *"70", "enter")
            for text in ("a [/] b", "And then?", "1  no", "2  some", "3  yes", "4  very"):
                await settled(play, text)
            await play.pilot.press("enter")
            await settled(play, "1 of 1 not marked: Enter again goes on")
            await play.pilot.press("p", "3")
            await settled(play, "Clear · 3, by a partner")
            await settled(play, "all are marked: Enter goes on")
            await play.pilot.press("enter", *"[red]", "enter", *"m", "enter")
            await settled(play, "- [red]")
            assert "score" not in shown(play)
            await play.pilot.press("enter")
            await settled(play, "pass mark of this script 70")
            for line in (
                "score 0 of 100 · pass mark of this script 70: not reached",
                "self-scored 66.7 of 100",
                "you predicted 70: 70 too high",
                "correctness",
                "3 Clear (partner): yes",
                "- [red]",
            ):
                assert line in shown(play)
            await play.pilot.press("q")
        finished = play.app.return_value
        assert finished.result["actions"] == ["[red]", "m"]
        assert finished.summary[0].startswith("score 0 of 100")
        assert (tmp_path / "report.html").exists()
        assert play.state.phase == "done"

    run(scene())


def test_leaving_anywhere_and_coming_back(tmp_path):
    """Ctrl-C at each question: the next time the same question is there, and what was answered."""
    stops = [
        ("your score", (*"70", "enter")),
        ("▸ Clear", ("3", "enter")),
        ("what will you work on", (*"zz", "enter")),
    ]

    async def scene():
        async with playing(tmp_path, "code", "talk") as play:
            await finish_the_clock(play)
            await play.pilot.press("ctrl+c")
        assert play.app.return_value is None
        for question, answer in stops:
            interview = go_on(entries_of(tmp_path), Journal(tmp_path), Clock(), Desk())
            async with on_screen(tmp_path, interview) as (play.app, play.pilot):
                await settled(play, question)
                await play.pilot.press(*answer, "ctrl+c")
            assert play.app.return_value is None
        state = interview.state
        assert (state.phase, state.predicted, state.actions) == ("marking", 70, ["zz"])
        assert state.works[1][0].marks == {"clear": (3, "self")}

    run(scene())


def test_answers_from_before_come_back(tmp_path):
    """B asks which, and tells where the one of the interview is."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            answer = tmp_path / play.state.current.data["answer"]
            answer.parent.mkdir(parents=True)
            answer.write_text("of the interview")
            (tmp_path / "old.sql").write_text("from before")
            play.state.work.kept = "old.sql"
            await play.pilot.press("s", "y", "enter", "enter")
            await settled(play, "your answer from before the interview: old.sql")
            await play.pilot.press("b", "1")
            await settled(play, "is back; the other one is answers/sql-one.sql")
            await play.pilot.press("b", "escape", "q")
        assert answer.read_text() == "from before"
        assert (tmp_path / "answers/sql-one.sql").read_text() == "of the interview"

    run(scene())


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (20, 5)])
def test_every_width(tmp_path, size):
    """The questions fit; the tiniest screen breaks nothing."""

    async def scene():
        async with playing(tmp_path, "talk", size=size) as play:
            await play.pilot.press("escape", "s", "s", "y")
            if size != (20, 5):
                await settled(play, "score")
            await play.pilot.press("enter")
            if size != (20, 5):
                await settled(play, "Clear")
            await play.pilot.press("2", "enter", "enter")
            await settled(play, "Mock")
            await play.pilot.press("q")
        assert play.app.return_value.result["self_score"] == pytest.approx(33.3)

    run(scene())


def test_quick_enters(tmp_path):
    """A line is kept once, and a screen goes away once, however fast the keys come."""

    async def scene():
        async with playing(tmp_path, "choice") as play:
            await play.pilot.press("q", "y")
            play.app.simulate_key("enter")
            play.app.simulate_key("enter")
            await settled(play, "what will you work on")
            await play.pilot.press("x")
            play.app.simulate_key("enter")
            play.app.simulate_key("enter")
            await play.pilot.pause()
            assert play.state.actions == ["x"]

    run(scene())


def test_a_note_that_was_begun(tmp_path):
    """The deadline and Ctrl-C keep it as it is."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await play.pilot.press("o", *"ha", "ctrl+c")
        assert [text for _, text in play.state.notes] == ["ha"]
        interview = go_on(entries_of(tmp_path), Journal(tmp_path), clock := Clock(), Desk())
        async with on_screen(tmp_path, interview) as (play.app, play.pilot):
            await play.pilot.press("o", *"te")
            clock.seconds += 1200
            await play.app._tick()
            await settled(play, "the clock has stopped")
        assert [text for _, text in interview.state.notes] == ["ha", "te"]

    run(scene())


def test_an_end_that_cannot_be_kept(tmp_path, monkeypatch):
    """A full disk at the very end is told, and going on does it again."""

    async def scene():
        async with playing(tmp_path, "choice") as play:
            await play.pilot.press("a", "b", "s", "y", "enter")

            monkeypatch.setattr("pytest_prep.modes.mock.journal.os.write", no_space)
            await play.pilot.press("enter")
        assert "No space left on device" in str(play.app.trouble)
        assert play.app.return_value is None
        assert play.state.phase == "marking"

    run(scene())
