"""``--watch``: judge again on every save, from a process that is warm."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.nodes import KataDir

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Watch the selected katas until the learner ends it.

    Returns:
        0 after ``q`` or SIGTERM, 2 after Ctrl-C, 5 where no kata is selected.

    Raises:
        pytest.UsageError: the mode cannot run with these options, or on this system.
    """
    settings = practice.settings
    if not hasattr(os, "fork"):
        raise pytest.UsageError(f"--watch does not work on {sys.platform}: it has no fork")
    if settings.in_process in ("--pdb", "--trace"):
        raise pytest.UsageError(f"--watch: leave out {settings.in_process}; run the kata by itself")
    folders = {f.path: None for item in items if (f := item.getparent(KataDir)) is not None}
    broken = (settings.root / record.path for record in practice.recorder.katas.values())
    folders |= {path: None for path in broken if path.is_relative_to(settings.katas)}
    if not folders:
        sys.stdout.write("--watch: no kata is selected\n")
        return int(pytest.ExitCode.NO_TESTS_COLLECTED)
    from pytest_prep.modes.watch.loop import Loop

    return Loop(practice, list(folders)).run()
