"""What a child may use, and how its run ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Bytes of output that are kept and shown.
KEPT = 10**6
#: Bytes of output after which a child is killed.
FLOOD = 64 * 10**6
#: Bytes that a child may hand back as its result.
LARGEST_RESULT = 512 * 10**6
#: Processes that a child may have under it at a time.
PROCESSES = 64
#: Bytes by which a child may grow where the kata says nothing.
MEMORY = 2 * 10**9
#: One that serves request after request is replaced when it grew by more bytes than this.
GROWN = 200 * 10**6

How = Literal[
    "done", "exited", "crash", "time", "memory", "flood", "processes", "result", "garbled"
]


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    #: Seconds of wall-clock time, not counting the time it waited for a core.
    wall: float
    #: Bytes by which it may grow.
    memory: int = MEMORY
    #: Bytes of output.
    output: int = FLOOD


@dataclass(frozen=True)
class Ended:
    """How a child's run ended."""

    #: ``done``: it handed back a result and ended. ``exited``: it ended without one. ``crash``: a
    #: signal that we did not send. ``garbled``: what it said made no sense. The others name the
    #: limit for which it was killed.
    how: How
    #: What it handed back; empty unless ``done``.
    result: bytes = b""
    #: The first megabyte of what it wrote to its standard output and error.
    output: str = ""
    #: Where it was when it was stopped, as faulthandler tells; empty elsewhere.
    stuck: str = ""
    #: The exit code of one that ``exited``, the signal's number of a ``crash``.
    code: int = 0
    #: Seconds of wall-clock time net of waiting.
    wall: float = 0.0
    #: CPU seconds of the whole child.
    cpu: float = 0.0
    #: Bytes by which it grew, as far as was seen.
    memory: int = 0
    #: The last note that it left.
    note: str = ""
    #: Processes that it left behind, killed by now.
    left_behind: int = 0

    def stuck_line(self, path: str) -> tuple[int, str] | None:
        """Return the innermost line and function of the file ``path`` where it was stopped."""
        for entry in self.stuck.splitlines():
            place, _, function = entry.strip().rpartition(" in ")
            name, _, line = place.rpartition(", line ")
            if name == f'File "{path}"' and line.isdigit():
                return int(line), function
        return None
