"""Start a worker without a fork, have it serve requests, and replace it when one ends badly."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.guard import remove
from pytest_prep.judging.sandbox.limits import GROWN, Ended, How, Limits
from pytest_prep.judging.sandbox.watch import PERIOD, RARELY, Fault, Watch
from pytest_prep.judging.sandbox.wire import write_frame
from pytest_prep.judging.sandbox.worker import ERRORS, OUTPUT, STUCK

#: Wall-clock seconds for a fresh interpreter to be ready.
STARTING = 60.0


class NotStarted(Exception):
    """A worker ended before it was ready; ``str(error)`` is what it said."""


class Spawned:
    """A worker in a fresh interpreter, started by the first request."""

    def __init__(self, module: str, order: Callable[[], object]) -> None:
        """Set up; nothing is started yet.

        Args:
            module: what the interpreter runs; it is to make a
                :class:`~pytest_prep.judging.sandbox.worker.Worker`.
            order: makes what each new worker is told first: anything that JSON takes.
        """
        self._module = module
        self._order = order
        self._watch: _WorkerWatch | None = None

    @property
    def pid(self) -> int | None:
        """The worker's process, None while there is none."""
        return self._watch.pid if self._watch else None

    def start(self) -> None:
        """Have a worker that waits for a request.

        Raises:
            NotStarted: see there.
        """
        if self._watch is not None:
            return
        self._watch = _WorkerWatch(self._module)
        try:
            ended = self._ask(json.dumps(self._order()).encode(), Limits(STARTING))
        except Fault as error:
            raise NotStarted(str(error)) from error
        if ended.how != "done":
            raise NotStarted(ended.output.strip() or f"a worker did not start ({ended.how})")

    def ask(self, request: bytes, limits: Limits) -> Ended:
        """Have the worker serve a request; return how that ended.

        It is kept for the next request only if it is done, and left nothing running behind.

        Raises:
            Fault: our own code failed there.
            NotStarted: there is no worker to ask.
        """
        self.start()
        ended = self._ask(request, limits)
        if ended.memory > GROWN or ended.left_behind:
            self.close()
        return ended

    def _ask(self, request: bytes, limits: Limits) -> Ended:
        assert self._watch is not None
        is_done = False
        try:
            ended = self._watch.ask(request, limits)
            is_done = ended.how == "done"
            return ended
        finally:
            if not is_done:
                self.close()

    def close(self) -> None:
        """End the worker and what is seen below it."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None


class _WorkerWatch(Watch):
    """A worker, from its start to its end."""

    def __init__(self, module: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="prep-"))
        output, errors, stuck = (self._folder / name for name in (OUTPUT, ERRORS, STUCK))
        for file in (output, errors, stuck):
            file.touch()
        with errors.open("ab") as stream:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", module, str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                bufsize=0,
                # Ctrl-C is for pytest alone.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self.pid = self._process.pid
        self._is_over = False
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        super().__init__(self.pid, Limits(STARTING), files=[output, errors], stuck=stuck)

    def ask(self, request: bytes, limits: Limits) -> Ended:
        """Pass a request on; return how it ended. The worker has ended too unless it is done."""
        assert self._process.stdin is not None
        self._note = ""
        self.begin(limits)
        with contextlib.suppress(OSError):
            write_frame(self._process.stdin.fileno(), b"Q", request)
        breach = self._until_it_replies()
        if breach or self._result is None:
            return self._end(breach)
        result, self._result = self._result, None
        return Ended(
            "done",
            result=result,
            output=self._output(),
            wall=self._wall(),
            memory=self._grown,
            left_behind=len(linux.descendants(self.pid)),
        )

    def close(self) -> None:
        """End the worker, and remove its folder."""
        if not self._is_over:
            self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        remove(self._folder)

    def _end(self, breach: How | None) -> Ended:
        stuck = self._where(breach)
        wall, left = self._wall(), len(linux.descendants(self.pid))
        self._kill()
        while not self._pieces.empty():
            self._hear(self._pieces.get())
        code = self._process.returncode
        return self._ended(breach, code, stuck=stuck, cpu=0.0, wall=wall, left=left)

    def _kill(self) -> None:
        self._is_over = True
        below = linux.descendants(self.pid)
        linux.kill_group(self.pid)
        for pid in below:
            linux.kill(pid)
        self._process.wait()
        self._listener.join(1.0)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(self._process.stdout.fileno(), 1 << 20):
                self._pieces.put(piece)

    def _until_it_replies(self) -> How | None:
        """Return when the worker has replied or ended (None), or with the limit that it broke."""
        looks = 0
        while self._result is None:
            try:
                self._hear(self._pieces.get(timeout=PERIOD / 1000))
            except queue.Empty:
                if self._process.poll() is not None:
                    return None
            looks += 1
            if breach := self._breach(thorough=looks % RARELY == 0):
                return breach
        return None
