"""Landlock, by ctypes: this process and its children may change files only where they are told.

It also holds for C code. Reading is not restricted. Linux 5.13 and newer; from 6.12 on, signals
to processes outside are refused too. See the manual page landlock(7).
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_GET_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_WRITE_FILE = 1 << 1
_REMOVE = (1 << 4) | (1 << 5)
_MAKE = (1 << 6) | (1 << 7) | (1 << 8) | (1 << 9) | (1 << 10) | (1 << 11) | (1 << 12)
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_SCOPE_SIGNAL = 1 << 1


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


class Landlock:
    """A set of rules, made once and applied to every child."""

    def __init__(self, writable: list[Path]) -> None:
        """Prepare the rules.

        Args:
            writable: the folders and devices in which files may be changed.

        Raises:
            OSError: the kernel has no Landlock, or it is switched off.
        """
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.version = self._call(_CREATE_RULESET, None, 0, _GET_VERSION)
        files = _WRITE_FILE | _REMOVE | _MAKE
        if self.version >= 2:
            files |= _REFER
        if self.version >= 3:
            files |= _TRUNCATE
        scoped = _SCOPE_SIGNAL if self.version >= 6 else 0
        attributes = _Attributes(files, 0, scoped)
        size = 8 if self.version < 4 else 16 if self.version < 6 else 24
        self._rules = self._call(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
        for path in writable:
            if not path.exists():
                continue
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                allowed = files if path.is_dir() else files & (_WRITE_FILE | _TRUNCATE)
                rule = _PathBeneath(allowed, handle)
                self._call(_ADD_RULE, self._rules, _PATH_BENEATH, ctypes.byref(rule), 0)
            finally:
                os.close(handle)

    @property
    def guards_truncation(self) -> bool:
        """Whether a file outside cannot even be emptied."""
        return self.version >= 3

    @property
    def guards_processes(self) -> bool:
        """Whether processes outside cannot be signalled."""
        return self.version >= 6

    def apply(self) -> None:
        """Restrict this process and its children, for good.

        Raises:
            OSError: the kernel refuses.
        """
        self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        self._call(_RESTRICT_SELF, self._rules, 0)

    def _call(self, number: int, *arguments: object) -> int:
        result: int = self._libc.syscall(number, *arguments)
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result
