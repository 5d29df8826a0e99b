"""The interview on a screen: keys, the countdown, results on every save, forms, leaving."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from papers import paper
from screens import after, playing, run, shown

from pytest_prep.modes.mock.journal import entries_of


def test_the_clock_starts_with_the_screen(tmp_path):
    """Not before: what happens until the picture stands costs nothing."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            assert play.state.phase == "running"
            assert "Count them." in shown(play)
            assert "20:00 left" in shown(play)
            assert "h hint" in shown(play)
            assert play.desk.opened == ["sql-one"]

    run(scene())


def test_every_save_is_judged(tmp_path):
    """Without a key: the sample speaks, hidden cases are counted."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await after(play, 5)
            assert "it is judged on every save" in shown(play)
            play.desk.text = "wrong"
            await after(play, 5)
            await after(play)
            assert "sample: wrong answer: no" in shown(play)
            assert "hidden cases: 0 of 2 accepted" in shown(play)
            play.desk.text = "right"
            await after(play, 5)
            await after(play)
            assert "hidden cases: 2 of 2 accepted" in shown(play)
            assert [text for _, text in play.state.works[0][0].saves] == ["wrong", "right"]
            await play.pilot.press("h")
            assert "hint 1 (-5 points)" in shown(play)
            await play.pilot.press("s", "escape")
            assert play.state.phase == "running"
            await play.pilot.press("s", "y")
            assert play.state.works[0][0].final == "right"

    run(scene())


def test_the_countdown_has_words(tmp_path):
    """Amber and red are said, not only shown."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await after(play, 901)
            assert "4:59 left · last quarter" in shown(play)
            assert play.app.query_one("#countdown").has_class("amber")
            await after(play, 200)
            assert "1:39 left · nearly over" in shown(play)
            assert play.app.query_one("#countdown").has_class("red")
            await after(play, 200)
            assert "the clock has stopped after 20:00 of 20:00: the time was over" in shown(play)
        assert (play.state.why, play.state.seconds) == ("deadline", 1200)

    run(scene())


def test_questions_by_their_letters(tmp_path):
    """A letter chooses and goes on; p goes back; s asks before it hands in what has gaps."""

    async def scene():
        async with playing(tmp_path, "choice") as play:
            assert "Questions · 1 of 2" in shown(play)
            await play.pilot.press("c")
            assert "2 of 2" in shown(play)
            await play.pilot.press("p", "a", "s")
            assert "1 not answered" in shown(play)
            await play.pilot.press("escape")
            assert play.state.phase == "running"
            await play.pilot.press("2", "s", "y")
            assert play.state.phase == "marking"
        assert [work.chosen for work in play.state.works[0]] == [[0], [1]]

    run(scene())


def test_a_story_is_kept_while_it_is_typed(tmp_path):
    """What stands in a field is in the journal at the next look; a missing part is asked for."""

    async def scene():
        async with playing(tmp_path, "talk") as play:
            await play.pilot.press(*"slow hash")
            await after(play, 1)
            assert entries_of(tmp_path)[-1]["text"] == "slow hash"
            await play.pilot.press("escape", "s", "y")
            assert "the interviewer: no Result said" in shown(play)
            assert play.state.phase == "running"
            await play.pilot.press("s", "y")
            assert play.state.phase == "marking"
        assert play.state.works[0][0].answers == {"situation": "slow hash"}

    run(scene())


def test_leaving_in_the_middle_of_a_word(tmp_path):
    """Ctrl-C in a field goes away too, and what was typed up to then is on the disk."""

    async def scene():
        async with playing(tmp_path, "talk") as play:
            await play.pilot.press(*"half a wo", "ctrl+c")
        assert play.app.return_value is None
        assert entries_of(tmp_path)[-1]["text"] == "half a wo"

    run(scene())


def test_a_design_tells_who_asks(tmp_path):
    """A question, a number, and the twist at its minute."""

    async def scene():
        async with playing(tmp_path, "design") as play:
            await play.pilot.press(*"which rate", "enter")
            assert "Ten a second." in shown(play)
            await play.pilot.press(*"what colour", "enter")
            assert "say what you assume" in shown(play)
            play.app.query("Input.estimate").first().focus()
            await play.pilot.press(*"900", "enter")
            await after(play, 1201)
            assert "the interviewer: It triples." in shown(play)
        work = play.state.works[0][0]
        assert work.estimates == {"volume": 900}
        assert [facts for _, _, facts in work.asked] == [["rate"], []]
        assert work.twists == [0]

    run(scene())


def test_a_note(tmp_path):
    """O opens a line; Enter keeps it, Esc does not."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await play.pilot.press("o", *"ties", "enter", "o", *"no", "escape")
            assert [text for _, text in play.state.notes] == ["ties"]

    run(scene())


@pytest.mark.parametrize(
    ("keys", "phase"),
    [(("q", "y"), "marking"), (("q", "l"), "running"), (("ctrl+c",), "running")],
)
def test_quitting_is_asked_about(tmp_path, keys, phase):
    """Stop the clock, or go on later; Ctrl-C goes away at once, and loses nothing."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await play.pilot.press("q", "escape")
            assert play.state.phase == "running"
            await play.pilot.press(*keys)
            assert play.state.phase == phase
        assert play.app.return_value is None

    run(scene())


def test_all_stages_of_a_loop(tmp_path):
    """Code, a break, questions: each with its own screen, and only the keys that do something."""

    async def scene():
        async with playing(tmp_path, "code", "break", "choice") as play:
            assert "stage 1 of 3: Code" in shown(play)
            await play.pilot.press("s", "y")
            assert "Take a break" in shown(play)
            assert "h hint" not in shown(play)
            await play.pilot.press("s")
            assert "stage 3 of 3: Questions · 1 of 2" in shown(play)
            await play.pilot.press("a", "b", "s", "y")
            assert play.state.phase == "marking"

    run(scene())


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (200, 50)])
def test_every_width(tmp_path, size):
    """Narrow, usual and wide: the problem, the time and the keys are there."""

    async def scene():
        async with playing(tmp_path, "code", size=size) as play:
            assert "Count them." in shown(play)
            assert "20:00 left" in shown(play)
            assert "h hint" in shown(play)

    run(scene())


def test_a_disk_that_is_full_is_told(tmp_path, monkeypatch):
    """The command does not take place, and can be repeated."""

    async def scene():
        async with playing(tmp_path, "code") as play:

            def full(handle, block):
                raise OSError(28, "No space left on device")

            with monkeypatch.context() as patch:
                patch.setattr("pytest_prep.modes.mock.journal.os.write", full)
                await play.pilot.press("h")
            assert "No space left on device" in shown(play)
            assert play.state.works[0][0].hints == []
            await play.pilot.press("h")
            assert len(play.state.works[0][0].hints) == 1
        lines = (tmp_path / "journal.jsonl").read_text().splitlines()
        assert all(json.loads(line) for line in lines)

    run(scene())


def test_papers_survive_json():
    """What is written to the journal is what was drawn."""
    from pytest_prep.modes.mock.paper import read, written

    drawn = paper("code", "choice", "talk", "design", "break")
    assert read(json.loads(json.dumps(written(drawn)))) == drawn
    assert replace(drawn, seed=2) != drawn
