"""A child's own side: what it sets up before its work, and how it hands back the result."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.guard import Guard
from pytest_prep.judging.sandbox.limits import Limits
from pytest_prep.judging.sandbox.wire import Closed, write_frame

RESULT, LIMITS, NOTE, FAULT = b"R", b"L", b"N", b"F"
#: How a child ends, whatever its answer put in the place of that.
_exit = os._exit


class Outlet:
    """The pipe from a child to its supervisor."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        if hasattr(os, "register_at_fork"):
            # What the learner's code forks must not speak in the child's name.
            os.register_at_fork(after_in_child=self._close)

    def set_limits(self, limits: Limits) -> None:
        """Start a new phase of the work: its time and memory count from now."""
        body = json.dumps([limits.wall, limits.memory, limits.output]).encode()
        write_frame(self._handle, LIMITS, body)

    def hand_back(self, result: bytes) -> None:
        """Hand back the result; the child ends after this."""
        write_frame(self._handle, RESULT, result)

    def note(self, text: str) -> None:
        """Leave a note with the supervisor, in place of the one before."""
        write_frame(self._handle, NOTE, text.encode())

    def report_fault(self, text: str) -> None:
        """Say that our own code failed."""
        write_frame(self._handle, FAULT, text.encode(errors="replace"))

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._handle)
        self._handle = -1


Work = Callable[[Outlet], bytes]
#: Files, each with the descriptors that are to lead there.
Streams = Sequence[tuple[int, Sequence[int]]]


def run_child(work: Work, handle: int, guard: Guard, streams: Streams, stuck: int) -> NoReturn:
    """Do the work in this process, just forked, and end it.

    Args:
        work: returns the result; what it raises is a fault of ours.
        handle: where the supervisor listens.
        guard: the limits on files and processes.
        streams: where its output goes.
        stuck: the file for the stack at SIGUSR2 and at a crash.
    """
    code = 1
    try:
        os.setsid()
        for ignored in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
            signal.signal(ignored, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        outlet = Outlet(handle)
        confine(guard, streams, stuck)
        try:
            result = work(outlet)
            flush()
            outlet.hand_back(result)
            code = 0
        except Closed:
            code = 0
        except BaseException:
            outlet.report_fault(traceback.format_exc())
    finally:
        _exit(code)


def flush() -> None:
    """Write out what the answer printed, whatever it made of its streams."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def confine(guard: Guard, streams: Streams, stuck: int) -> None:
    """Make this process one that a learner's code may run in: no input, and nothing to harm.

    Args:
        guard: the limits on files and processes.
        streams: where its output goes.
        stuck: the file for the stack at SIGUSR2, where there is one, and at a crash.
    """
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for target, numbers in streams:
        for number in numbers:
            os.dup2(target, number)
    faulthandler.enable(file=stuck, all_threads=False)
    if hasattr(signal, "SIGUSR2"):
        faulthandler.register(signal.SIGUSR2, file=stuck, all_threads=False)
    sys.dont_write_bytecode = True
    os.chdir(guard.scratch)
    linux.keep_peak()
    guard.apply()
