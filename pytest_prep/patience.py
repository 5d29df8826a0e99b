"""An answer that went twice beyond its time or its memory is not tried on the rest of its cases.

Each would cost the same seconds once more, and tell nothing new.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from pytest_prep.judging.verdict import Status, Verdict, gravest
from pytest_prep.nodes import KataDir

_V = TypeVar("_V", Verdict, Verdict | None)
#: Cases in which an answer may have to be stopped.
PATIENCE = 2
#: The cases in which the kata's answer was stopped in this process, and the verdicts there.
_STOPPED_IN = pytest.StashKey[dict[str, Status]]()
#: What it crashed with, in which line, and the case in which it did so first.
_CRASHES = pytest.StashKey[dict[tuple[str, int], str]]()


def out_of_patience(folder: KataDir) -> Verdict | None:
    """Return the verdict on a case that is not run, None if it is to be run."""
    stopped = folder.stash.get(_STOPPED_IN, {})
    if len(stopped) < PATIENCE:
        return None
    status = gravest(list(stopped.values()))
    return Verdict(status, f"not run: it went beyond its budget in {' and '.join(stopped)}")


def patiently(folder: KataDir, case: str, judge: Callable[[], _V]) -> Verdict | _V:
    """Return what ``judge`` says of a case, or why it is not asked any more."""
    hopeless = out_of_patience(folder)
    if hopeless is not None:
        return hopeless
    verdict = judge()
    if verdict is not None:
        note(folder, case, verdict)
    return verdict


def is_known_crash(folder: KataDir, case: str, verdict: Verdict) -> bool:
    """Tell whether the answer crashed so, at that line, in another case before: once is enough."""
    if verdict.status != "runtime_error" or verdict.line is None:
        return False
    seen = folder.stash.setdefault(_CRASHES, {})
    return seen.setdefault((verdict.summary, verdict.line), case) != case


def note(folder: KataDir, case: str, verdict: Verdict) -> None:
    """Remember a case in which the answer had to be stopped, or took too much memory."""
    timing = verdict.timing
    out_of_time = verdict.status == "time_limit" and timing is not None and not timing.finished
    if out_of_time or verdict.status == "memory_limit":
        folder.stash.setdefault(_STOPPED_IN, {})[case] = verdict.status
