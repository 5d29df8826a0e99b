"""A spawned worker's own side: it serves request after request, until its parent is gone."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import Outlet, confine, flush
from pytest_prep.judging.sandbox.guard import Guard
from pytest_prep.judging.sandbox.wire import Closed, read_frame

#: The files in a worker's folder: its output, its errors, its stack.
OUTPUT, ERRORS, STUCK = "output", "errors", "stuck"


class Worker:
    """The process in which it is made: all it knows is told through its standard input."""

    def __init__(self, folder: Path) -> None:
        """Take the two pipes from the standard input and output, and hear the first request.

        Args:
            folder: for what it writes; its parent removes it.
        """
        linux.die_with_parent()
        #: The working directory, empty before each request.
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        self._stuck = _opened(folder / STUCK)
        self.outlet = Outlet(os.dup(1))
        self._files = [_opened(folder / name) for name in (OUTPUT, ERRORS)]
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(os.dup(0),), daemon=True).start()
        for number, file in enumerate(self._files, 1):
            os.dup2(file, number)
        #: What the parent says first, as plain data.
        self.order: Any = json.loads(self._requests.get())

    def serve(
        self,
        begin: Callable[[], Callable[[bytes], bytes]],
        descriptors: Sequence[Sequence[int]] = ((1,), (2,)),
    ) -> NoReturn:
        """Serve requests, each with an empty output and an empty working directory.

        Args:
            begin: called once the process is confined; returns what replies to a request. What
                either raises is a fault of ours.
            descriptors: those of the output and those of the errors.
        """
        try:
            streams = list(zip(self._files, descriptors, strict=False))
            guard = Guard(self.scratch)
            confine(guard, streams, self._stuck)
            handle = begin()
            self.outlet.hand_back(b"")
            while True:
                request = self._requests.get()
                self.drop_output()
                guard.clear()
                result = handle(request)
                flush()
                self.outlet.hand_back(result)
        except BaseException:
            with contextlib.suppress(OSError):  # one that the learner's code forked has no pipe
                self.outlet.report_fault(traceback.format_exc())
        finally:
            os._exit(1)

    def drop_output(self) -> None:
        """Forget what was written so far."""
        flush()
        for file in self._files:
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)

    def _listen(self, handle: int) -> None:
        try:
            while True:
                self._requests.put(read_frame(handle)[1])
        except (Closed, OSError):
            os._exit(1)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
