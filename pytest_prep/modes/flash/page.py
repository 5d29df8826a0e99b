"""What is shown of a card, in parts: a screen and plain lines show the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pytest_prep.content.card import Card, without_comments
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Phase
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.memory import AGAIN

GRADES = {1: "again", 2: "hard", 3: "good", 4: "easy"}

KEYS = """\
Space, Enter  show the answer; after it: good
1 2 3 4       grade the answer: again, hard, good, easy
1 … 9         choose an option of a multiple-choice card
k, g          after a right choice: knew it, guessed it
t             type the answer first; its points are looked for, and you grade it
u             undo the last step, also on the last screen
s             skip: not in this session
b             bury: not before tomorrow
x             suspend: not before --flash-unsuspend
e             edit the card in $EDITOR
q             quit; everything graded is saved already"""

Style = Literal["question", "text", "line", "reason", "option", "right", "wrong", "label", "note"]


class Part(NamedTuple):
    """A piece of a card: Markdown, but for labels and notes."""

    style: Style
    text: str


def front(session: FlashSession) -> Iterator[Part]:
    """Yield the question, with its options where it has some."""
    card = session.shown
    if session.edited:
        yield Part("note", "edited since you last saw it")
    if session.is_second_look:
        yield Part("note", "a second look: it was not known before")
    yield Part("question", card.masked(card.question))
    if card.prompt:
        yield Part("text", without_comments(card.masked(card.prompt)))
    if session.phase is Phase.QUESTION:
        for number, option in enumerate(session.options, 1):
            yield Part("option", f"{number}  {option.text}")


def back(session: FlashSession) -> Iterator[Part]:
    """Yield the answer, and what belongs to it."""
    card = session.shown
    if session.typed:
        yield Part("label", "You wrote")
        yield Part("text", session.typed)
        points = session.points
        if points:
            found = sum(ok for _, ok in points)
            yield Part("note", f"{found} of {len(points)} points found; you grade")
            for name, ok in points:
                yield Part("right" if ok else "wrong", f"{'found' if ok else 'not found'}  {name}")
    if card.kind == "choice":
        yield from _options(session)
    elif card.kind == "cloze":
        yield Part("label", "Answer")
        if "{{c" in card.question:
            yield Part("text", card.filled(card.question))
        if "{{c" in card.prompt:
            yield Part("text", without_comments(card.filled(card.prompt)))
    else:
        yield Part("label", "Answer")
        yield Part("text", without_comments(card.answer))
    yield from _more(card, [path for kata in card.katas if (path := session.kata_path(kata))])


def _options(session: FlashSession) -> Iterator[Part]:
    if session.chosen is not None:
        if session.chosen.right:
            yield Part("right", "right; did you know it, or guess?")
        else:
            yield Part("wrong", "wrong; it counts as again")
    for number, option in enumerate(session.options, 1):
        mark: Style = "right" if option.right else "wrong"
        yours = "  (your choice)" if option == session.chosen else ""
        yield Part(mark, f"{mark}  {number}  {option.text}{yours}")
        if option.reason:
            yield Part("reason", without_comments(option.reason))


def _more(card: Card, katas: Sequence[str]) -> Iterator[Part]:
    for label, text in (
        ("Why", card.why),
        ("Example", card.example),
        ("In an interview", card.spoken),
    ):
        if text:
            yield Part("label", label)
            yield Part("text", without_comments(text))
    if katas:
        yield Part("label", "Katas")
        yield from (Part("line", f"pytest {path}") for path in katas)
    if card.references:
        yield Part("label", "Read")
        yield from (Part("line", reference) for reference in card.references)


def due_text(day: date) -> str:
    """Return a study day as one says it: tomorrow, in 9 days, 24 Feb."""
    today = study_day(now())
    days = (day - today).days
    if days < 1:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < 31:
        return f"in {days} days"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def grade_texts(session: FlashSession) -> dict[int, str]:
    """Return for each grade that can be given its key's text, with the next date."""
    if session.phase is Phase.WRONG:
        return {}
    dates = session.history.next_dates(session.shown.id)
    texts = {g: f"{name} · {due_text(dates[g])}" for g, name in GRADES.items()}
    if session.phase is Phase.RIGHT:
        names = {2: "guessed", 3: "knew it", 4: "easy"}
        return {g: f"{name} · {due_text(dates[g])}" for g, name in names.items()}
    texts[AGAIN] = "again · later today"
    return texts


def card_keys(session: FlashSession) -> list[tuple[str, str]]:
    """Return the keys that are good now, each with what it does."""
    if session.phase is Phase.QUESTION:
        options = len(session.shown.options)
        first = (f"1-{options}", "choose") if options else ("Space", "shows the answer")
        more = [] if options else [("t", "types it")]
        return [first, *more, ("s", "skip"), ("u", "undo"), ("?", "keys"), ("q", "quit")]
    grades = [(str(grade), text) for grade, text in grade_texts(session).items()]
    return grades or [("Enter", "goes on")]


def where(session: FlashSession) -> str:
    """Return which card this is, and the time spent."""
    card = session.shown
    place = (
        f"again, {session.waiting} more wait"
        if session.is_second_look
        else f"card {session.number} of {len(session.plan.cards)}"
    )
    time = f"{clock(session.seconds)} of {clock(session.limits.minutes * 60)}"
    return f"{place} · {time} · {card.category} · {card.level}"


def clock(seconds: float) -> str:
    """Return minutes and seconds: 2:05."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"
