"""Parts of the screen: the countdown, the results, the form of an answer, small questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input, Label, Static, TextArea

from pytest_prep.content.duration import clock_text

#: Shares of the time left below which the countdown changes its colour and its word.
AMBER, RED = 0.25, 0.1


def bar(share: float, width: int) -> str:
    """Return a bar of so many columns, filled to a share from 0 to 1."""
    full = round(width * share)
    return f"{'━' * full}{'─' * (width - full)}"


class Countdown(Static):
    """The time left as a number, a bar and a word."""

    def show(self, left: float, whole: float) -> None:
        """Show that so many seconds of so many are left."""
        share = max(0.0, min(1.0, left / whole)) if whole else 0.0
        level, word = ("calm", "")
        if left <= 0:
            level, word = "red", "the time is over"
        elif share <= RED:
            level, word = "red", "nearly over"
        elif share <= AMBER:
            level, word = "amber", "last quarter"
        self.set_class(level == "amber", "amber")
        self.set_class(level == "red", "red")
        told = f"{clock_text(left)} left" + (f" · {word}" if word else "")
        room = max(0, self.size.width - len(told) - 4)
        self.update(Text(f" {told}  {bar(share, room)}", no_wrap=True))


class Keys(Footer):
    """The keys; below each other where one line is too short for them."""

    def __init__(self) -> None:
        """Leave the palette of commands out."""
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Lay out; the style sheet says where the columns count."""
        yield from super().compose()
        self.styles.grid_size_columns = 3


def listed(lines: Sequence[str]) -> Table:
    """Return lines with a dash before each."""
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row("-", Text(line))
    return grid


class Results(VerticalScroll):
    """What the last run said, and the hints taken."""

    def compose(self) -> ComposeResult:
        """Lay out."""
        yield Label("result", classes="heading")
        yield Static("", id="result", markup=False)
        yield Static("", id="hints", markup=False)
        yield Static("", id="newest_hint", markup=False)
        yield Static("", id="hints_left", classes="quiet", markup=False)

    def show_run(self, lines: Sequence[str]) -> None:
        """Show the lines of a run."""
        self.query_one("#result", Static).update(Text("\n".join(lines)))

    def show_hints(self, hints: Sequence[tuple[int, str]], costs: Sequence[int]) -> None:
        """Show the hints taken, each with its cost, and what those to take cost."""
        texts = [
            Text.assemble("\n", (f"hint {number} (-{cost} points)\n", "bold"), hint)
            for number, (cost, hint) in enumerate(hints, 1)
        ]
        self.query_one("#hints", Static).update(Text("\n").join(texts[:-1]))
        self.query_one("#newest_hint", Static).update(Text("\n").join(texts[-1:]))
        left = f"\n{len(costs)} hint{'s' * (len(costs) != 1)} left, the next one for "
        self.query_one("#hints_left", Static).update(f"{left}{costs[0]} points" if costs else "")

    def scroll_to_newest_hint(self) -> None:
        """Put the hint taken last at the top."""
        self.scroll_to_widget(self.query_one("#newest_hint"), animate=False, top=True)


class Options(VerticalScroll):
    """The options of a question; a star marks the chosen ones."""

    def compose(self) -> ComposeResult:
        """Lay out."""
        yield Static("", id="options")

    def show(self, options: Sequence[Mapping[str, Any]], chosen: Sequence[int]) -> None:
        """Show the options with their letters."""
        grid = Table.grid(padding=(0, 1))
        for number, option in enumerate(options):
            style = "bold" if number in chosen else ""
            sign = f"{'*' if number in chosen else ' '} {chr(ord('a') + number)}"
            grid.add_row(Text(sign, style), Text(f"{option['text']}\n", style))
        last = chr(ord("a") + len(options) - 1)
        told = Text(f"a to {last} chooses; a star marks what you chose", "dim")
        self.query_one("#options", Static).update(Group(grid, told))


class Form(VerticalScroll, can_focus=False):
    """The parts of an answer, each in a field of its own."""

    def __init__(
        self,
        sections: Sequence[Mapping[str, Any]],
        answers: Mapping[str, str],
        estimates: Sequence[Mapping[str, Any]],
        given: Mapping[str, float],
        *,
        asks: bool,
    ) -> None:
        """Lay out the fields of one item."""
        super().__init__()
        self._sections, self._answers = sections, answers
        self._estimates, self._given, self._asks = estimates, given, asks

    def compose(self) -> ComposeResult:
        """One field a part."""
        if self._asks:
            with Vertical(classes="field"):
                yield Label("ask the interviewer (Enter)", classes="heading")
                yield Input(id="ask", placeholder="how many … per second?")
        yield Static("", id="told", markup=False)
        for section in self._sections:
            with Vertical(classes="field"):
                yield Label(section["title"], classes="heading", markup=False)
                yield TextArea(
                    self._answers.get(section["id"], ""),
                    name=section["id"],
                    placeholder=section["prompt"],
                    highlight_cursor_line=False,
                )
        for estimate in self._estimates:
            given = self._given.get(estimate["id"])
            with Vertical(classes="field"):
                yield Label(f"{estimate['question']} ({estimate['unit']})", markup=False)
                yield Input(
                    "" if given is None else f"{given:g}",
                    name=estimate["id"],
                    type="number",
                    classes="estimate",
                    placeholder="a number",
                )

    def on_descendant_focus(self) -> None:
        """Show the field that is typed into."""
        self.call_after_refresh(self.show_focused)

    def on_resize(self) -> None:
        """Show it still, where the panel has less room."""
        self.call_after_refresh(self.show_focused)

    def show_told(self, lines: Sequence[str]) -> None:
        """Show what the interviewer said; the field that is typed into stays in view."""
        told = self.query_one("#told", Static)
        told.update("\n".join(lines))
        told.display = bool(lines)
        self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Scroll to the field that has the focus, with its title."""
        for field in self.query(".field:focus-within"):
            self.scroll_to_widget(field, animate=False, force=True)


_T = TypeVar("_T")


def leave(screen: Screen[_T], result: _T) -> None:
    """Close a screen; once, however fast the keys come."""
    if screen.is_current:
        screen.dismiss(result)


class Asked(ModalScreen[str | None]):
    """A question with one line to type."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    def __init__(self, question: str) -> None:
        """Ask ``question``."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question over its field."""
        with Vertical(classes="dialogue"):
            yield Label(self._question, markup=False)
            yield Input()
            yield Label("Enter keeps it, Esc goes back", classes="quiet")

    def action_back(self) -> None:
        """Give nothing back."""
        leave(self, None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was typed."""
        leave(self, event.value)


class Chosen(ModalScreen[str | None]):
    """A question with keys for its answers."""

    def __init__(self, question: str, answers: Mapping[str, str]) -> None:
        """Ask ``question``; ``answers`` names what each key means."""
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical(classes="dialogue"):
            yield Label(self._question, markup=False)
            for key, meaning in self._answers.items():
                yield Label(f"{key}   {meaning}", markup=False)
            yield Label("Esc goes back", classes="quiet")

    def on_key(self, event: Any) -> None:
        """Give back the key of an answer; any other key but Esc does nothing."""
        event.stop()
        if event.key == "escape":
            leave(self, None)
        elif event.character in self._answers:
            leave(self, event.character)
