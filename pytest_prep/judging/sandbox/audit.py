"""The portable guard: an audit hook that refuses Python code to change files or signal others.

Leakier than Landlock, for C code does not ask: used where the kernel cannot do it. A
file's mode, owner and times are guarded here alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

#: Audit event → the positions of the paths that it changes.
_CHANGES: dict[str, tuple[int, ...]] = {
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.mkdir": (0,),
    "os.truncate": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "sqlite3.connect": (0,),
}
#: Those that change what is known of the path in their first position; Landlock lets them.
_CHANGES_OF_FACTS = frozenset(("os.chmod", "os.chown", "os.utime", "os.setxattr"))
_SIGNALS = frozenset(("os.kill", "os.killpg", "signal.pthread_kill"))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def guard_by_audit(writable: list[str], *, files: bool, processes: bool) -> None:
    """Refuse, from now on and for good, what is not allowed.

    Args:
        writable: absolute paths below which files may be changed.
        files: whether to guard what files hold and where they are.
        processes: whether to guard processes other than this one and its children.
    """
    sys.addaudithook(_hook(writable, files, processes))


def _hook(
    writable: list[str], files: bool, processes: bool
) -> Callable[[str, tuple[Any, ...]], None]:
    allowed = tuple(os.path.realpath(path) for path in writable)
    me = os.getpid()
    realpath, separator = os.path.realpath, os.sep
    # where there are no groups, each process is one by itself
    group = getattr(os, "getpgid", int)

    def check(path: Any) -> None:
        if isinstance(path, int) or path is None:
            return
        real = realpath(os.fsdecode(path))
        if not any(real == place or real.startswith(place + separator) for place in allowed):
            raise PermissionError(f"an answer may change files only in its own folder: {real}")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES_OF_FACTS:
            check(arguments[0])
        elif files and event == "open":
            path, mode, flags = arguments
            writing = isinstance(flags, int) and flags & _WRITING
            if writing or (isinstance(mode, str) and set(mode) & set("wax+")):
                check(path)
        elif files and event in _CHANGES:
            for position in _CHANGES[event]:
                check(arguments[position])
        elif processes and event in _SIGNALS and event != "signal.pthread_kill":
            target = arguments[0]
            # its children are in its group, unless they left it
            if target not in (0, me) and (target < 0 or group(target) != group(0)):
                raise PermissionError("an answer may not signal other processes")

    return hook
