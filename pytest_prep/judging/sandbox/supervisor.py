"""Fork a child, watch it, kill it when it breaks a limit, and leave nothing of it behind."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import time
from collections.abc import Callable, Sequence

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import FAULT, LIMITS, RESULT, Outlet, Work, run_child
from pytest_prep.judging.sandbox.guard import Guard
from pytest_prep.judging.sandbox.limits import (
    KEPT,
    LARGEST_RESULT,
    PROCESSES,
    Ended,
    How,
    Limits,
)
from pytest_prep.judging.sandbox.wire import Frames, read_frame, write_frame

#: Milliseconds between two looks.
PERIOD = 10
#: Every so many looks, the processes below the child are counted.
RARELY = 5
#: A resident child that grew by more bytes than this is replaced.
GROWN = 200 * 10**6
_SET_PIPE_SIZE = 1031


class Abandoned(Exception):
    """Nobody waits for the result any more; the child is gone."""


class Fault(Exception):
    """Our own code failed in the child; ``str(error)`` is the traceback."""


class Supervisor:
    """Runs children, one at a time.

    :meth:`run` forks one for each piece of work. :meth:`ask` keeps one child for many requests,
    until one of them ends badly: for work that leaves nothing behind in its process.
    """

    def __init__(self, guard: Guard, master: int | None = None) -> None:
        """Set up.

        Args:
            guard: the limits on files and processes.
            master: a descriptor that becomes readable when nobody waits any more.
        """
        self._guard = guard
        self._master = master
        self._resident: _Resident | None = None

    def ask(self, request: bytes, serve: Callable[[bytes], bytes], limits: Limits) -> Ended:
        """Have the resident child serve a request; it is forked if there is none.

        Raises:
            Abandoned, Fault: as with :meth:`run`.
        """
        if self._resident is None:
            self._resident = _Resident(serve, self._guard, self._master, limits)
        try:
            ended = self._resident.ask(request, limits)
        except BaseException:
            self.retire()
            raise
        if ended.how != "done" or ended.memory > GROWN:
            self.retire()
        return ended

    def retire(self) -> None:
        """End the resident child."""
        if self._resident is not None:
            self._resident.close()
            self._resident = None

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
            keep = self._resident.pid if self._resident else None
            watch = _Watch(pid, limits, inlet, self._master, files, stuck, keep)
            return watch.until_it_ends()
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
        keep: int | None = None,
    ) -> None:
        self._keep = keep
        self._pid = pid
        self._inlet = inlet
        self._master = master
        self._files = files
        self._stuck = stuck
        self._frames = Frames()
        self._result: bytes | None = None
        self._fault: str | None = None
        self._grown = 0
        self.begin(limits)

    def begin(self, limits: Limits) -> None:
        """Count time and memory from now."""
        self._grown = 0
        self._limits = limits
        self._base = linux.resident(self._pid)
        self._waited = linux.waited(self._pid)
        self._started = time.monotonic()

    def until_it_ends(self) -> Ended:
        breach: How | None = None
        try:
            breach = self._watch()
        finally:
            ended = self.end(breach)
        return ended

    def until_it_replies(self) -> Ended:
        """Return how one request of a resident child ended; it has ended too unless done."""
        breach = self._watch(until_reply=True)
        if breach or self._result is None:
            return self.end(breach)
        result, self._result = self._result, None
        return Ended("done", result=result, wall=self._wall(), memory=self._grown)

    def end(self, breach: How | None) -> Ended:
        """Kill the child and what is below it; return how it ended.

        Raises:
            Fault: our own code failed in the child.
        """
        stuck = self._where() if breach in ("time", "memory", "flood") else ""
        linux.kill_group(self._pid)
        _, status, usage = os.wait4(self._pid, 0)
        wall = self._wall()
        left_behind = linux.reap_everything(self._keep)
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

    def _watch(self, *, until_reply: bool = False) -> How | None:
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
                if ended in ready or (until_reply and self._result is not None):
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
                    self.begin(Limits(*json.loads(body)))
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


class _Resident:
    """A child that serves request after request."""

    def __init__(
        self, serve: Callable[[bytes], bytes], guard: Guard, master: int | None, limits: Limits
    ) -> None:
        self._output = os.memfd_create("prep-output")
        self._stuck = os.memfd_create("prep-stuck")
        self._inlet, theirs = os.pipe2(os.O_CLOEXEC)
        requests, self._requests = os.pipe2(os.O_CLOEXEC)

        def work(outlet: Outlet) -> bytes:
            os.close(self._requests)
            while True:
                outlet.hand_back(serve(read_frame(requests)[1]))

        self.pid = os.fork()
        if self.pid == 0:
            run_child(work, theirs, guard, [(self._output, (1, 2))], self._stuck)
        os.close(theirs)
        os.close(requests)
        os.set_blocking(self._inlet, False)
        self._watch = _Watch(self.pid, limits, self._inlet, master, [self._output], self._stuck)
        self._is_over = False

    def ask(self, request: bytes, limits: Limits) -> Ended:
        """Pass a request on; return how it ended. The child has ended too unless it is done."""
        self._watch.begin(limits)
        with contextlib.suppress(OSError):
            write_frame(self._requests, b"Q", request)
        ended = self._watch.until_it_replies()
        self._is_over = ended.how != "done"
        return ended

    def close(self) -> None:
        """End the child."""
        if not self._is_over:
            self._watch.end(None)
        for handle in (self._inlet, self._requests, self._output, self._stuck):
            os.close(handle)


def _content(file: int, count: int) -> str:
    return os.pread(file, count, 0).decode(errors="replace")
