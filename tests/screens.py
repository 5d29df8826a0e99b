"""Interviews on a screen without a terminal: what tests of its screens share."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

from papers import Clock, Desk, paper

from pytest_prep.judging.verdict import Verdict
from pytest_prep.modes.mock.core import begin
from pytest_prep.modes.mock.journal import Journal
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.mock.screen import InterviewApp


class Judging:
    """A judge that is done at once, and accepts what contains *right*."""

    def __init__(self, item, text, *, final=False, tests=""):
        self.text = text

    def wait(self, seconds):
        return True

    def review(self):
        return None

    def tested(self):
        return None

    def verdicts(self):
        status = "accepted" if "right" in self.text else "wrong_answer"
        names = ("sample", "edge_one", "real")
        return {
            name: Verdict(status, "" if "right" in self.text else "no").to_dict() for name in names
        }

    def close(self):
        pass


@asynccontextmanager
async def playing(folder: Path, *kinds, size=(120, 40)):
    """Play on a screen without a terminal."""
    clock, desk = Clock(), Desk()
    interview = begin(paper(*kinds), Journal(folder), clock, desk)
    async with on_screen(folder, interview, size) as (app, pilot):
        yield SimpleNamespace(
            app=app, pilot=pilot, clock=clock, desk=desk, state=interview.state, interview=interview
        )


@asynccontextmanager
async def on_screen(folder: Path, interview, size=(120, 40)):
    """Show an interview on a screen without a terminal."""
    settings = SimpleNamespace(root=folder, katas=folder / "katas", solutions=folder / "solutions")
    room = Room(settings, interview, folder, lambda *_, **__: None)
    room.judging = Judging
    app = InterviewApp(room)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def after(play, seconds=0.0):
    """Let the clock go, and the screen notice."""
    play.clock.seconds += seconds
    await play.app._tick()
    await play.pilot.pause()


def shown(play):
    """Return all that the screen shows."""
    lines = play.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


def run(scene):
    """Run a scene."""
    asyncio.run(scene)


async def settled(play, text):
    """Wait until a text is shown."""
    await waited(play, lambda: text in shown(play))


async def waited(play, holds):
    """Wait until something holds."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, shown(play)
        await play.pilot.pause(0.02)
