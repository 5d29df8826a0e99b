"""The interview on a screen: keys, the countdown, results on every save, forms, leaving."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from papers import no_space, paper
from screens import Judging, after, playing, run, settled, shown, waited

from pytest_prep.modes.mock.journal import entries_of


def test_the_clock_starts_with_the_screen(tmp_path):
    """Not before: what happens until the picture stands costs nothing."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            assert play.state.phase == "running"
            await settled(play, "Count them.")
            await settled(play, "20:00 left")
            await settled(play, "h hint")
            assert play.desk.opened == ["sql-one"]

    run(scene())


def test_every_save_is_judged(tmp_path):
    """Without a key: the sample speaks, hidden cases are counted."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await after(play, 5)
            await settled(play, "it is judged on every save")
            play.desk.text = "wrong"
            await after(play, 5)
            await after(play)
            await settled(play, "sample: wrong answer: no")
            await settled(play, "hidden cases: 0 of 2 accepted")
            play.desk.text = "right"
            await after(play, 5)
            await after(play)
            await settled(play, "hidden cases: 2 of 2 accepted")
            assert [text for _, text in play.state.works[0][0].saves] == ["wrong", "right"]
            await play.pilot.press("h", "y")
            await settled(play, "hint 1 (-5 points)")
            await play.pilot.press("s", "escape")
            assert play.state.phase == "running"
            await play.pilot.press("s", "y")
            assert play.state.works[0][0].final == "right"

    run(scene())


def test_a_run_goes_on_while_the_answer_is_missing(tmp_path):
    """R on a file that is gone leaves the run alone; once it is back it is judged anew."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            done = []
            play.app.room.judging = lambda item, text: slow_judging(item, text, done)
            await play.pilot.press("r")
            there, play.desk.read = play.desk.read, lambda item: None
            await play.pilot.press("r")
            await settled(play, "answer.sql is missing; put the file back")
            done.append(True)
            await after(play)
            assert [run.number for run in play.state.work.runs if run.verdicts] == [1]
            await settled(play, "run 1, at")
            play.desk.read = there
            await after(play)
            await after(play)
            assert [run.number for run in play.state.work.runs if run.verdicts] == [1, 2]
            assert "put the file back" not in shown(play)

    run(scene())


def slow_judging(item, text, done):
    """Return a judge that is done as soon as ``done`` holds something."""
    judging = Judging(item, text)
    judging.wait = lambda seconds: bool(done)
    return judging


def test_a_hint_is_seen_beside_a_long_result(tmp_path):
    """On a small screen it comes to the top of its panel, and the next run after it too."""

    async def scene():
        async with playing(tmp_path, "code", size=(80, 24)) as play:
            play.desk.text = "wrong"
            await after(play, 5)
            await after(play)
            await settled(play, "hidden cases: 0 of 2 accepted")
            await play.pilot.press("h", "h")
            await settled(play, "hint 2 (-10 points)")
            await settled(play, "turn")
            await play.pilot.press("r")
            await after(play)
            await settled(play, "hidden cases: 0 of 2 accepted")

    run(scene())


def test_a_hint_that_is_not_needed_is_asked_about(tmp_path):
    """Where all that was told is accepted, it costs points only after a y."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            play.desk.text = "right"
            await after(play, 5)
            await after(play)
            await settled(play, "hidden cases: 2 of 2 accepted")
            await play.pilot.press("h")
            await settled(play, "take it, for 5 points")
            await play.pilot.press("escape")
            assert play.state.work.hints == []
            await play.pilot.press("h", "y")
            await settled(play, "hint 1 (-5 points)")

    run(scene())


def test_the_countdown_has_words(tmp_path):
    """Amber and red are said, not only shown."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            await after(play, 901)
            await settled(play, "4:59 left · last quarter")
            assert play.app.query_one("#countdown").has_class("amber")
            await after(play, 200)
            await settled(play, "1:39 left · nearly over")
            assert play.app.query_one("#countdown").has_class("red")
            await after(play, 200)
            await settled(play, "the clock has stopped after 20:00 of 20:00: the time was over")
        assert (play.state.why, play.state.seconds) == ("deadline", 1200)

    run(scene())


def test_questions_by_their_letters(tmp_path):
    """A letter chooses and goes on; p goes back; s asks before it hands in what has gaps."""

    async def scene():
        async with playing(tmp_path, "choice") as play:
            await settled(play, "Questions · 1 of 2")
            await play.pilot.press("c")
            await settled(play, "2 of 2")
            await play.pilot.press("p", "a", "s")
            await settled(play, "1 not answered")
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
            await play.pilot.press("escape", "s")
            await settled(play, "the interviewer: no Result said")
            await play.pilot.press("s")
            await settled(play, "the interviewer: And then?")
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
            await settled(play, "Ten a second.")
            await play.pilot.press(*"what colour", "enter")
            await settled(play, "say what you assume")
            play.app.query("Input.estimate").first().focus()
            await play.pilot.press(*"900", "enter")
            await after(play, 1201)
            await settled(play, "the interviewer: It triples.")
        work = play.state.works[0][0]
        assert work.estimates == {"volume": 900}
        assert [facts for _, _, facts in work.asked] == [["rate"], []]
        assert work.twists == [0]

    run(scene())


def test_the_field_in_front_stays_in_view(tmp_path):
    """On a small screen too: with its title and its lower border, whatever is told above it."""

    async def scene():
        async with playing(tmp_path, "design", size=(80, 24)) as play:
            play.state.current.data["twists"][:] = [
                {"minute": minute, "text": f"change {minute} " + "and so on " * 20}
                for minute in (1, 2)
            ]
            await play.pilot.press("tab")
            await in_view(play, "All")
            for seconds in (61, 61):
                await after(play, seconds)
                await in_view(play, "All")
            assert play.state.work.twists == [0, 1]
            await play.pilot.press("tab")
            await in_view(play, "A day? (GB)")

    run(scene())


async def in_view(play, title):
    """Wait until the focused field is seen whole, below its title."""

    def seen():
        field = play.app.focused.parent
        return (
            title in str(field.query_one("Label").render())
            and field.region.height > 0
            and play.app.query_one("Form").region.contains_region(field.region)
        )

    await waited(play, seen)


def test_a_number_needs_no_enter(tmp_path):
    """It counts as it stands in its field, whatever was there before; an empty field is none."""

    async def scene():
        async with playing(tmp_path, "design") as play:
            play.app.query("Input.estimate").first().focus()
            await play.pilot.press(*"90")
            await after(play, 1)
            assert play.state.work.estimates == {"volume": 90}
            await play.pilot.press("backspace", "backspace", "tab")
            await after(play, 1)
            assert play.state.work.estimates == {}
            play.app.query("Input.estimate").first().focus()
            await play.pilot.press(*"860", "tab", "escape", "s", "y")
        assert play.state.phase == "marking"
        assert play.state.works[0][0].estimates == {"volume": 860}

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
            await settled(play, "stage 1 of 3: Code")
            await play.pilot.press("s", "y")
            await settled(play, "Take a break")
            assert "h hint" not in shown(play)
            await play.pilot.press("s")
            await settled(play, "stage 3 of 3: Questions · 1 of 2")
            await play.pilot.press("a", "b", "s", "y")
            assert play.state.phase == "marking"

    run(scene())


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (200, 50)])
def test_every_width(tmp_path, size):
    """Narrow, usual and wide: the problem, the time and the keys are there."""

    async def scene():
        async with playing(tmp_path, "code", size=size) as play:
            await settled(play, "Count them.")
            await settled(play, "20:00 left")
            await settled(play, "h hint")

    run(scene())


@pytest.mark.parametrize("size", [(40, 24), (80, 24)])
def test_every_option_and_every_key_fits(tmp_path, size):
    """On a narrow screen too: the last option, how to choose, and all keys."""

    async def scene():
        async with playing(tmp_path, "choice", size=size) as play:
            for text in ("option 2", "a to c chooses", "s hand in", "q quit", "tab other panel"):
                await settled(play, text)

    run(scene())


def test_keys_that_come_twice(tmp_path):
    """A question that is asked, or handed in, by two quick Enters or letters is so once."""

    async def scene():
        async with playing(tmp_path, "design", "code") as play:
            field = play.app.query_one("#ask")
            field.value = "which rate"
            event = field.Submitted(field, field.value)
            await play.app.on_input_submitted(event)
            await play.app.on_input_submitted(event)
            assert len(play.state.work.asked) == 1
            await play.pilot.press("escape", "s")
            play.app.simulate_key("y")
            play.app.simulate_key("y")
            await play.pilot.pause()
            assert play.state.part == 1
            assert play.state.phase == "running"

    run(scene())


def test_a_disk_that_is_full_is_told(tmp_path, monkeypatch):
    """The command does not take place, and can be repeated."""

    async def scene():
        async with playing(tmp_path, "code") as play:
            with monkeypatch.context() as patch:
                patch.setattr("pytest_prep.modes.mock.journal.os.write", no_space)
                await play.pilot.press("h")
            await settled(play, "No space left on device")
            assert play.state.works[0][0].hints == []
            await play.pilot.press("h")
            assert len(play.state.works[0][0].hints) == 1
        lines = (tmp_path / "journal.jsonl").read_text().splitlines()
        assert all(json.loads(line) for line in lines)

    run(scene())


def test_what_is_typed_on_a_full_disk(tmp_path, monkeypatch):
    """It is told, and kept as soon as there is room."""

    async def scene():
        async with playing(tmp_path, "talk") as play:
            with monkeypatch.context() as patch:
                patch.setattr("pytest_prep.modes.mock.journal.os.write", no_space)
                await play.pilot.press("a", "b")
                await after(play, 1)
                await settled(play, "No space left on device")
            await after(play, 1)
            assert play.state.works[0][0].answers == {"situation": "ab"}

    run(scene())


def test_papers_survive_json():
    """What is written to the journal is what was drawn."""
    from pytest_prep.modes.mock.paper import read, written

    drawn = paper("code", "choice", "talk", "design", "break")
    assert read(json.loads(json.dumps(written(drawn)))) == drawn
    assert replace(drawn, seed=2) != drawn
