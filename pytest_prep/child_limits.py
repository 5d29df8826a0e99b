"""What a test in a child may use: told to its supervisor phase by phase."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import NoReturn

from pytest_prep.judging.budget import memory_budget
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import MEMORY, Limits
from pytest_prep.judging.verdict import Timing


class TestChild:
    """What the hooks in a child tell its supervisor."""

    __test__ = False

    def __init__(self, outlet: Outlet, named: int | None) -> None:
        """``named`` is the memory limit of the kata, if it names one."""
        self._outlet = outlet
        self._named = named
        self._memory = named or MEMORY
        self._reference = 0

    def allow(self, wall: float) -> None:
        """Allow what comes next so many seconds of wall-clock time."""
        self._outlet.set_limits(Limits(wall, self._memory))

    def measured(self, with_reference: Callable[[], float]) -> float:
        """Return the reference's CPU seconds; the answer's memory budget follows from its peak."""
        linux.reset_peak()
        before = linux.peak()
        spent = with_reference()
        self._reference = max(0, linux.peak() - before)
        self._memory = memory_budget(self._reference, self._named)
        return spent

    def expect(self, timing: Timing) -> None:
        """Leave what is to be shown if the child is killed."""
        told = {"timing": asdict(timing), "memory": [self._memory, self._reference]}
        self._outlet.note(json.dumps(told))


def without_debugger() -> None:
    """Let ``breakpoint()`` say what it needs, instead of waiting for somebody to type."""
    import pdb

    def refuse(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("breakpoint() works with pytest --pdb only")

    sys.breakpointhook = refuse
    pdb.set_trace = refuse
