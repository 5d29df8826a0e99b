"""How answers are kept from pytest's own process, and why they are not."""

from __future__ import annotations

import os
import sys

import pytest

from pytest_prep.content.errors import did_you_mean
from pytest_prep.options import ISOLATION

#: Set in a worker that runs tests for a pytest which spawned it.
SPAWNED = pytest.StashKey[bool]()


def isolation_of(option: str | None, ini: str, *, pdb: bool, trace: bool) -> tuple[str, str]:
    """Return how answers are isolated, and why they are not (``""`` where they are).

    Args:
        option: what ``--isolation`` says.
        ini: what ``prep_isolation`` says, ``""`` for what this system can do.
        pdb: whether ``--pdb`` is given.
        trace: whether ``--trace`` is given.

    Raises:
        pytest.UsageError: what is asked for is unknown, or cannot be done here.
    """
    forks = sys.platform == "linux" and hasattr(os, "pidfd_open")
    asked = option or ini
    said_by = "--isolation" if option else "prep_isolation"
    if asked and asked not in ISOLATION:
        raise pytest.UsageError(
            f"{said_by}: {asked!r} is not a way to isolate answers "
            f"({', '.join(ISOLATION)}){did_you_mean(asked, ISOLATION)}"
        )
    if asked == "fork" and not forks:
        raise pytest.UsageError(
            f"{said_by}: fork needs Linux 5.3 or newer; leave it out, and answers are judged "
            "in a spawned worker"
        )
    if asked == "none":
        why = "--isolation=none" if option else "prep_isolation = none"
    elif pdb:
        why = "--pdb"
    elif trace:
        why = "--trace"
    else:
        why = "a debugger is attached" if _debugger() else ""
    return "none" if why else asked or ("fork" if forks else "spawn"), why


def _debugger() -> bool:
    """Tell whether a debugger is attached; a tracer that measures coverage is none."""
    trace = sys.gettrace()
    if trace is not None and not type(trace).__module__.startswith("coverage"):
        return not getattr(trace, "__module__", "").startswith("coverage")
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None
