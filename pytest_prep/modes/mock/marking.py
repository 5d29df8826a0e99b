"""After the clock: the prediction, the score, the marks that one gives oneself, action items."""

from __future__ import annotations

from collections.abc import Callable

from pytest_prep.content.rubric import MARKS
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.past import calibration, gap_of
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.mock.state import Work
from pytest_prep.report.interview_text import text_report
from pytest_prep.report.page import Page

#: Asks a question; None where nobody can answer any more.
Ask = Callable[[str], str | None]


def mark_in_lines(room: Room, page: Page, ask: Ask) -> None:
    """Ask for everything that comes after the clock, then write and show the report.

    Nothing typed skips a question; where input has ended, all the rest is skipped.
    """
    page.line()
    _predict(room, page, ask)
    for part_number, part in enumerate(room.interview.state.paper.parts):
        if part.kind in ("talk", "design"):
            for number, item in enumerate(part.items):
                _mark(room, page, ask, (part_number, number), item)
    _actions(room, page, ask)
    result, told = room.finish()
    page.line()
    page.line(text_report(result).rstrip("\n"))
    gap = gap_of(result)
    told_gaps = calibration([*room.past.gaps, gap]) if gap is not None else ""
    if told_gaps:
        page.line(told_gaps)
    page.line()
    for line in told:
        page.line(line)
    _offer_back(room, page, ask)


def _offer_back(room: Room, page: Page, ask: Ask) -> None:
    """Offer to put the answers back that stood in the katas before; this interview's are kept."""
    for _, item, work in room.interview.state.each():
        if not work.kept:
            continue
        page.line()
        page.line(f"your answer from before the interview: {work.kept}")
        reply = ask(f"put it back into {item.data['answer']}? [y/N] ")
        if reply is None or reply.strip().lower() not in ("y", "yes"):
            continue
        try:
            page.line(f"it is back; the other one is {room.put_back(item, work)}")
        except OSError as error:
            page.line(f"not put back: {error.filename}: {error.strerror}")


def _predict(room: Room, page: Page, ask: Ask) -> None:
    if room.interview.state.predicted is not None:
        return
    while (line := ask("before you see it: your score, 0 to 100 (Enter: none)? ")) is not None:
        if not line.strip():
            return
        try:
            room.interview.predict(int(line))
        except ValueError:
            page.line("a whole number, such as 70")
        except Refused as error:
            page.line(str(error))
        else:
            return


def _mark(room: Room, page: Page, ask: Ask, where: tuple[int, int], item: Item) -> None:
    work = room.interview.state.works[where[0]][where[1]]
    open_ = [c for c in item.data["rubric"] if c["id"] not in work.marks]
    if not open_:
        return
    page.line()
    page.heading(item.title)
    for line in afterwards(item, work):
        page.line(line)
    if item.data["model"]:
        page.line("an example of an answer:")
        page.markdown(item.data["model"])
    page.line()
    page.line("your marks, 1 to 4; a p behind it says that a partner gave it (3p); Enter: none")
    for criterion in open_:
        page.line(criterion["title"])
        for mark, anchor in zip(MARKS, criterion["anchors"], strict=True):
            page.line(f"  {mark}  {anchor}")
        while (typed := ask("mark? ")) is not None and typed.strip():
            text = typed.strip().lower()
            by = "partner" if text.endswith("p") else "self"
            try:
                room.interview.mark(where, criterion["id"], int(text.rstrip("p ")), by)
            except (ValueError, Refused):
                page.line("a mark is 1, 2, 3 or 4")
            else:
                break


def afterwards(item: Item, work: Work) -> list[str]:
    """Return what is told about a talk when it is over: what belonged in, and what was missed."""
    lines = [
        f"points, {part}: {text}"
        for part, texts in item.data.get("points", {}).items()
        for text in texts
    ]
    lines += [f"a weak answer: {text}" for text in item.data.get("weak", [])]
    lines += [f"asked next: {text}" for text in item.data.get("probes", [])]
    lines += [f"a common mistake: {text}" for text in item.data.get("mistakes", [])]
    told = {name for _, _, names in work.asked for name in names}
    for fact in item.data.get("facts", []):
        lines.append(f"{'you asked' if fact['id'] in told else 'never asked'}: {fact['text']}")
    return lines


def _actions(room: Room, page: Page, ask: Ask) -> None:
    page.line()
    page.line("what will you work on? a line each; an empty one ends")
    while (typed := ask("- ")) is not None and typed.strip():
        room.interview.action(typed)
