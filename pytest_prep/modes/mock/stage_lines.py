"""What plain lines show of a stage: the problem, what can be written, the commands that fit."""

from __future__ import annotations

from pytest_prep.content.duration import clock_text
from pytest_prep.modes.mock.interviewer import told_so_far
from pytest_prep.modes.mock.own_tests import asked_for_tests
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.state import State
from pytest_prep.report.page import Page


def show_stage(page: Page, state: State) -> None:
    """Show the stage in front: its title, what to say and to ask, the item, the commands."""
    part = state.current_part
    page.line()
    number = f"stage {state.part + 1} of {len(state.paper.parts)}: "
    page.heading(
        f"{number if len(state.paper.parts) > 1 else ''}{part.title} · {clock_text(part.time)}"
    )
    for prompt in part.say:
        page.line(f"say aloud: {prompt}")
    for prompt in part.ask:
        page.line(f"ask the interviewer: {prompt}")
    page.line()
    if part.items:
        show_item(page, state)
    page.line(commands(state))


def show_item(page: Page, state: State) -> None:
    """Show the item in front."""
    part, item = state.current_part, state.current
    if len(part.items) > 1:
        page.line(f"{state.item + 1} of {len(part.items)}")
    page.markdown(item.text)
    page.line()
    if part.kind == "code":
        data = item.data
        page.line(f"{data['level']}, {item.minutes:g} minutes · write {data['answer']}")
        if part.tests:
            page.line(asked_for_tests(item))
    elif part.kind == "choice":
        for number, option in enumerate(item.data["options"]):
            mark = "*" if state.work.chosen and number in state.work.chosen else " "
            page.line(f"{mark} {chr(ord('a') + number)}  {option['text']}")
    else:
        for section in item.data["sections"]:
            page.line(f"{section['id']}: {section['prompt']}")
        for estimate in item.data.get("estimates", []):
            page.line(f"estimate {estimate['id']}: {estimate['question']} (in {estimate['unit']})")
        for line in told_so_far(state):
            page.line(line)


def commands(state: State) -> str:
    """Return the commands that fit the item in front, in one line."""
    part = state.current_part
    if part.kind == "break":
        own = ["s ends the break"]
    elif part.kind == "code":
        hints = state.paper.hints and state.current.data["hints"]
        own = [*(["h hint"] if hints else []), "r run", "s submit", "e edit"]
    elif part.kind == "choice":
        own = ["a, b, c … choose (several: ac)", "s hand in all"]
    else:
        asks = ["ask QUESTION", "estimate NAME NUMBER"] if part.kind == "design" else []
        own = [*asks, how_to_write(state.current), "e edit", "s done"]
    if len(part.items) > 1:
        own += ["n next"] if part.order == "fixed" else ["n next", "p previous"]
    return " · ".join([*own, "o NOTE", "show", "t time", "q quit", "? help"])


def how_to_write(item: Item) -> str:
    """Return how a part of an answer is written."""
    first, *others = (section["id"] for section in item.data["sections"])
    return f"PART text (such as: {first} …)" if others else f"{first} text"
