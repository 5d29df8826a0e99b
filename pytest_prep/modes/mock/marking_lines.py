"""After the clock in plain lines: prediction, marks, what to work on, the report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from pytest_prep.content.rubric import MARKS
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.final import FinalJudging
from pytest_prep.modes.mock.marking import (
    PREDICTION,
    TO_WORK_ON,
    Talk,
    finish,
    kept_answers,
    looking_back,
    own_words,
    predict,
    talks_to_mark,
)
from pytest_prep.modes.mock.room import Room
from pytest_prep.report.interview_text import text_report
from pytest_prep.report.page import Page

#: Asks a question; None where nobody can answer any more.
Ask = Callable[[str], str | None]

#: Seconds between two looks at the judge.
_STEP = 0.5


def mark_in_lines(room: Room, page: Page, ask: Ask) -> None:
    """Ask for everything that comes after the clock, then write and show the report.

    Nothing typed skips a question; where input has ended, all the rest is skipped.
    """
    page.line()
    with closing(FinalJudging(room)) as judging:
        judging.look()
        _predict(room, page, ask)
        known: list[str] = []
        for talk in talks_to_mark(room.interview.state):
            _mark(room, page, ask, talk, known)
        _actions(room, page, ask)
        _wait_for(judging, page)
    finished = finish(room)
    page.line()
    page.line(text_report(finished.result).rstrip("\n"))
    if finished.calibration:
        page.line(finished.calibration)
    page.line()
    for line in finished.told:
        page.line(line)
    _offer_back(room, page, ask)


def _wait_for(judging: FinalJudging, page: Page) -> None:
    while name := judging.now:
        page.line(judging.words)
        while name == judging.now:
            judging.look(_STEP)


def _offer_back(room: Room, page: Page, ask: Ask) -> None:
    """Offer to put the answers back that stood in the katas before; this interview's are kept."""
    for item, work in kept_answers(room.interview.state):
        page.line()
        page.line(f"your answer from before the interview: {work.kept}")
        reply = ask(f"put it back into {item.data['answer']}? [y/N] ")
        if reply is not None and reply.strip().lower() in ("y", "yes"):
            page.line(room.put_back(item, work))


def _predict(room: Room, page: Page, ask: Ask) -> None:
    if room.interview.state.predicted is not None:
        return
    while (line := ask(f"{PREDICTION} ")) is not None and line.strip():
        try:
            predict(room, line)
        except Refused as error:
            page.line(str(error))
        else:
            return


def _mark(room: Room, page: Page, ask: Ask, talk: Talk, known: list[str]) -> None:
    """Ask for the marks of one talk; ``known`` holds the anchors that were shown before."""
    page.line()
    page.heading(talk.item.title)
    for heading, text in own_words(talk):
        page.heading(heading)
        page.line(text)
    for heading, lines in looking_back(talk):
        page.heading(heading)
        for line in lines:
            page.line(f"- {line}")
    if talk.item.data["model"]:
        page.heading("an example of an answer")
        page.markdown(talk.item.data["model"])
    page.line()
    page.line("your marks, 1 to 4; a p behind it says that a partner gave it (3p); Enter: none")
    for criterion in talk.unmarked:
        page.line(criterion["title"])
        pairs = zip(MARKS, criterion["anchors"], strict=True)
        anchors = "\n".join(f"  {mark}  {anchor}" for mark, anchor in pairs)
        if anchors not in known:
            known.append(anchors)
            page.line(anchors)
        if given := _asked_mark(page, ask, anchors):
            room.interview.mark(talk.where, criterion["id"], *given)


def _asked_mark(page: Page, ask: Ask, anchors: str) -> tuple[int, str] | None:
    """Return a mark and who gave it, None where it is left out."""
    while (typed := ask("mark (? tells what each means)? ")) is not None and typed.strip():
        text = typed.strip().lower()
        mark = text.removesuffix("p").strip()
        if mark in map(str, MARKS):
            return int(mark), "partner" if text.endswith("p") else "self"
        page.line(anchors if text == "?" else "a mark is 1, 2, 3 or 4")
    return None


def _actions(room: Room, page: Page, ask: Ask) -> None:
    page.line()
    page.line(TO_WORK_ON)
    for action in room.interview.state.actions:
        page.line(f"- {action}")
    while (typed := ask("- ")) is not None and typed.strip():
        room.interview.action(typed)
