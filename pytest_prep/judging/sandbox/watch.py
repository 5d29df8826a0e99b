"""Watch one process: its time, memory, output, and the processes below it."""

from __future__ import annotations

import json
import os
import select
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import FAULT, LIMITS, NOTE, RESULT
from pytest_prep.judging.sandbox.limits import (
    KEPT,
    LARGEST_RESULT,
    PROCESSES,
    Ended,
    How,
    Limits,
)
from pytest_prep.judging.sandbox.wire import Frames

#: Milliseconds between two looks.
PERIOD = 10
#: Every so many looks, the processes below the child are counted.
RARELY = 5


class Abandoned(Exception):
    """Nobody waits for the result any more; the child is gone."""


class Fault(Exception):
    """Our own code failed in the child; ``str(error)`` is the traceback."""


class Watch:
    """A process while it works for us: what it says, and which limit it breaks."""

    def __init__(
        self, pid: int, limits: Limits, *, files: Sequence[int | Path], stuck: int | Path
    ) -> None:
        """Start to watch.

        Args:
            pid: the process, just started.
            limits: what it may use.
            files: where its output goes.
            stuck: where it writes its stack.
        """
        self._pid = pid
        self._files = files
        self._stuck = stuck
        self._frames = Frames()
        self._result: bytes | None = None
        self._fault: str | None = None
        self._note = ""
        self._is_garbled = False
        self._base = 0
        self.begin(limits)

    def begin(self, limits: Limits) -> None:
        """Count time and memory from now."""
        self._grown = 0
        self._limits = limits
        # One that is over already has nothing, but what it left behind still has its share.
        self._base = linux.resident(self._pid) or self._base
        self._waited = linux.waited(self._pid)
        self._started = time.monotonic()

    def _breach(self, *, thorough: bool) -> How | None:
        if self._is_garbled:
            return "garbled"
        if self._frames.pending > LARGEST_RESULT:
            return "result"
        if sum(os.stat(file).st_size for file in self._files) > self._limits.output:  # noqa: PTH116
            return "flood"
        grown = linux.resident(self._pid) - self._base
        if thorough:
            below = linux.descendants(self._pid)
            if len(below) > PROCESSES:
                return "processes"
            grown += sum(max(0, linux.resident(pid) - self._base) for pid in below)
        self._grown = max(self._grown, grown)
        if grown > self._limits.memory:
            return "memory"
        if self._result is None and self._wall() > self._limits.wall:
            return "time"
        return None

    def _wall(self) -> float:
        waited = max(0.0, linux.waited(self._pid) - self._waited)
        return time.monotonic() - self._started - waited

    def _hear(self, piece: bytes) -> None:
        """Take what the process has written."""
        for kind, body in self._frames.feed(piece):
            if kind == RESULT:
                self._result = body
            elif kind == FAULT:
                self._fault = body.decode(errors="replace")
            elif kind == NOTE:
                self._note = body.decode(errors="replace")
            elif kind == LIMITS:
                self._set_limits(body)

    def _set_limits(self, body: bytes) -> None:
        """Begin a new phase; the learner's code may have broken what the process says."""
        try:
            wall, memory, output = json.loads(body)
            self.begin(Limits(float(wall), int(memory), int(output)))
        except (ValueError, TypeError):
            self._is_garbled = True

    def _where(self, breach: How | None) -> str:
        """Ask the process where it is, if it was stopped in the middle of its work."""
        if breach not in ("time", "memory", "flood") or not hasattr(signal, "SIGUSR2"):
            return ""
        before = os.stat(self._stuck).st_size  # noqa: PTH116
        linux.kill(self._pid, signal.SIGUSR2)
        size = before
        for _ in range(20):
            time.sleep(0.005)
            now = os.stat(self._stuck).st_size  # noqa: PTH116
            if now > before and now == size:
                break
            size = now
        return content(self._stuck, KEPT)

    def _ended(
        self, breach: How | None, code: int, *, stuck: str, cpu: float, wall: float, left: int
    ) -> Ended:
        """Return how the process ended, all of whose words are heard.

        Raises:
            Fault: our own code failed in it.
        """
        if self._fault is not None:
            raise Fault(self._fault)
        how: How = breach or ("done" if self._result is not None else "exited")
        if self._is_garbled:
            how = "garbled"
        if how == "exited" and code < 0:
            how, code = "crash", -code
            stuck = content(self._stuck, KEPT)
        return Ended(
            how,
            result=self._result or b"" if how == "done" else b"",
            output=self._output(),
            stuck=stuck,
            code=code,
            wall=wall,
            cpu=cpu,
            memory=self._grown,
            note=self._note,
            left_behind=left,
        )

    def _output(self) -> str:
        """Return the beginning of what the process wrote."""
        texts = [content(file, KEPT) for file in self._files]
        return "".join(texts)[:KEPT]


class ChildWatch(Watch):
    """A child that this process forked."""

    def __init__(
        self,
        pid: int,
        limits: Limits,
        inlet: int,
        *,
        master: int | None,
        files: list[int],
        stuck: int,
        keep: int | None = None,
    ) -> None:
        """Start to watch.

        Args:
            pid: the child, just forked.
            limits: what it may use.
            inlet: where it hands back its result; does not block.
            master: a descriptor that becomes readable when nobody waits any more.
            files: where its output goes.
            stuck: where it writes its stack.
            keep: another child of this process, which is to live on.
        """
        self._keep = keep
        self._inlet = inlet
        self._master = master
        super().__init__(pid, limits, files=files, stuck=stuck)

    def until_it_ends(self) -> Ended:
        """Return how the child ended.

        Raises:
            Abandoned, Fault: see there.
        """
        breach: How | None = None
        try:
            breach = self._watch()
        finally:
            ended = self.end(breach)
        return ended

    def until_it_replies(self) -> Ended:
        """Return how one request of a resident child ended; it has ended too unless done."""
        breach = self._watch()
        if breach or self._result is None:
            return self.end(breach)
        result, self._result = self._result, None
        return Ended("done", result=result, wall=self._wall(), memory=self._grown)

    def end(self, breach: How | None) -> Ended:
        """Kill the child and what is below it; return how it ended.

        Raises:
            Fault: our own code failed in the child.
        """
        stuck = self._where(breach)
        linux.kill_group(self._pid)
        _, status, usage = os.wait4(self._pid, 0)
        wall = self._wall()
        left = linux.reap_everything(self._keep)
        self._drain()
        code, cpu = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        return self._ended(breach, code, stuck=stuck, cpu=cpu, wall=wall, left=left)

    def _watch(self) -> How | None:
        """Return when the child has ended or replied (None), or with the limit that it broke."""
        poll = select.poll()
        poll.register(self._inlet, select.POLLIN)
        ended = os.pidfd_open(self._pid)
        poll.register(ended, select.POLLIN)
        if self._master is not None:
            poll.register(self._master, select.POLLIN)
        try:
            looks = 0
            while True:
                ready = dict(poll.poll(PERIOD))
                if self._master in ready:
                    raise Abandoned
                if self._inlet in ready and not self._drain():
                    poll.unregister(self._inlet)
                if ended in ready or self._result is not None:
                    return None
                looks += 1
                breach = self._breach(thorough=looks % RARELY == 0)
                if breach:
                    return breach
        finally:
            os.close(ended)

    def _drain(self) -> bool:
        """Take what the child has written; return whether more may come."""
        while True:
            try:
                piece = os.read(self._inlet, 1 << 20)
            except BlockingIOError:
                return True
            if not piece:
                return False
            self._hear(piece)
            if self._frames.pending > LARGEST_RESULT:
                return True


def content(file: int | Path, count: int) -> str:
    """Return the beginning of a file."""
    if isinstance(file, int):
        return os.pread(file, count, 0).decode(errors="replace")
    with file.open("rb") as opened:
        return opened.read(count).decode(errors="replace")
