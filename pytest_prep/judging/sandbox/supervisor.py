"""Fork a child, have it watched, and leave nothing of it behind."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence

from pytest_prep.judging.sandbox.child import Outlet, Work, run_child
from pytest_prep.judging.sandbox.guard import Guard
from pytest_prep.judging.sandbox.limits import GROWN, Ended, Limits
from pytest_prep.judging.sandbox.watch import ChildWatch
from pytest_prep.judging.sandbox.wire import read_frame, write_frame

_SET_PIPE_SIZE = 1031


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
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(inlet, _SET_PIPE_SIZE, 1 << 20)
        try:
            pid = os.fork()
            if pid == 0:
                _let_go(self._master)
                streams = list(zip(files, descriptors, strict=True))
                run_child(work, outlet, self._guard, streams, stuck)
            os.close(outlet)
            os.set_blocking(inlet, False)
            keep = self._resident.pid if self._resident else None
            watch = ChildWatch(
                pid, limits, inlet, master=self._master, files=files, stuck=stuck, keep=keep
            )
            return watch.until_it_ends()
        finally:
            for handle in (inlet, stuck, *files):
                os.close(handle)
            self._guard.clear()


def _let_go(master: int | None) -> None:
    """Have a child, just forked, write to nobody but its supervisor."""
    if master is not None:
        os.dup2(os.open(os.devnull, os.O_RDWR), master)


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
            _let_go(master)
            run_child(work, theirs, guard, [(self._output, (1, 2))], self._stuck)
        os.close(theirs)
        os.close(requests)
        os.set_blocking(self._inlet, False)
        self._watch = ChildWatch(
            self.pid,
            limits,
            self._inlet,
            master=master,
            files=[self._output],
            stuck=self._stuck,
        )
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
