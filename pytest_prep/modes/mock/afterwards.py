"""All that comes after the clock on a screen, one thing after the other."""

from __future__ import annotations

from typing import Any

from textual.app import App

from pytest_prep.content.duration import clock_text
from pytest_prep.modes.mock.final import FinalJudging
from pytest_prep.modes.mock.marking import (
    PREDICTION,
    TO_WORK_ON,
    Finished,
    finish,
    predict,
    talks_to_mark,
)
from pytest_prep.modes.mock.marking_screens import Marks, Typed, Waiting
from pytest_prep.modes.mock.report_screen import Report
from pytest_prep.modes.mock.room import Room
from pytest_prep.report.interview_text import ENDED


async def afterwards(app: App[Any], room: Room) -> Finished:
    """Ask for everything while the answers are judged, then write and show the report.

    Raises:
        NotWritten: the end could not be kept; going on does it again.
    """
    state = room.interview.state
    used = f"{clock_text(state.seconds)} of {clock_text(state.paper.duration)}"
    about = f"{state.paper.title} · the clock has stopped after {used}: {ENDED[state.why]}"

    def predicted(text: str) -> None:
        predict(room, text)

    def to_work_on(text: str) -> list[str]:
        room.interview.action(text)
        return actions()

    def actions() -> list[str]:
        return [f"- {action}" for action in state.actions]

    judging = FinalJudging(room)
    try:
        if state.predicted is None:
            await app.push_screen_wait(Typed(about, PREDICTION, predicted, [], judging))
        by = "self"
        for talk in talks_to_mark(state):
            by = await app.push_screen_wait(Marks(about, room, talk, by, judging))
        await app.push_screen_wait(Typed(about, TO_WORK_ON, to_work_on, actions(), judging))
        if judging.now:
            await app.push_screen_wait(Waiting(about, judging))
    finally:
        judging.close()
    finished = finish(room)
    await app.push_screen_wait(Report(room, finished))
    return finished
