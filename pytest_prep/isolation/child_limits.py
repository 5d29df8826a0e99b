"""What a test in a child may use: told to its supervisor phase by phase."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import NoReturn

import pytest

from pytest_prep.fixtures import LOADING
from pytest_prep.isolation.reference_figures import Figures
from pytest_prep.judging.budget import memory_budget
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import MEMORY, Limits
from pytest_prep.judging.verdict import Timing
from pytest_prep.practice import kata_of

#: Wall-clock seconds for the setup, in which the answer's file is executed.
SETUP = 2 * LOADING


def limits_of_setup(item: pytest.Item) -> Limits:
    """Return what a test may use until its phases set limits of their own."""
    return Limits(SETUP, kata_of(item).budget.memory or MEMORY)


class TestChild:
    """What the hooks in a child tell its supervisor."""

    __test__ = False

    def __init__(self, item: pytest.Item, outlet: Outlet, earlier: Figures | None) -> None:
        """Set up.

        Args:
            item: the test.
            outlet: leads to the supervisor.
            earlier: what the reference took in an earlier run, if that is to do.
        """
        self._outlet = outlet
        #: The memory limit of the kata, if it names one.
        self._named = kata_of(item).budget.memory
        self._memory = self._named or MEMORY
        self.earlier = earlier
        self._threads = threading.active_count()
        #: What the reference took in this process.
        self.measured: Figures | None = None

    def allow(self, wall: float) -> None:
        """Allow what comes next so many seconds of wall-clock time."""
        self._outlet.set_limits(Limits(wall, self._memory))

    def measure(self, with_reference: Callable[[], float]) -> float:
        """Run the reference and return its CPU seconds."""
        spent, memory = linux.grown(with_reference)
        if self.measured is None:
            self.measured = Figures(spent, memory or 0)
        return spent

    @property
    def told(self) -> Figures | None:
        """What the reference took, to be kept: nothing where a thread of the answer had a share."""
        return self.measured if threading.active_count() <= self._threads else None

    def expect(self, timing: Timing) -> None:
        """Set the memory budget by the reference's; leave what is to be shown after a kill."""
        reference = (self.measured or self.earlier or Figures(0.0, 0)).memory
        self._memory = memory_budget(reference, self._named)
        told = {"timing": asdict(timing), "memory": [self._memory, reference]}
        self._outlet.note(json.dumps(told))


def without_debugger() -> None:
    """Let ``breakpoint()`` say what it needs, instead of waiting for somebody to type."""
    import pdb

    def refuse(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("breakpoint() works with pytest --pdb only")

    sys.breakpointhook = refuse
    pdb.set_trace = refuse
