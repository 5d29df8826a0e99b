"""The report of an interview on a screen, and the way back to the answers from before."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from pytest_prep.modes.mock.marking import Finished, kept_answers
from pytest_prep.modes.mock.panels import Chosen, Keys, bar, leave
from pytest_prep.modes.mock.room import Room
from pytest_prep.report.interview_text import text_report


class Report(Screen[None]):
    """The score, how every point came about, and where the report is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "read", key_display="↑↓"),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("b", "put_back", "old answer back"),
        Binding("q", "leave", "leave"),
        Binding("enter,escape", "leave", show=False),
    ]

    def __init__(self, room: Room, finished: Finished) -> None:
        """Show ``finished``."""
        super().__init__()
        self._room, self._finished = room, finished
        self._kept = kept_answers(room.interview.state)

    def compose(self) -> ComposeResult:
        """The report above the keys."""
        with VerticalScroll(id="report", can_focus=False):
            yield Static("", id="text")
        yield Static("", id="said", markup=False)
        yield Keys()

    def on_resize(self) -> None:
        """Fit the report to the width."""
        for static in self.query("#text").results(Static):
            static.update(self._text(self.size.width - 3))

    def _text(self, width: int) -> Text:
        result = self._finished.result
        score = result["self_score"] if result["score"] is None else result["score"]
        head, rest = text_report(result, width).split("\n\n", 1)
        text = Text()
        text.append(f"{head}\n\n", "bold")
        if score is not None:
            text.append(f"{bar(score / 100, width)}\n", "green" if result["passed"] else "yellow")
        for line in rest.split("\n"):
            text.append(f"{line}\n", "bold" if line.startswith("== ") else "")
        about = [self._finished.calibration, *self._finished.told]
        about += [f"your answer from before the interview: {work.kept}" for _, work in self._kept]
        text.append("\n".join(line for line in about if line))
        return text

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something."""
        return bool(self._kept) if action == "put_back" else True

    def action_scroll(self, lines: int) -> None:
        """Move the report up or down."""
        for panel in self.query("#report"):
            panel.scroll_relative(y=lines, animate=False)

    def action_put_back(self) -> None:
        """Ask which answer from before comes back."""
        answers = {
            str(number): item.data["answer"] for number, (item, _) in enumerate(self._kept[:9], 1)
        }
        question = "which answer from before the interview comes back?"
        self.app.push_screen(Chosen(question, answers), self._put_back)

    def _put_back(self, key: str | None) -> None:
        if key is not None:
            told = self._room.put_back(*self._kept[int(key) - 1])
            self.query_one("#said", Static).update(told)

    def action_leave(self) -> None:
        """Back to the shell."""
        leave(self, None)
