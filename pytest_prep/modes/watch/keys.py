"""The terminal: keys one by one, and its own ways back whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import sys
from types import TracebackType
from typing import Any

#: Arrows, function keys, Alt with a key: none of them means anything here.
_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z~]|O?.)?", re.DOTALL)
_END_OF_INPUT = "\x04"


class Keys:
    """Reads keys; without a terminal, lines, of which the first character counts."""

    def __init__(self, *, plain: bool) -> None:
        """Look at stdin; nothing about the terminal changes before ``with``."""
        self._one_by_one = not plain
        self._before: list[Any] | None = None
        self._rest = ""
        #: The descriptor to wait for, None where nobody types.
        self.handle: int | None = None
        try:
            self.handle = sys.stdin.fileno()
        except (OSError, ValueError, AttributeError):
            return

    def __enter__(self) -> Keys:
        """Take the terminal."""
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the terminal back as it was."""
        self.give_back()

    def take(self) -> None:
        """Have keys come at once and unseen; Ctrl-C and Ctrl-Z keep their meaning."""
        if not self._one_by_one or self.handle is None:
            return
        import termios
        import tty

        try:
            before = termios.tcgetattr(self.handle)
            tty.setcbreak(self.handle)
        except termios.error:
            self._one_by_one = False
            return
        if self._before is None:
            self._before = before

    def give_back(self) -> None:
        """Set the terminal as it was."""
        if self._before is None or self.handle is None:
            return
        import termios
        from contextlib import suppress

        # a terminal that was closed takes no settings
        with suppress(termios.error):
            termios.tcsetattr(self.handle, termios.TCSADRAIN, self._before)

    def read(self) -> list[str]:
        r"""Return the keys pressed: letters, ``\n`` for Enter, ``q`` at the terminal's end."""
        assert self.handle is not None
        try:
            piece = os.read(self.handle, 4096).decode(errors="replace")
        except OSError:
            piece = ""
        if not piece:
            self.handle = None
            # Piped input may end; a terminal that does is gone.
            return ["q"] if self._one_by_one else []
        if self._one_by_one:
            piece = _ESCAPES.sub("", piece)
            return ["q" if key == _END_OF_INPUT else key.replace("\r", "\n") for key in piece]
        *lines, self._rest = (self._rest + piece).split("\n")
        return [line.strip()[:1] or "\n" for line in lines]


def width() -> int:
    """Return the columns of the terminal, or of ``COLUMNS``; 80 where nobody tells."""
    return shutil.get_terminal_size().columns


def height() -> int:
    """Return the rows of the terminal, or of ``LINES``; 24 where nobody tells."""
    return shutil.get_terminal_size().lines
