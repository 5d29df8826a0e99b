"""What the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.modes.watch.entry import to_turn_to
from pytest_prep.report.watch import counts, show_list, show_task

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

    from pytest_prep.modes.watch.loop import Loop

_HELP = (
    ("Enter", "judge the kata at hand again"),
    ("h", "the next hint"),
    ("r", "a review of the answer"),
    ("n", "the next kata: red ones first, then those to do"),
    ("l", "all katas with their verdicts"),
    ("a", "all lines, where some had no room on the screen"),
    ("q", "end; so does Ctrl-C"),
)


class Commands:
    """The keys of one session."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._does = {
            "\n": self._again,
            "h": self._hint,
            "r": self._review,
            "n": self._next,
            "l": self._list,
            "a": self._all,
            "q": self._quit,
            "?": self._help,
        }

    def press(self, key: str) -> None:
        """Do what a key stands for; others do nothing."""
        action = self._does.get(key.lower())
        if action is not None:
            action()

    def _again(self) -> None:
        if self._loop.front is not None:
            self._loop.mark(self._loop.front)

    def _hint(self) -> None:
        self._loop.run_mode("hint")

    def _review(self) -> None:
        self._loop.run_mode("review")

    def _next(self) -> None:
        loop = self._loop
        others = to_turn_to(loop.selected())
        if not others:
            loop.screen.add(lambda tw: tw.line("every selected kata is accepted"))
            return
        here = others.index(loop.front) if loop.front in others else -1
        loop.front = others[(here + 1) % len(others)]
        loop.show_front()

    def _list(self) -> None:
        loop = self._loop
        lines = [entry.line(loop.typed) for entry in loop.selected()]
        loop.screen.show(
            lambda tw: show_list(tw, lines),
            lambda tw: tw.line(counts(line.status for line in lines)),
        )

    def _all(self) -> None:
        self._loop.screen.redraw(whole=True)

    def _quit(self) -> None:
        self._loop.status = 0

    def _help(self) -> None:
        loop = self._loop

        def picture(tw: TerminalWriter) -> None:
            for key, words in _HELP:
                tw.line(f"{key:<6} {words}")
            if loop.front is not None:
                tw.line()
                show_task(tw, loop.front.line(loop.typed))

        loop.screen.show(picture)
