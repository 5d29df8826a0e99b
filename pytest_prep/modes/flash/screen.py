"""A session on a screen: the card, the keys that are good now, and the summary."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widgets import Input, Static

from pytest_prep.modes.flash.drawing import THEME, drawn_card, drawn_keys, drawn_summary
from pytest_prep.modes.flash.editor import edit_card
from pytest_prep.modes.flash.page import KEYS, card_keys, grade_texts, where
from pytest_prep.modes.flash.state import Phase
from pytest_prep.modes.flash.summary import Summary, summarise, summary_text
from pytest_prep.progress.memory import GOOD
from pytest_prep.progress.store import StoreError

if TYPE_CHECKING:
    from pytest_prep.content.card import Card
    from pytest_prep.modes.flash.run import Desk
    from pytest_prep.modes.flash.session import FlashSession

#: Exit codes: finished or quit, interrupted.
_FINE, _INTERRUPTED = 0, 2


class FlashApp(App[int]):
    """The screen of a session."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = """
    Screen { background: ansi_default; color: ansi_default; }
    #where { height: 1; padding: 0 1; text-style: dim; }
    #card {
        height: 1fr; padding: 1 2; scrollbar-size-vertical: 1;
        scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default;
    }
    #content { max-width: 96; }
    #typed { display: none; border: round ansi_default; background: ansi_default; }
    #typed.asked { display: block; }
    #said { height: auto; padding: 0 1; text-style: italic; }
    #keys { height: auto; padding: 0 1; border-top: solid ansi_default; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", show=False),
        *(Binding(str(n), f"digit({n})", show=False) for n in range(1, 10)),
        Binding("k", "knew", show=False),
        Binding("g", "guessed", show=False),
        Binding("t", "type", show=False),
        Binding("u", "undo", show=False),
        Binding("s", "skip", show=False),
        Binding("b", "bury", show=False),
        Binding("x", "suspend_card", show=False),
        Binding("e", "edit", show=False),
        Binding("c", "go_on", show=False),
        Binding("escape", "escape", show=False),
        Binding("down", "scroll(0.2)", show=False),
        Binding("up", "scroll(-0.2)", show=False),
        Binding("pagedown", "scroll(0.9)", show=False),
        Binding("pageup", "scroll(-0.9)", show=False),
        Binding("question_mark", "keys", show=False),
        Binding("q", "leave", show=False),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
    ]

    def __init__(self, session: FlashSession, desk: Desk) -> None:
        super().__init__(ansi_color=True)
        self.session, self.desk = session, desk
        self._keys_shown = False
        self._summary: Summary | None = None
        self._leeches: list[Card] = []

    def compose(self) -> ComposeResult:
        """Lay out a line of facts, the card, a line to type in, and the keys."""
        yield Static(id="where")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="content")
        yield Input(id="typed", placeholder="your answer; Enter compares, Escape leaves")
        yield Static(id="said")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Show the first card, and the time as it passes."""
        self.console.push_theme(THEME)
        self.query_one("#typed", Input).can_focus = False
        self.query_one("#said").display = False
        self.set_interval(1, self._show_where)
        self.show()

    def on_resize(self) -> None:
        """Break the line of keys anew."""
        self.call_after_refresh(self._show_keys)

    # -- showing

    def show(self, said: str = "") -> None:
        """Show where the session stands, with a line that something is to be said about."""
        over = self.session.phase is Phase.OVER
        if not over:
            self._summary = None
        elif self._summary is None:
            self._summary = summarise(self.session, self.desk.goal)
            answered = {card for card, _ in self.session.answers}
            self._leeches = [card for card in self._summary.leeches if card.id in answered]
        if self._keys_shown:
            content: RenderableType = Text(KEYS)
        elif self._summary is not None:
            content = drawn_summary(self.session, self._summary, self._leeches[:1])
        else:
            content = drawn_card(self.session)
        self.query_one("#content", Static).update(content)
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self._show_keys()
        self.call_after_refresh(self._show_keys)
        line = self.query_one("#said", Static)
        line.display = bool(said)
        line.update(Text(said))
        self._show_where()

    def _show_keys(self) -> None:
        pairs = self._keys()
        if self.query_one("#card", VerticalScroll).max_scroll_y > 0:
            pairs.append(("↑↓", "scroll"))
        self.query_one("#keys", Static).update(drawn_keys(pairs, self.size.width - 2))

    def _show_where(self) -> None:
        over = self.session.phase is Phase.OVER
        self.query_one("#where", Static).update(Text("done" if over else where(self.session)))

    def _keys(self) -> list[tuple[str, str]]:
        session = self.session
        if self._keys_shown:
            return [("any key", "back to the card")]
        if session.phase is Phase.OVER:
            pairs = [("Enter", "ends"), ("u", "undo")]
            if session.can_go_on:
                pairs.insert(1, ("c", "goes on, though the time is up"))
            if self._leeches:
                pairs[:0] = [("x", "suspends the leech"), ("e", "edits it"), ("s", "leaves it")]
            return pairs
        return card_keys(session)

    # -- doing

    def _saved(self, step: Callable[[], Any], said: str = "") -> None:
        """Do a step that writes; where it cannot be kept, say so and stay."""
        try:
            step()
        except StoreError as error:
            said = f"not saved: {error}; the card stays, try again"
        self.show(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the line that is typed in, and to the list of keys while it is shown."""
        if self.query_one("#typed").has_class("asked"):
            return action in ("escape", "interrupt")
        return not self._keys_shown or action == "interrupt"

    def on_key(self, event: Key) -> None:
        """Go back from the list of keys."""
        if self._keys_shown:
            event.stop()
            event.prevent_default()
            self._keys_shown = False
            self.show()

    def action_scroll(self, pages: float) -> None:
        """Move a long card up or down."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=pages * card.size.height, animate=False)

    def action_reveal(self) -> None:
        """Show the answer; then take it for good; in the end leave."""
        phase = self.session.phase
        if phase is Phase.OVER:
            self.action_leave()
        elif phase is Phase.QUESTION:
            self.session.reveal()
            self.show()
        else:
            self._saved(lambda: self.session.grade(GOOD))

    def action_digit(self, number: int) -> None:
        """Choose an option, or grade."""
        session = self.session
        if session.phase is Phase.QUESTION and session.shown.options:
            self._saved(lambda: session.choose(number))
        elif session.card and number in grade_texts(session):
            self._saved(lambda: session.grade(number))

    def action_knew(self) -> None:
        """Say that a right choice was known."""
        if self.session.phase is Phase.RIGHT:
            self._saved(self.session.knew)

    def action_guessed(self) -> None:
        """Say that a right choice was guessed."""
        if self.session.phase is Phase.RIGHT:
            self._saved(self.session.guessed)

    def action_type(self) -> None:
        """Open the line to type an answer in."""
        if self.session.phase is Phase.QUESTION and not self.session.shown.options:
            line = self.query_one("#typed", Input)
            line.value = ""
            line.add_class("asked")
            line.can_focus = True
            line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare what was typed."""
        self._close_line()
        self._saved(lambda: self.session.type(event.value))

    def action_escape(self) -> None:
        """Leave the line that is typed in."""
        self._close_line()

    def _close_line(self) -> None:
        line = self.query_one("#typed", Input)
        line.remove_class("asked")
        line.can_focus = False
        self.set_focus(None)

    def action_undo(self) -> None:
        """Take the last step back."""
        before = len(self.session.answers), self.session.card
        self._saved(self.session.undo)
        if before == (len(self.session.answers), self.session.card):
            self.show("there is nothing to undo")

    def action_skip(self) -> None:
        """Leave the card out of this session, or a leech as it is."""
        if self.session.phase is Phase.OVER:
            self._leeches = self._leeches[1:]
        else:
            self.session.skip()
        self.show()

    def action_bury(self) -> None:
        """Put the card aside until tomorrow."""
        if self.session.card:
            self._saved(self.session.bury, "buried until tomorrow; u takes it back")

    def action_suspend_card(self) -> None:
        """Put the card, or the leech, aside."""
        if self.session.card:
            self._saved(self.session.suspend, "suspended; u takes it back")
        elif self._leeches:
            card, self._leeches = self._leeches[0], self._leeches[1:]
            self._saved(lambda: self.session.history.suspend(card.id), "suspended")

    def action_edit(self) -> None:
        """Edit the card, or the leech."""
        card = self.session.card or next(iter(self._leeches), None)
        if card is None:
            return
        with suppress(SuspendNotSupported), self.suspend():
            edited, seconds, said = edit_card(card, self.desk)
            self.session.away(seconds)
            if edited is not None:
                self.session.replace_card(edited)
            self.call_after_refresh(self.show, said)

    def action_go_on(self) -> None:
        """Go on although the time is up."""
        if self.session.can_go_on:
            self.session.go_on()
            self.show()

    def action_keys(self) -> None:
        """Show the keys."""
        self._keys_shown = True
        self.show()

    def action_leave(self) -> None:
        """End the session."""
        self.exit(_FINE)

    def action_interrupt(self) -> None:
        """End the session as an interrupted run."""
        self.exit(_INTERRUPTED)


def run_screen(session: FlashSession, desk: Desk) -> int:
    """Show the session until it ends; the summary stays in the terminal."""
    status = FlashApp(session, desk).run()
    width = shutil.get_terminal_size().columns - 1
    sys.stdout.write(summary_text(summarise(session, desk.goal), bars=True, width=width))
    return _INTERRUPTED if status is None else status
