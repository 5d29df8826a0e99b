"""The interview without a screen, under a simulated clock: time, deadlines, crashes, going on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from papers import DESIGN, Clock, Desk, paper

from pytest_prep.content.errors import ContentError
from pytest_prep.modes.mock.core import Refused, begin, go_on, replayed
from pytest_prep.modes.mock.interviewer import told_so_far
from pytest_prep.modes.mock.journal import (
    AlreadyRunning,
    Journal,
    NotWritten,
    entries_of,
    last_beat,
    only_one,
)
from pytest_prep.modes.mock.judge import judging_command


class Play:
    """An interview with its clock and its desk."""

    def __init__(self, folder, *kinds, clock="real"):
        self.folder, self.clock, self.desk = folder, Clock(), Desk()
        self.interview = begin(paper(*kinds, clock=clock), Journal(folder), self.clock, self.desk)
        self.interview.start()

    @property
    def state(self):
        return self.interview.state

    def later(self, seconds, *, slept=0.0):
        """Let time go in steps of a second, the last of them asleep; return what was said."""
        told = []
        for _ in range(int(seconds - slept)):
            self.clock.seconds += 1
            told += self.interview.tick()
        if slept:
            self.clock.seconds += slept
            self.clock.slept += slept
            told += self.interview.tick()
        return told

    def crashed(self, away=0.0, boot="one"):
        """Return the interview as it goes on after a crash and some time away."""
        clock = Clock(self.clock.seconds + away, boot)
        if boot != "one":
            clock = Clock(50.0, boot)
            clock.wall = self.clock.wall + self.clock.seconds + away - 50.0
        other = object.__new__(Play)
        other.folder, other.clock, other.desk = self.folder, clock, self.desk
        other.interview = go_on(entries_of(self.folder), Journal(self.folder), clock, self.desk)
        return other


@pytest.fixture
def play(tmp_path):
    """Begin an interview of stages of some kinds."""
    return lambda *kinds, **more: Play(tmp_path, *kinds, **more)


def test_time_is_told_once(play):
    """Five minutes, one minute, and the end of a soft stage, after which the clock goes on."""
    room = play("choice", "break")
    assert room.later(239) == []
    assert room.later(2) == ["1:00 left for Questions"]
    assert room.later(60) == ["Questions: the planned time is over; the clock goes on"]
    assert room.state.phase == "running"


def test_a_hard_stage_is_closed(play):
    """Its answers are taken, and the next one begins at that second."""
    room = play("code", "choice")
    room.later(10)
    room.desk.text = "mine"
    told = room.later(1191)
    assert "Code: the time is over" in told
    assert (room.state.part, room.state.part_at) == (1, 1200)
    assert room.state.works[0][0].final == "mine"


def test_the_deadline_noticed_late(play):
    """After two hours of sleep the answer counts as it was saved in time, and no later."""
    room = play("code")
    room.later(600)
    room.desk.text, room.desk.stamp = "in time", last_beat(room.folder).stamp
    room.later(60)
    room.desk.text, room.desk.stamp = "too late", last_beat(room.folder).stamp + 3000
    room.later(7200, slept=7200)
    assert (room.state.phase, room.state.why, room.state.seconds) == ("marking", "deadline", 1200)
    assert room.state.works[0][0].final == "in time"


def test_a_save_in_a_stopped_process_counts_by_its_time(play):
    """Nobody looked, yet the file system knows: 100 seconds after the last look is in time."""
    room = play("code")
    room.later(60)
    room.desk.text, room.desk.stamp = "while stopped", last_beat(room.folder).stamp + 100
    room.clock.seconds += 5000  # Ctrl-Z: the clock goes on
    room.interview.tick()
    assert room.state.works[0][0].final == "while stopped"


@pytest.mark.parametrize(("clock", "charged"), [("real", 1000), ("active", 100)])
def test_sleep_is_charged_by_the_real_clock_only(play, clock, charged):
    """Nine hundred of a thousand seconds asleep."""
    room = play("code", clock=clock)
    room.later(1000, slept=900)
    assert room.interview.seconds == charged


@pytest.mark.parametrize("clock", ["real", "active"])
def test_a_stopped_process_is_charged(play, clock):
    """Ctrl-Z and an editor in the foreground are no sleep."""
    room = play("code", clock=clock)
    room.clock.seconds += 300
    assert room.interview.seconds == 300


@pytest.mark.parametrize(
    ("clock", "boot", "charged"),
    [("real", "one", 500), ("real", "two", 500), ("active", "one", 100), ("active", "two", 100)],
)
def test_time_away_after_a_crash(play, clock, boot, charged):
    """The real clock charges it, also over a restart of the machine; the active one does not."""
    room = play("code", clock=clock)
    room.later(100)
    again = room.crashed(away=400, boot=boot)
    assert again.interview.seconds == pytest.approx(charged, abs=3.1)


def test_going_on_is_replaying(play):
    """Hints, notes, runs, saves and the place are what they were."""
    room = play("choice", "code")
    room.interview.choose([2])
    room.interview.submit()
    room.interview.hint()
    room.interview.note("ties")
    room.desk.text = "mine"
    number, text = room.interview.run()
    room.interview.ran((1, 0), number, {})
    again = room.crashed().interview
    assert vars(again.state).keys() == vars(room.state).keys()
    for name, value in vars(room.state).items():
        if name != "timeline":
            assert getattr(again.state, name) == value, name
    assert (number, text) == (1, "mine")
    with pytest.raises(Refused, match="no hints in this stage"):
        play("talk").interview.hint()


def test_every_prefix_of_a_journal_can_be_gone_on_with(play, tmp_path):
    """Wherever a crash falls, between any two lines or inside one, the rest is there."""
    room = play("code", "choice", "talk", "break", "design")
    for step in (
        lambda i: i.hint(),
        lambda i: i.submit(),
        lambda i: i.choose([0]),
        lambda i: i.submit(),
        lambda i: i.answer("situation", "slow"),
        lambda i: i.submit(),
        lambda i: i.submit(),
        lambda i: i.submit(),
        lambda i: i.submit(),
        lambda i: i.ask("rate"),
        lambda i: i.estimate("volume", 900),
        lambda i: i.submit(),
        lambda i: i.judged((0, 0), {}),
        lambda i: i.predict(50),
        lambda i: i.mark((4, 0), "clear", 3, "self"),
        lambda i: i.action("read"),
        lambda i: i.finish(),
    ):
        room.later(2)
        step(room.interview)
    assert room.state.phase == "done"
    lines = (tmp_path / "journal.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) > 20
    for count in range(1, len(lines) + 1):
        for torn in (b"", b'{"do": "no'):
            folder = tmp_path / f"{count}-{len(torn)}"
            folder.mkdir()
            (folder / "journal.jsonl").write_bytes(b"".join(lines[:count]) + torn)
            clock = Clock(room.clock.seconds)
            interview = go_on(entries_of(folder), Journal(folder), clock, Desk())
            if interview.state.phase == "ready":
                interview.start()
            interview.back()
            if interview.state.phase == "running":
                interview.note("I am back")
            kept = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
            assert kept[:count] == lines[:count]
            assert all(json.loads(line) for line in kept)


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "[]"),
        (1, '{"do": "start", "at": 0, "clocks": {}}'),
        (2, '{"at": 0, "clocks": {}}'),
        (3, '{"do": "hint", "at": 1, "item": [7, 0], "clocks": {}}'),
        (3, '{"do": "hint", "at": "soon", "item": [0, 0], "clocks": {}}'),
        (3, '{"do": "submit", "at": 1, "clocks": {}}'),
        (3, '{"do": "note", "at": 1, "text": "?", "clocks": {}}'),
    ],
)
def test_a_damaged_journal_is_named_with_its_line(play, number, line):
    """What was edited by hand ends in one line that says where, never in a traceback."""
    room = play("code")
    path = room.folder / "journal.jsonl"
    lines = path.read_text().splitlines()[: number - 1]
    path.write_text("\n".join([*lines, line]) + "\n")
    with pytest.raises(ContentError, match=rf"journal.jsonl: line {number}: "):
        room.crashed()


def test_hints_run_out(play):
    """Three, each with its cost."""
    room = play("code")
    told = [room.interview.hint()[0] for _ in range(3)]
    assert told == [
        "hint 1, -5 points: look",
        "hint 2, -10 points: turn",
        "hint 3, -15 points: write",
    ]
    with pytest.raises(Refused, match="all 3 hints are given"):
        room.interview.hint()


def test_a_twist_comes_at_its_minute(play):
    """Not before, and once."""
    room = play("design")
    assert not [line for line in room.later(1199) if "triples" in line]
    assert room.later(1) == ["the interviewer: It triples."]
    assert not [line for line in room.later(100) if "triples" in line]
    assert DESIGN.data["twists"][0]["minute"] == 20


def test_twists_keep_their_place_in_a_shorter_stage(tmp_path):
    """Twenty of thirty minutes are ten of fifteen; a second design has its own minutes."""
    whole = paper("design")
    (part,) = whole.parts
    other = replace(DESIGN, id="other")
    short = replace(whole, parts=(replace(part, items=(DESIGN, other)),))
    clock = Clock()
    interview = begin(short, Journal(tmp_path), clock, Desk())
    interview.start()
    clock.seconds += 599
    assert "the interviewer: It triples." not in interview.tick()
    clock.seconds += 1
    assert "the interviewer: It triples." in interview.tick()
    interview.move(1)
    assert "the interviewer: It triples." not in interview.tick()
    clock.seconds += 600
    assert "the interviewer: It triples." in interview.tick()


def test_a_story_without_a_result_is_asked_about_once(play):
    """Then it is handed in as it is; one that is told aloud is not asked about at all."""
    room = play("talk", "break")
    room.interview.answer("situation", "slow")
    assert room.interview.submit()[0] == "the interviewer: no Result said"
    assert room.interview.submit()[0] == "the interviewer: And then?"
    assert room.state.part == 0
    room.interview.submit()
    assert room.state.part == 1


def test_the_interviewer_asks_on_before_an_answer_is_taken(play):
    """Each probe once, also after a crash, and for an answer that is told aloud."""
    room = play("talk", "break")
    assert room.interview.submit()[0] == "the interviewer: And then?"
    assert told_so_far(room.state) == ["the interviewer: And then?"]
    again = room.crashed()
    again.interview.answer("result", "then it was fast")
    again.interview.submit()
    assert again.state.part == 1
    assert again.state.works[0][0].asked_back == ["And then?"]


def test_an_answer_that_was_removed(play):
    """What was saved last is handed in."""
    room = play("code")
    room.desk.text = "mine"
    room.later(1)
    room.desk.read = lambda item: None
    with pytest.raises(Refused, match="is missing; put the file back"):
        room.interview.run()
    room.interview.submit()
    assert room.state.works[0][0].final == "mine"


def test_nothing_is_answered_after_the_end(play):
    """Each command says why; the prediction comes once, and before the end of the marking."""
    room = play("choice")
    with pytest.raises(Refused, match="after the clock has stopped"):
        room.interview.predict(50)
    room.interview.quit()
    with pytest.raises(Refused, match="the time is over"):
        room.interview.choose([0])
    with pytest.raises(Refused, match="from 0 to 100"):
        room.interview.predict(101)
    room.interview.predict(50)
    with pytest.raises(Refused, match="one prediction"):
        room.interview.predict(60)
    with pytest.raises(Refused, match="1, 2, 3 or 4"):
        room.interview.mark((0, 0), "clear", 5, "self")
    assert room.state.why == "quit"


def test_a_full_disk_loses_one_command(play, monkeypatch):
    """What cannot be kept does not happen; half a line is taken back."""
    room = play("code")
    before = (room.folder / "journal.jsonl").read_bytes()
    import os

    write, calls = os.write, []

    def full(handle, block):
        if calls:
            raise OSError(28, "No space left on device")
        calls.append(1)
        return write(handle, block[:10])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(NotWritten, match="No space left on device; nothing before it is lost"):
            room.interview.hint()
    assert room.state.works[0][0].hints == []
    assert (room.folder / "journal.jsonl").read_bytes() == before
    room.interview.hint()
    assert len(replayed(entries_of(room.folder), room.folder).works[0][0].hints) == 1


def test_only_one_at_a_time(tmp_path):
    """The lock is held by one, and free afterwards."""
    refused = pytest.raises(AlreadyRunning, match="an interview is going on in process")
    with only_one(tmp_path), refused, only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_a_heartbeat_that_cannot_be_read_is_none(tmp_path):
    """The journal alone is then gone by."""
    assert last_beat(tmp_path) is None
    (tmp_path / "heartbeat.json").write_text("{")
    assert last_beat(tmp_path) is None


def test_answers_are_isolated_as_the_options_say():
    """The pytest that judges is told what the one that interviews was told."""
    settings = SimpleNamespace(
        root=Path("shop"), inipath=None, engine="", dialect="postgres", isolation="spawn"
    )
    command = judging_command(settings, SimpleNamespace(data={"path": "katas/sql/x"}))
    assert command[command.index("--isolation") + 1] == "spawn"
    assert command[command.index("--dialect") + 1] == "postgres"
    assert "--engine" not in command
