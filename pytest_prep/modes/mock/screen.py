"""The interview on a screen: the problem, the countdown, results on every save, keys below."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from pytest_prep.content.errors import ContentError
from pytest_prep.modes.mock import form
from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.editing import write_in_editor
from pytest_prep.modes.mock.interviewer import asks_back
from pytest_prep.modes.mock.journal import NotWritten
from pytest_prep.modes.mock.panels import Asked, Chosen, Results
from pytest_prep.modes.mock.runs import STEP, InterviewWithRuns


class InterviewApp(InterviewWithRuns):
    """One interview, from the clock's start to the report."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hint", "hint"),
        Binding("r", "run", "run"),
        Binding("e", "edit", "editor"),
        Binding("n", "move(1)", "next"),
        Binding("p", "move(-1)", "back"),
        Binding("o", "note", "note"),
        Binding("s", "submit", "hand in"),
        Binding("q", "quit", "quit"),
        Binding("escape", "away", "other keys"),
        # Before the screen's own, which is not shown.
        Binding("tab", "app.focus_next", "other panel", priority=True),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
        *(
            Binding(key, f"choose({number})", show=False)
            for number, letter in enumerate("abcdefgh")
            for key in ((str(number + 1),) if letter in "eh" else (letter, str(number + 1)))
        ),
    ]

    def on_mount(self) -> None:
        """Start the clock when the first picture is there."""
        self._listen_to_signals()
        # After Ctrl-Z and fg the terminal shows the shell's lines.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.call_after_refresh(self._begin)

    def _listen_to_signals(self) -> None:
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGTERM, self.action_leave)
            loop.add_signal_handler(signal.SIGINT, self.action_leave)
            loop.add_signal_handler(signal.SIGHUP, self._hung_up)

    def _hung_up(self) -> None:
        # The terminal is gone: there is nothing to restore.
        try:
            self._keep_note()
            self._keep_typed()
            self._drop_judging()
        finally:
            os._exit(129)

    async def _begin(self) -> None:
        ready = self.interview.state.phase == "ready"
        if ready:
            # The first picture is not at the candidate's cost.
            await self._refresh()
        try:
            self._say(self.interview.start() if ready else self.interview.back())
        except (ContentError, NotWritten) as error:
            self._say([str(error)])
        await self._refresh()
        self.set_interval(STEP, self._tick)

    # -- what time brings

    async def _tick(self) -> None:
        if self.interview.state.phase != "running" or self._exit:
            return
        if not isinstance(self.screen, (Asked, Chosen)) or self.interview.left <= 0:
            self._keep_typed()
        await self._do(self.interview.tick)
        if self.interview.state.phase == "running":
            self._countdown()
            try:
                self._look_at_judging()
            except NotWritten as error:
                self._say([str(error)])

    async def _do(self, command: Any, *args: Any) -> None:
        """Give a command to the interview, and show what came of it."""
        try:
            replies = command(*args)
        except (Refused, ContentError, NotWritten, OSError) as error:
            replies = [str(error)]
        self._say(replies or [])
        await self._refresh()
        if replies and self.interview.state.phase == "running":
            self._update_fields()

    # -- what is typed into fields

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember what is not in the journal yet."""
        # A field of the stage before may still have something to say.
        if event.text_area.name and event.text_area.is_attached:
            self._unsaved.texts[event.text_area.name] = event.text_area.text

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember a number that is not in the journal yet."""
        if event.input.name and event.input.is_attached:
            self._unsaved.numbers[event.input.name] = event.value

    def _keep_typed(self) -> None:
        """Put what was typed since the last look on the disk."""
        try:
            self._unsaved.keep(self.interview)
        except NotWritten as error:
            self._say([str(error)])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask the interviewer, or give a number."""
        if event.value != event.input.value:
            return  # a second Enter before the first was dealt with
        if event.input.id == "ask":
            await self._do(self.interview.ask, event.value)
            event.input.value = ""
        elif event.input.name:
            try:
                value = float(event.value)
            except ValueError:
                self._say(["a number, such as 860"])
                return
            await self._do(self.interview.estimate, event.input.name, value)

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something in this stage."""
        state = self.interview.state
        if state.phase != "running":
            return action == "leave"
        part = state.current_part
        if action in ("hint", "run"):
            return part.kind == "code"
        if action == "edit":
            return part.kind in ("code", "talk", "design") and bool(form.editor())
        if action == "away":
            return bool(self.screen_stack) and isinstance(self.focused, (Input, TextArea))
        if action == "choose":
            return part.kind == "choice"
        if action == "move":
            return len(part.items) > 1 and (parameters != (-1,) or part.order == "free")
        return True

    async def action_hint(self) -> None:
        """Take a hint; where nothing is left to mend, ask first."""
        cost = self.interview.state.next_hint
        if cost is None or not self._seen_accepted():
            await self._take_hint()
            return
        answers = {"y": f"take it, for {cost} points"}
        self.push_screen(Chosen("all is accepted: a hint?", answers), self._hint_wanted)

    async def _hint_wanted(self, key: str | None) -> None:
        if key == "y":
            await self._take_hint()

    async def _take_hint(self) -> None:
        await self._do(self.interview.hint)
        for results in self.query(Results):
            self.call_after_refresh(results.scroll_to_newest_hint)

    def action_run(self) -> None:
        """Judge what is saved now."""
        self._start_judging()

    async def action_move(self, step: int) -> None:
        """Go to the next or the previous item."""
        self._keep_typed()
        await self._do(self.interview.move, step)

    async def action_submit(self) -> None:
        """Hand in: after the interviewer's questions, and a y, as nothing is given back."""
        self._keep_typed()
        state = self.interview.state
        part = state.current_part
        if part.kind == "break" or asks_back(state):
            await self._do(self.interview.submit)
            return
        meaning = "hand in what is saved; it does not come back"
        if part.kind == "choice":
            missing = sum(work.chosen is None for work in state.works[state.part])
            meaning = f"hand in the whole stage, {missing} not answered"
        self.push_screen(Chosen("hand in?", {"y": meaning}), self._confirmed)

    async def _confirmed(self, key: str | None) -> None:
        if key == "y":
            await self._do(self.interview.submit)

    async def action_choose(self, number: int) -> None:
        """Choose an option; where several are right, choose it or take it back."""
        state = self.interview.state
        chosen = [number]
        if state.current.data["several"]:
            chosen = sorted({*(state.work.chosen or [])} ^ {number}) or [number]
        await self._do(self.interview.choose, chosen)
        if self.interview.state.phase == "running":
            self._update_fields()

    def action_scroll(self, lines: int) -> None:
        """Move the problem up or down; a panel that has the focus moves by itself."""
        self.query_one("#problem").scroll_relative(y=lines, animate=False)

    def action_note(self) -> None:
        """Keep a note."""
        self.push_screen(Asked("a note"), self._noted)

    async def _noted(self, text: str | None) -> None:
        if text and text.strip():
            await self._do(self.interview.note, text)

    async def action_edit(self) -> None:
        """Open the learner's editor; the clock goes on."""
        self._keep_typed()
        work = self.interview.state.work

        def write() -> list[str]:
            with self.suspend():
                return write_in_editor(self.interview, self.room.settings.root)

        await self._do(write)
        for name, text in work.answers.items():
            for area in self.query(f"TextArea[name={name}]").results(TextArea):
                area.text = text

    def action_away(self) -> None:
        """Leave a field: letters are keys again."""
        self.set_focus(None)

    async def action_quit(self) -> None:
        """Ask what quitting means."""
        answers = {
            "y": "stop the clock: what is there is judged",
            "l": "leave: go on later with pytest --mock-resume",
        }
        self.push_screen(Chosen("quit?", answers), self._quit)

    async def _quit(self, key: str | None) -> None:
        if key == "y":
            await self._do(self.interview.quit)
        elif key == "l":
            self.action_leave()

    def action_leave(self) -> None:
        """Go away; the interview can go on later."""
        self._close_dialogues()
        self._keep_typed()
        self._drop_judging()
        self.exit()
