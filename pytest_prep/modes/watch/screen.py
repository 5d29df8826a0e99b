"""What is seen: a screen that is drawn anew with each verdict, or lines that stay."""

from __future__ import annotations

import io
import math
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from _pytest._io import TerminalWriter
from _pytest._io.wcwidth import wcswidth
from _pytest.config import create_terminal_writer

from pytest_prep.modes.watch.keys import height, width

if TYPE_CHECKING:
    import pytest

#: Writes something.
Picture = Callable[[TerminalWriter], None]

_CLEAR = "\x1b[H\x1b[2J"
_CLEAR_LINE = "\r\x1b[2K"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

#: What is offered, by importance; as many as fit stand in the last line.
KEYS = ("Enter again", "h hint", "r review", "n next", "l list", "q quit", "? keys")
#: Rows of the first picture that are shown whatever stands below it.
LEAST = 6
_SHORT = ("h hint", "n next", "q quit", "? keys")


class Gone(Exception):
    """Nobody reads any more what is written."""


class Screen:
    """The terminal, or whatever stdout is."""

    def __init__(self, config: pytest.Config, *, plain: bool) -> None:
        """``plain`` is for lines: nothing is ever taken back."""
        self.plain = plain
        self.colour: bool = create_terminal_writer(config, sys.stdout).hasmarkup
        self._pictures: list[Picture] = []
        self._status = ""

    def show(self, picture: Picture, *below: Picture, status: str = "") -> None:
        """Show a picture, with others below, in place of all; as lines, after them.

        On a terminal with fewer rows the first one is cut off. ``status`` says what is going on.
        """
        self._pictures = [picture, *below]
        if self.plain:
            self._write("".join(map(self._drawn, self._pictures)))
        else:
            self._status = status
            self.redraw()

    def add(self, picture: Picture) -> None:
        """Show a picture below the others."""
        self._pictures.append(picture)
        before = "" if self.plain else _CLEAR_LINE
        self._write(before + self._drawn(picture) + self._last_line())

    def redraw(self, *, whole: bool = False) -> None:
        """Draw everything anew for the terminal's size; ``whole`` leaves nothing out."""
        if self.plain:
            return
        first, *below = [self._drawn(picture) for picture in self._pictures] or [""]
        rest = "".join(below)
        if not whole:
            room = height() - 1 - rows(rest.splitlines(), width())
            first = cut(first, width(), max(room, LEAST))
        self._write(_CLEAR + first + rest + self._last_line())

    def busy(self, text: str) -> None:
        """Say what is going on in the last line, until something else is shown."""
        self._status = text
        if not self.plain:
            self._write(_CLEAR_LINE + self._last_line())

    def leave(self) -> None:
        """Take the last line away."""
        if not self.plain:
            self._write(_CLEAR_LINE)

    def _drawn(self, picture: Picture) -> str:
        text = io.StringIO()
        writer = TerminalWriter(text)
        writer.hasmarkup = self.colour
        writer.fullwidth = width()
        picture(writer)
        return text.getvalue()

    def _last_line(self) -> str:
        if self.plain:
            return ""
        text = self._status or offered(width())
        writer = TerminalWriter(io.StringIO())
        writer.hasmarkup = self.colour
        return writer.markup(text[: width() - 1], light=True)

    def _write(self, text: str) -> None:
        data = memoryview(text.encode(sys.stdout.encoding or "utf-8", "replace"))
        try:
            sys.stdout.flush()
            while data:
                data = data[os.write(sys.stdout.fileno(), data) :]
        except OSError as error:
            raise Gone from error


def offered(columns: int) -> str:
    """Return the line of keys, without those that there is no room for."""
    whole = " · ".join(KEYS)
    return whole if len(whole) < columns else " · ".join(_SHORT)


def judging(path: str) -> str:
    """Return what is said while the kata in the folder ``path`` is judged."""
    return f"judging {path.rpartition('/')[2]} …"


def rows(lines: Iterable[str], columns: int) -> int:
    """Return how many rows of a terminal some lines take."""
    widths = (wcswidth(_COLOURS.sub("", line.expandtabs())) for line in lines)
    return sum(max(1, math.ceil(wide / columns)) for wide in widths)


def cut(text: str, columns: int, room: int) -> str:
    """Return as many lines as ``room`` rows hold, the last one saying how many are left out."""
    lines = text.splitlines()
    if rows(lines, columns) <= room:
        return text
    kept = len(lines)
    while rows(lines[:kept], columns) >= room:
        kept -= 1
    return "\n".join([*lines[:kept], f"… {len(lines) - kept} more lines · a shows them"]) + "\n"
