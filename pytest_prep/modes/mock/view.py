"""What an interview looks like on a screen: where one stands, the time, the work, what was said."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from rich.console import Group
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Markdown, Static

from pytest_prep.content.duration import clock_text
from pytest_prep.modes.mock.afterwards import afterwards
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.interviewer import told_so_far
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.judge import Judging
from pytest_prep.modes.mock.marking import Finished
from pytest_prep.modes.mock.own_tests import asked_for_tests
from pytest_prep.modes.mock.panels import Asked, Countdown, Form, Keys, Options, Results, listed
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.mock.unsaved import Unsaved
from pytest_prep.report.interview_run import told


class InterviewView(App[Finished]):
    """The screen, without its keys; returns the finished interview, None where one went away."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "tiny"), (60, "narrow"), (100, "wide")]  # noqa: RUF012 - as App declares it
    CSS_PATH = "screen.tcss"
    TITLE = "pytest-prep"
    # Otherwise a field would take the letter keys whenever a question closes.
    AUTO_FOCUS = ""

    def __init__(self, room: Room) -> None:
        """Set up; nothing is shown yet."""
        # The terminal's own colours: they read well on light and dark ones.
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.room = room
        self.interview = room.interview
        self._shown: tuple[int, int] | None = None
        self._judging: tuple[Judging, tuple[int, int], int, float] | None = None
        self._judged_saves = 0
        #: Whether a run was asked for while there was no answer's file.
        self._missing = False
        #: What was typed since the last look: texts by part, numbers by estimate.
        self._unsaved = Unsaved()
        #: Why the end could not be kept.
        self.trouble: NotWritten | None = None

    def compose(self) -> ComposeResult:
        """Lay out: where one stands, the time, the work, what was said, the keys."""
        yield Static("", id="where", markup=False)
        yield Countdown(id="countdown")
        with Horizontal(id="body"):
            with VerticalScroll(id="problem", can_focus=False):
                yield Markdown("", id="text")
                yield Static("", id="prompts", markup=False)
            yield Container(id="work")
        yield Static("", id="said", markup=False)
        yield Keys()

    async def _refresh(self) -> None:
        """Show the item in front, if it is another one than before."""
        state = self.interview.state
        if state.phase not in ("ready", "running"):
            self._drop_judging()
            self._close_dialogues()
            self.run_worker(self._after_the_clock(), group="afterwards", exclusive=True)
            return
        part = state.current_part
        here = (state.part, state.item)
        if here == self._shown:
            return
        self._drop_judging()
        self._shown, self._judged_saves, self._missing = here, 0, False
        self._unsaved = Unsaved()
        count = len(state.paper.parts)
        stage = f"stage {state.part + 1} of {count}: " if count > 1 else ""
        item = f" · {state.item + 1} of {len(part.items)}" if len(part.items) > 1 else ""
        about = f"{state.paper.title} · {stage}{part.title}{item}"
        self.query_one("#where", Static).update(about)
        self.query_one("#prompts", Static).update(self._prompts())
        body = self.query_one("#body")
        body.set_class(part.kind == "choice", "choice")
        body.set_class(part.kind in ("talk", "design"), "writing")
        text = state.current.text if part.items else "Take a break. `s` ends it."
        await self.query_one("#text", Markdown).update(text)
        self.query_one("#problem").scroll_home(animate=False)
        work = self.query_one("#work", Container)
        await work.remove_children()
        await work.mount(*self._fields())
        self._update_fields()
        self._countdown()
        # A story or a design is typed at once; Esc makes letters keys.
        fields = self.query("#ask, Form TextArea")
        self.set_focus(fields.first() if fields else None)
        self.refresh_bindings()

    def _keep_note(self) -> None:
        """Keep a note that was begun as it is."""
        if isinstance(self.screen, Asked):
            for field in self.screen.query(Input):
                with suppress(NotWritten, Refused):  # an empty one is refused
                    self.interview.note(field.value)

    def _close_dialogues(self) -> None:
        """Leave a small question."""
        self._keep_note()
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()

    async def _after_the_clock(self) -> None:
        try:
            self.exit(await afterwards(self, self.room))
        except NotWritten as error:
            self.trouble = error
            self.exit()

    def _prompts(self) -> Group:
        """What stands below a problem: about the kata, and what to say and to ask."""
        state, part = self.interview.state, self.interview.state.current_part
        shown: list[Any] = []
        if part.kind == "code":
            data = state.current.data
            shown.append(Text(f"{data['level']}, {state.current.minutes:g} minutes", "dim"))
            if part.tests:
                shown.append(Text(asked_for_tests(state.current)))
        for heading, lines in (("say aloud", part.say), ("ask the interviewer", part.ask)):
            if lines:
                shown += [Text(f"\n{heading}", "bold"), listed(lines)]
        return Group(*shown)

    def _fields(self) -> list[Any]:
        part = self.interview.state.current_part
        if part.kind == "code":
            return [Results()]
        if part.kind == "choice":
            return [Options()]
        if part.kind in ("talk", "design"):
            item, work = self.interview.state.current, self.interview.state.work
            asks = part.kind == "design"
            estimates = item.data.get("estimates", [])
            sections = item.data["sections"]
            return [Form(sections, work.answers, estimates, work.estimates, asks=asks)]
        return []

    def _update_fields(self) -> None:
        state = self.interview.state
        part = state.current_part
        if part.kind == "code":
            item, work = state.current, state.work
            costs = state.paper.hints[: len(work.hints)]
            results = self.query_one(Results)
            results.show_hints(
                list(zip(costs, item.data["hints"], strict=False)),
                state.paper.hints[len(costs) :],
            )
            ran = [run for run in work.runs if run.verdicts]
            if self._judging is None and ran and ran[-1].verdicts:
                shown = told(ran[-1].verdicts, state.paper.reveal)
                at = f"run {ran[-1].number}, at {clock_text(ran[-1].at)}"
                results.show_run([at, "", *shown])
            elif not work.runs:
                results.show_run([f"write {item.data['answer']}", "it is judged on every save"])
        elif part.kind == "choice":
            self.query_one(Options).show(state.current.data["options"], state.work.chosen or [])
        elif part.kind in ("talk", "design"):
            self.query_one(Form).show_told(told_so_far(state))

    def _countdown(self) -> None:
        part = self.interview.state.current_part
        left = min(self.interview.left, self.interview.left_of_part)
        for countdown in self.query(Countdown):  # none any more while the screen is taken down
            countdown.show(left, part.time)

    def _say(self, lines: list[str]) -> None:
        """Show what was said last; a hint's text stands beside the result already."""
        if lines:
            shown = [line.split(":")[0] if line.startswith("hint ") else line for line in lines]
            for said in self.query("#said").results(Static):
                said.update("\n".join(shown[-3:]))

    def _unsay(self) -> None:
        """Take back what was said last: it holds no more."""
        self.query_one("#said", Static).update("")

    def _drop_judging(self) -> None:
        if self._judging is not None:
            self._judging[0].close()
            self._judging = None
