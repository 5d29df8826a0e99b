"""Stop a running statement from outside, at a cap of wall-clock time or of memory."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal

#: What a query may use where the kata says nothing, as with DuckDB.
MEMORY = 2 * 10**9

#: Seconds between two looks. Memory grows by up to some 50 MB meanwhile.
_PERIOD = 0.02

_STATM = Path("/proc/self/statm")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Watch:
    """Calls ``stop`` while the block runs longer, or makes this process larger, than it may.

    ``stop`` is called again and again until the block ends: an engine ignores what comes between
    two statements.
    """

    def __init__(self, stop: Callable[[], object], wall: float | None, memory: int) -> None:
        """Set the caps.

        Args:
            stop: interrupts the statement; called from another thread.
            wall: seconds of wall-clock time, None for no cap.
            memory: bytes by which the process may grow; heeded where /proc tells its size.
        """
        self._stop = stop
        self._wall = wall
        #: Bytes by which the process may grow.
        self.memory = memory
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="prep-watch", daemon=True)
        #: Why it was stopped, None if it was not.
        self.reason: Literal["time", "memory"] | None = None

    @property
    def left(self) -> float | None:
        """The seconds of wall-clock time left, None without a cap."""
        return None if self._wall is None else self._started + self._wall - time.monotonic()

    def __enter__(self) -> Watch:
        self._started = time.monotonic()
        self._size = _resident()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(_PERIOD):
            if self.reason is None:
                if self._wall is not None and time.monotonic() - self._started > self._wall:
                    self.reason = "time"
                elif _resident() - self._size > self.memory:
                    self.reason = "memory"
            if self.reason is not None:
                self._stop()


def _resident() -> int:
    """Return the bytes of this process that are in memory; 0 where /proc does not tell."""
    try:
        return int(_STATM.read_bytes().split()[1]) * _PAGE
    except OSError:
        return 0
