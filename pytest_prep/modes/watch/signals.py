"""Signals as something to wait for: ends, and a terminal that was resized or came back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

#: Signals that end the mode, with the exit code.
_ENDS = {signal.SIGINT: 2, signal.SIGTERM: 0, signal.SIGHUP: 0}


class Signals:
    """Turns signals into readable descriptors and flags, while it is entered."""

    def __init__(self) -> None:
        """Change nothing yet."""
        #: The exit code, once a signal has asked for the end.
        self.status: int | None = None
        #: Called before the process is stopped by Ctrl-Z.
        self.before_stop: Callable[[], None] = lambda: None
        self._resumed = False
        self._before: dict[int, Any] = {}
        self.handle, self._outlet = os.pipe()
        os.set_blocking(self.handle, False)
        os.set_blocking(self._outlet, False)

    def __enter__(self) -> Signals:
        """Take the signals."""
        for number in (*_ENDS, signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP):
            self._before[number] = signal.signal(number, self._take)
        self._wakeup = signal.set_wakeup_fd(self._outlet, warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave them to whoever had them before."""
        signal.set_wakeup_fd(self._wakeup)
        for number, before in self._before.items():
            signal.signal(number, before)
        os.close(self.handle)
        os.close(self._outlet)

    def clear(self) -> None:
        """Take what made the descriptor readable; the flags stay."""
        try:
            while os.read(self.handle, 1024):
                continue
        except BlockingIOError:
            return

    def take_resumed(self) -> bool:
        """Tell, once, whether the terminal was resized, or came back after Ctrl-Z."""
        resumed, self._resumed = self._resumed, False
        return resumed

    def _take(self, number: int, frame: FrameType | None) -> None:
        if number in _ENDS:
            self.status = _ENDS[signal.Signals(number)]
        elif number == signal.SIGTSTP:
            self.before_stop()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            # Here the process stops until it is continued.
            signal.signal(number, self._take)
            self._resumed = True
        else:
            self._resumed = True
