"""What Linux tells of a process and does for its parent: /proc, prctl, signals to a whole tree.

Elsewhere nothing is told: memory and waiting count as 0, and no process is seen below another.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

_T = TypeVar("_T")
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
#: Ends a process at once; on Windows every signal does.
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def die_with_parent(number: int = _KILL) -> None:
    """Have the kernel send this process a signal when its parent ends; 0 takes that back."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        _libc().prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    with contextlib.suppress(OSError, AttributeError):
        _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def resident(pid: int) -> int:
    """Return the bytes of a process that are in memory; 0 where nobody tells."""
    try:
        with open(f"/proc/{pid}/statm", "rb", buffering=0) as file:  # noqa: PTH123 - every 10 ms
            return int(file.read(200).split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


#: The file that sets this process's peak back, opened before the guard forbids it; None elsewhere.
_peak: int | None = None


def keep_peak() -> None:
    """Make :func:`grown` work in this process also when it may write no files any more."""
    global _peak  # noqa: PLW0603 - one of each process
    try:
        _peak = os.open("/proc/self/clear_refs", os.O_WRONLY)
    except OSError:
        _peak = None


def grown(work: Callable[[], _T]) -> tuple[_T, int | None]:
    """Do the work; return its result, and by how many bytes this process grew at most meanwhile.

    None where that is not known: elsewhere than in a child, and off Linux.
    """
    if _peak is None:
        return work(), None
    with contextlib.suppress(OSError):
        os.write(_peak, b"5")
    before = _most()
    return work(), max(0, _most() - before)


def _most() -> int:
    """Return the most bytes in memory since the peak was set back; 0 where nobody tells."""
    try:
        with open("/proc/self/status", "rb") as file:  # noqa: PTH123
            line = next(line for line in file if line.startswith(b"VmHWM"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration, ValueError, IndexError):
        return 0


def waited(pid: int) -> float:
    """Return the seconds that a process was ready to run and had no core; 0.0 if unknown."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return int(file.read(200).split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def children(pid: int) -> list[int]:
    """Return the direct children of a process, as far as /proc tells."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - strings are wanted
            with open(f"/proc/{pid}/task/{task}/children") as file:  # noqa: PTH123
                found += [int(word) for word in file.read().split()]
    return found


def descendants(pid: int) -> list[int]:
    """Return all processes below one, as far as /proc tells."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children(waiting.pop())
        found += below
        waiting += below
    return found


def kill(pid: int, number: int = _KILL) -> None:
    """Send a signal to a process that may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def kill_group(leader: int) -> None:
    """Kill a process with its group, of which it may not have become the leader yet."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(leader, _KILL)
    kill(leader)


def reap_everything(keep: int | None = None) -> int:
    """Kill and reap all children of this process but ``keep``, adopted ones included.

    Returns:
        How many there were.
    """
    count = 0
    while True:
        below = [child for child in children(os.getpid()) if child != keep]
        if not below:
            return count
        for child in below:
            kill_group(child)
            with contextlib.suppress(ChildProcessError):
                count += os.waitpid(child, os.WNOHANG)[0] != 0
        time.sleep(0.001)


def close_inherited(keep: set[int]) -> None:
    """Point every open descriptor at /dev/null, except those in ``keep``.

    Closed numbers would be handed out again, and then closed by objects that this process took
    over from its parent.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - strings are wanted
        number = int(name)
        if number not in keep and number != null:
            with contextlib.suppress(OSError):
                os.fstat(number)
                os.dup2(null, number)
    os.close(null)
