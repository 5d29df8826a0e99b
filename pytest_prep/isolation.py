"""Whether answers run in a process of their own, and why not."""

from __future__ import annotations

import os
import sys

import pytest

from pytest_prep.content.errors import did_you_mean
from pytest_prep.options import ISOLATION


def why_in_process(option: str | None, ini: str, *, pdb: bool, trace: bool) -> str:
    """Return why answers are to run in this very process, ``""`` if they are not.

    Args:
        option: what ``--isolation`` says.
        ini: what ``prep_isolation`` says.
        pdb: whether ``--pdb`` is given.
        trace: whether ``--trace`` is given.

    Raises:
        pytest.UsageError: ``prep_isolation`` has a value that it cannot have.
    """
    isolation = option or ini
    if isolation not in ISOLATION:
        raise pytest.UsageError(
            f"prep_isolation: {isolation!r} is not a way to isolate answers "
            f"({', '.join(ISOLATION)}){did_you_mean(isolation, ISOLATION)}"
        )
    if isolation == "none":
        return "--isolation=none" if option else "prep_isolation = none"
    if pdb:
        return "--pdb"
    if trace:
        return "--trace"
    if _debugger():
        return "a debugger is attached"
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return f"children are not supported on {sys.platform}"
    return ""


def _debugger() -> bool:
    """Tell whether a debugger is attached; a tracer that measures coverage is none."""
    trace = sys.gettrace()
    if trace is not None and not type(trace).__module__.startswith("coverage"):
        return not getattr(trace, "__module__", "").startswith("coverage")
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None
