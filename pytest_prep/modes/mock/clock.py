"""The interview's clock: which seconds count."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from pytest_prep.progress.clock import now


@dataclass(frozen=True)
class Reading:
    """All clocks at one moment."""

    #: Seconds since the machine started, sleep included.
    boot: float
    #: Seconds since the machine started, sleep left out.
    awake: float
    #: Seconds since 1970.
    wall: float
    #: Which start of the machine the first two count from.
    boot_id: str


class Clock(Protocol):
    """Where readings come from; tests have one of their own."""

    def read(self) -> Reading:
        """Return what the clocks say now."""


class SystemClock:
    """The machine's clocks."""

    def read(self) -> Reading:
        """Return what the clocks say now."""
        awake = time.monotonic()
        boot = time.clock_gettime(time.CLOCK_BOOTTIME) if _HAS_BOOTTIME else awake
        return Reading(boot, awake, now().timestamp(), boot_id())


_HAS_BOOTTIME = hasattr(time, "CLOCK_BOOTTIME")


@cache
def boot_id() -> str:
    """Return what names this start of the machine, ``""`` where nothing does."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


class Stopwatch:
    """Counts the seconds that are charged.

    ``real`` charges sleep and the time between a crash and going on; ``active`` neither. A
    stopped process and an editor in the foreground count in both.
    """

    def __init__(self, clock: Clock, *, real: bool) -> None:
        """Start at 0, standing still."""
        self._clock = clock
        self._real = real
        self._base = 0.0
        self._since: Reading | None = None

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._since is not None

    def read(self) -> tuple[float, Reading]:
        """Return the seconds charged so far, and the reading they come from."""
        reading = self._clock.read()
        if self._since is None:
            return self._base, reading
        return self._base + self._between(self._since, reading), reading

    def start(self) -> None:
        """Count from now on."""
        self._since = self._clock.read()

    def set(self, seconds: float) -> None:
        """Stand still at so many seconds."""
        self._base, self._since = seconds, None

    def go_on(self, seconds: float, seen: Reading) -> None:
        """Count on from ``seconds``, which were charged when ``seen`` was read."""
        here = self._clock.read()
        away = 0.0
        if self._real:
            same = bool(seen.boot_id) and seen.boot_id == here.boot_id
            away = here.boot - seen.boot if same else here.wall - seen.wall
        self._base = seconds + max(0.0, away)
        self._since = here

    def _between(self, first: Reading, last: Reading) -> float:
        return last.boot - first.boot if self._real else last.awake - first.awake
