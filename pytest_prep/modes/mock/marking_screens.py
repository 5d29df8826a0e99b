"""After the clock on a screen: prediction, the rubric's form, what to work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Label, Markdown, Static

from pytest_prep.content.rubric import MARKS
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.final import FinalJudging
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.marking import Talk, looking_back, own_words
from pytest_prep.modes.mock.panels import Keys, leave, listed
from pytest_prep.modes.mock.room import Room

#: Keeps what was typed; returns the lines to show until more is typed, None where that was all.
Keep = Callable[[str], list[str] | None]

#: Seconds between two looks at the judge.
_STEP = 0.25


class JudgingLine(Static):
    """Says what is being judged meanwhile, and takes the results."""

    def __init__(self, judging: FinalJudging) -> None:
        """Watch over ``judging``."""
        super().__init__("", classes="quiet", markup=False)
        self.judging = judging

    def on_mount(self) -> None:
        """Look now, and every moment from now on."""
        self.set_interval(_STEP, self.look)
        self.look()

    def look(self) -> None:
        """Take a result that is there; begin the next one."""
        try:
            self.judging.look()
        except NotWritten as error:
            words = str(error)
        else:
            words = self.judging.words
        self.update(words)
        self.display = bool(words)


class Typed(Screen[None]):
    """A question that is answered in a line, or in several; an empty one goes on."""

    AUTO_FOCUS = "Input"

    def __init__(
        self, about: str, question: str, keep: Keep, shown: list[str], judging: FinalJudging
    ) -> None:
        """Ask ``question`` below ``about``; ``shown`` stands there already."""
        super().__init__()
        self._about, self._question, self._keep = about, question, keep
        self._shown, self._judging = shown, judging

    def compose(self) -> ComposeResult:
        """The question, the field, what was kept."""
        yield Static(self._about, id="where", markup=False)
        with VerticalScroll(id="asked", can_focus=False):
            yield Label(self._question, classes="heading", markup=False)
            yield Input()
            yield Static("\n".join(self._shown), id="kept", markup=False)
            yield JudgingLine(self._judging)
        yield Static("", id="said", markup=False)
        yield Keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed, or go on."""
        if event.value != event.input.value:
            return  # a second Enter before the first was dealt with
        if not event.value.strip():
            leave(self, None)
            return
        try:
            shown = self._keep(event.value)
        except (Refused, NotWritten) as error:
            self.query_one("#said", Static).update(str(error))
            return
        event.input.value = ""
        self.query_one("#said", Static).update("")
        if shown is None:
            leave(self, None)
        else:
            self.query_one("#kept", Static).update("\n".join(shown))


class Waiting(Screen[None]):
    """Nothing is left to ask, and an answer is still being judged."""

    def __init__(self, about: str, judging: FinalJudging) -> None:
        """Wait for ``judging``."""
        super().__init__()
        self._about, self._judging = about, judging

    def compose(self) -> ComposeResult:
        """What is waited for."""
        yield Static(self._about, id="where", markup=False)
        yield JudgingLine(self._judging)

    def on_mount(self) -> None:
        """Go on by itself."""
        self.set_interval(_STEP, self._go_on)

    def _go_on(self) -> None:
        if not self._judging.now:
            leave(self, None)


#: Who gives a mark, in words.
WHO = {"self": "by yourself", "partner": "by a partner"}


class Criterion(Static):
    """A criterion with its anchors; a star marks the one that was chosen."""

    def __init__(self, criterion: Mapping[str, Any]) -> None:
        """Show it without a mark."""
        super().__init__()
        self._criterion = criterion

    def show(self, mark: tuple[int, str] | None, *, here: bool) -> None:
        """Show its mark; ``here``: whether the keys mark this one."""
        title = Text(self._criterion["title"], "bold")
        if mark:
            title.append(f" · {mark[0]}, {WHO[mark[1]]}", "not bold")
        whole = Table.grid(padding=(0, 1))
        whole.add_row("▸" if here else " ", title)
        for number, anchor in zip(MARKS, self._criterion["anchors"], strict=True):
            chosen = mark is not None and mark[0] == number
            sign = f"{'*' if chosen else ' '} {number}  "
            line = Table.grid()
            line.add_row(sign, Text(anchor, "bold" if chosen else ""))
            whole.add_row("", line)
        self.update(whole)


class Marks(Screen[str]):
    """A talk beside its rubric: each criterion is marked from 1 to 4; returns who marked last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "mark(1)", "mark", key_display="1-4"),
        *(Binding(str(mark), f"mark({mark})", show=False) for mark in MARKS[1:]),
        Binding("down", "move(1)", "criterion", key_display="↑↓"),
        Binding("up", "move(-1)", show=False),
        Binding("p", "partner", "who marks"),
        Binding("pagedown", "scroll(10)", "read", key_display="PgDn"),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("enter", "go_on", "go on", key_display="Enter"),
    ]

    def __init__(self, about: str, room: Room, talk: Talk, by: str, judging: FinalJudging) -> None:
        """Mark ``talk``; ``by`` is who marks at first."""
        super().__init__()
        self._about, self._room, self._talk, self._by = about, room, talk, by
        self._judging = judging
        self._here = talk.rubric.index(talk.unmarked[0])
        self._form = [Criterion(criterion) for criterion in talk.rubric]
        self._warned = False

    def compose(self) -> ComposeResult:
        """What was said and what belongs in; beside it the rubric."""
        talk = self._talk
        yield Static(self._about, id="where", markup=False)
        with Horizontal(id="body"):
            with VerticalScroll(id="problem", can_focus=False):
                yield Label(talk.item.title, classes="heading", markup=False)
                for heading, text in own_words(talk):
                    yield Label(heading, classes="heading", markup=False)
                    yield Static(text, markup=False)
                for heading, lines in looking_back(talk):
                    yield Label(heading, classes="heading", markup=False)
                    yield Static(listed(lines))
                if talk.item.data["model"]:
                    yield Label("an example of an answer", classes="heading")
                    yield Markdown(talk.item.data["model"])
            with VerticalScroll(id="work", can_focus=False):
                yield Static("", id="who", markup=False)
                yield from self._form
        yield Static("", id="said", markup=False)
        yield JudgingLine(self._judging)
        yield Keys()

    def on_mount(self) -> None:
        """Show the form."""
        self._show()

    def on_resize(self) -> None:
        """Keep the criterion in front in sight."""
        self.call_after_refresh(self._form[self._here].scroll_visible, animate=False)

    def _show(self, said: str = "") -> None:
        other = "self" if self._by == "partner" else "partner"
        who = f"the next marks are given {WHO[self._by]} (p: {WHO[other]})"
        # Keys can come faster than pictures: a screen may go away before its fields stand.
        for field, text in (("#who", who), ("#said", said)):
            for static in self.query(field).results(Static):
                static.update(text)
        marks = self._talk.work.marks
        for number, (criterion, block) in enumerate(
            zip(self._talk.rubric, self._form, strict=True)
        ):
            block.show(marks.get(criterion["id"]), here=number == self._here)
        self._form[self._here].scroll_visible(animate=False)

    def action_mark(self, mark: int) -> None:
        """Mark the criterion in front, and go to the next one without a mark."""
        said = ""
        try:
            criterion = self._talk.rubric[self._here]["id"]
            self._room.interview.mark(self._talk.where, criterion, mark, self._by)
        except NotWritten as error:
            said = str(error)
        else:
            open_ = [self._talk.rubric.index(entry) for entry in self._talk.unmarked]
            later = [number for number in open_ if number > self._here]
            self._here = next(iter(later or open_), self._here)
            if not open_:
                said = "all are marked: Enter goes on"
        self._show(said)

    def action_move(self, step: int) -> None:
        """Go to another criterion."""
        self._here = max(0, min(self._here + step, len(self._talk.rubric) - 1))
        self._show()

    def action_partner(self) -> None:
        """Say that the marks from now on are a partner's, or one's own again."""
        self._by = "self" if self._by == "partner" else "partner"
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Move what is read up or down."""
        for panel in self.query("#problem"):
            panel.scroll_relative(y=lines, animate=False)

    def action_go_on(self) -> None:
        """Leave the form, after a second Enter where marks are missing."""
        missing = len(self._talk.unmarked)
        if missing and not self._warned:
            self._warned = True
            self._show(f"{missing} of {len(self._form)} not marked: Enter again goes on")
        else:
            leave(self, self._by)
