"""Lines that are typed, or come through a pipe, while a clock runs beside them."""

from __future__ import annotations

import os
import select
import sys


class TypedLines:
    """Reads standard input a line at a time, and gives up waiting when asked to.

    The text layer of ``sys.stdin`` reads ahead, so that nobody can tell whether a line is there:
    this reads the descriptor itself.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        """Read from a descriptor, by default that of standard input."""
        self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
        self._rest = b""
        self._ended = False

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""
        return self._ended and not self._rest

    def next(self, seconds: float) -> str | None:
        """Return the next line without its end, None where none came in time or ever will."""
        while b"\n" not in self._rest and not self._ended:
            ready, _, _ = select.select([self._descriptor], [], [], seconds)
            if not ready:
                return None
            block = os.read(self._descriptor, 65536)
            self._ended = not block
            self._rest += block
        if not self._rest:
            return None
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")
