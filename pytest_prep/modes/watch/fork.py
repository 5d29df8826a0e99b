"""Fork a child of this process that has nothing to do with the terminal."""

from __future__ import annotations

import os
import signal
import sys
import warnings

from pytest_prep.judging.sandbox import linux


def fork() -> int:
    """Fork; what is buffered is written first, so that it is not written twice."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        if stream is not None and not stream.closed:
            stream.flush()
    with warnings.catch_warnings():
        # Threads that a library of the katas started do nothing here but wait.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def let_go(keep: set[int], output: int | None = None) -> None:
    """In a child just forked: take no signal of the terminal, and no descriptor but ``keep``.

    What it writes goes to ``output``, or nowhere. It ends with its parent.
    """
    os.setsid()
    linux.die_with_parent()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    for stream in (1, 2):
        os.dup2(null if output is None else output, stream)
    os.close(null)
    if sys.platform == "linux":
        linux.close_inherited({0, 1, 2, *keep})
