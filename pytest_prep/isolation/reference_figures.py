"""What references took in earlier runs on this machine, so that they need not run every time.

A kept figure only ever accepts: an answer within the budget that follows from it is fast enough.
Before one is called too slow or too large, the reference is measured anew in the same test.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_prep.content.dataset import DATASETS_FILE
from pytest_prep.content.kata import Kata
from pytest_prep.content.whole import write_whole
from pytest_prep.judging.budget import REFERENCE_WALL
from pytest_prep.judging.sandbox.limits import MEMORY
from pytest_prep.practice import answer_path, kata_of
from pytest_prep.progress.clock import now
from pytest_prep.settings import Settings

#: CPU seconds of a reference below which running it costs less than looking it up.
LONG = 0.01
#: After this time a figure is measured anew: what the machine does beside has changed.
AGE = timedelta(days=30)


class Figures(NamedTuple):
    """What a reference took on one test."""

    #: CPU seconds.
    cpu: float
    #: Bytes by which its process grew.
    memory: int


class KeptFigures:
    """Figures of one workspace, a file a kata; a file that is damaged or stale holds none.

    They are for learners at work: what judges submissions measures every time.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is read yet."""
        self._folder = settings.root / ".prep" / "references"
        self._settings = settings

    def known(self, item: pytest.Item) -> Figures | None:
        """Return the figures for a test, None where they are to be measured."""
        kata = kata_of(item)
        if answer_path(item) != kata.answer:
            return None
        try:
            kept = json.loads(self._place(kata).read_bytes())
            if item.nodeid not in kept["tests"] or kept["of"] != self._key(kata):
                return None
            cpu, memory, moment = kept["tests"][item.nodeid]
            figures = Figures(float(cpu), int(memory))
            fresh = 0 <= now().timestamp() - float(moment) <= AGE.total_seconds()
            return figures if fresh and _can_be(figures) else None
        except (OSError, ValueError, TypeError, LookupError, OverflowError):
            return None

    def keep(self, item: pytest.Item, cpu: float, memory: int) -> None:
        """Keep what was measured; where nothing can be written, it is measured every time."""
        kata = kata_of(item)
        if answer_path(item) != kata.answer or not _can_be(Figures(cpu, memory)):
            return
        place, tests = self._place(kata), {}
        with contextlib.suppress(OSError):
            key = self._key(kata)
            with contextlib.suppress(OSError, ValueError, TypeError, LookupError):
                kept = json.loads(place.read_bytes())
                if kept["of"] == key:
                    tests = dict(kept["tests"])
            tests[item.nodeid] = [cpu, memory, now().timestamp()]
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, json.dumps({"of": key, "tests": tests}).encode())

    def _place(self, kata: Kata) -> Path:
        return self._folder / f"{kata.id}.json"

    def _key(self, kata: Kata) -> str:
        """Return a hash of all that a figure depends on."""
        digest = hashlib.sha256(_machine().encode())
        for path in self._files(kata):
            digest.update(f"\n{path.name}\n".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _files(self, kata: Kata) -> Iterator[Path]:
        """Yield the files that may change what a reference takes: all but the answer."""
        for parent in (kata.folder, *kata.folder.parents):
            if (above := parent / "conftest.py").is_file():
                yield above
            if parent == self._settings.root:
                break
        if (datasets := self._settings.data / DATASETS_FILE).is_file():
            yield datasets
        for folder in (kata.folder, kata.author_folder):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path != kata.answer and path.suffix != ".pyc":
                    yield path


def _can_be(figures: Figures) -> bool:
    """Tell whether a reference can have taken that, and so much that it is worth keeping."""
    return LONG <= figures.cpu <= REFERENCE_WALL and 0 <= figures.memory <= MEMORY


@cache
def _machine() -> str:
    """Return what tells this machine, its Python and its libraries from others."""
    model = ""
    with contextlib.suppress(OSError), Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        model = next((line for line in file if line.startswith("model name")), "")
    # Whatever is installed or removed changes the folder of the libraries.
    libraries = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
    return f"{model}{os.cpu_count()}\n{platform.machine()}\n{sys.version}\n{libraries}"
