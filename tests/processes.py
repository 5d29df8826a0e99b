"""What runs below a process, for tests that interrupt pytest."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.judging.sandbox import linux

if TYPE_CHECKING:
    import subprocess


def below(process: subprocess.Popen[bytes], count: int) -> list[int]:
    """Wait until a process has that many descendants; return them."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = linux.descendants(process.pid)
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"no {count} processes below pytest")


def alive(pids: list[int]) -> list[int]:
    """Wait a little; return those that still run."""
    end = time.monotonic() + 5
    left = pids
    while left and time.monotonic() < end:
        left = [pid for pid in left if Path(f"/proc/{pid}").exists()]
        time.sleep(0.02)
    return left
