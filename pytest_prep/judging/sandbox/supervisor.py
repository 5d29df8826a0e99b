"""Fork a child, watch it, kill it when it breaks a limit, and leave nothing of it behind."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import time
from collections.abc import Sequence

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import FAULT, LIMITS, RESULT, Work, run_child
from pytest_prep.judging.sandbox.guard import Guard
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
_SET_PIPE_SIZE = 1031


class Abandoned(Exception):
    """Nobody waits for the result any more; the child is gone."""


class Fault(Exception):
    """Our own code failed in the child; ``str(error)`` is the traceback."""


class Supervisor:
    """Runs children, one at a time."""

    def __init__(self, guard: Guard, master: int | None = None) -> None:
        """Set up.

        Args:
            guard: the limits on files and processes.
            master: a descriptor that becomes readable when nobody waits any more.
        """
        self._guard = guard
        self._master = master

    def run(
        self, work: Work, limits: Limits, descriptors: Sequence[Sequence[int]] = ((1, 2),)
    ) -> Ended:
        """Do ``work`` in a child.

        Args:
            work: called in the child; what it returns is handed back.
            limits: what the child may use.
            descriptors: those that are captured, in groups; each group has a file of its own.

        Raises:
            Abandoned: nobody waits any more.
            Fault: our own code failed in the child.
        """
        files = [os.memfd_create("prep-output") for _ in descriptors]
        stuck = os.memfd_create("prep-stuck")
        inlet, outlet = os.pipe2(os.O_CLOEXEC)
        with contextlib.suppress(OSError):
            fcntl.fcntl(inlet, _SET_PIPE_SIZE, 1 << 20)
        try:
            pid = os.fork()
            if pid == 0:
                streams = list(zip(files, descriptors, strict=True))
                run_child(work, outlet, self._guard, streams, stuck)
            os.close(outlet)
            os.set_blocking(inlet, False)
            return _Watch(pid, limits, inlet, self._master, files, stuck).until_it_ends()
        finally:
            for handle in (inlet, stuck, *files):
                os.close(handle)


class _Watch:
    """One child while it runs."""

    def __init__(
        self,
        pid: int,
        limits: Limits,
        inlet: int,
        master: int | None,
        files: list[int],
        stuck: int,
    ) -> None:
        self._pid = pid
        self._inlet = inlet
        self._master = master
        self._files = files
        self._stuck = stuck
        self._frames = Frames()
        self._result: bytes | None = None
        self._fault: str | None = None
        self._grown = 0
        self._begin(limits)

    def _begin(self, limits: Limits) -> None:
        self._limits = limits
        self._base = linux.resident(self._pid)
        self._waited = linux.waited(self._pid)
        self._started = time.monotonic()

    def until_it_ends(self) -> Ended:
        breach: How | None = None
        try:
            breach = self._watch()
        finally:
            stuck = self._where() if breach in ("time", "memory", "flood") else ""
            linux.kill_group(self._pid)
            _, status, usage = os.wait4(self._pid, 0)
            wall = self._wall()
            left_behind = linux.reap_everything()
        self._drain()
        if self._fault is not None:
            raise Fault(self._fault)
        code = os.waitstatus_to_exitcode(status)
        how: How = breach or ("done" if self._result is not None else "exited")
        if how == "exited" and code < 0:
            how, code = "crash", -code
            stuck = _content(self._stuck, KEPT)
        return Ended(
            how,
            result=self._result or b"" if how == "done" else b"",
            output=self._output(),
            stuck=stuck,
            code=code,
            wall=wall,
            cpu=usage.ru_utime + usage.ru_stime,
            memory=self._grown,
            left_behind=left_behind,
        )

    def _watch(self) -> How | None:
        """Return when the child has ended (None), or with the limit that it broke."""
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
                if ended in ready:
                    return None
                looks += 1
                breach = self._breach(thorough=looks % RARELY == 0)
                if breach:
                    return breach
        finally:
            os.close(ended)

    def _breach(self, *, thorough: bool) -> How | None:
        if self._frames.pending > LARGEST_RESULT:
            return "result"
        if sum(os.fstat(file).st_size for file in self._files) > self._limits.output:
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

    def _drain(self) -> bool:
        """Take what the child has written; return whether more may come."""
        while True:
            try:
                piece = os.read(self._inlet, 1 << 20)
            except BlockingIOError:
                return True
            if not piece:
                return False
            for kind, body in self._frames.feed(piece):
                if kind == RESULT:
                    self._result = body
                elif kind == FAULT:
                    self._fault = body.decode(errors="replace")
                elif kind == LIMITS:
                    self._begin(Limits(*json.loads(body)))
            if self._frames.pending > LARGEST_RESULT:
                return True

    def _where(self) -> str:
        """Ask the child where it is."""
        before = os.fstat(self._stuck).st_size
        linux.kill(self._pid, signal.SIGUSR2)
        size = before
        for _ in range(20):
            time.sleep(0.005)
            now = os.fstat(self._stuck).st_size
            if now > before and now == size:
                break
            size = now
        return _content(self._stuck, KEPT)

    def _output(self) -> str:
        """Return the beginning of what the child wrote."""
        texts = [_content(file, KEPT) for file in self._files]
        return "".join(texts)[:KEPT]


def _content(file: int, count: int) -> str:
    return os.pread(file, count, 0).decode(errors="replace")
