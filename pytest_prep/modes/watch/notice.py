"""Notice that something changed: a child that watches folders, or a clock that says look again."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterable
from importlib.util import find_spec
from typing import NoReturn

from pytest_prep.modes.watch.fork import fork, let_go

#: Milliseconds: how often the watching child looks at what the system told it, and how long it
#: gathers a burst of changes.
STEP, DEBOUNCE = 2, 10
#: Milliseconds without a change after which the watching child says that it is there.
PATIENCE = 100
#: Seconds between two looks at all files, where nobody tells of changes.
POLLING = 0.3

NO_WATCHFILES = (
    f"watchfiles is not installed: looking for changes every {POLLING:g} s instead; "
    "for verdicts at once: pip install 'pytest-prep[watch]'"
)


class Notices:
    """Tells in which folders something changed.

    The watching is done by a child: its library starts threads, and a process with threads must
    not fork judges.
    """

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._pid: int | None = None
        self._handle: int | None = None
        self._folders: frozenset[str] = frozenset()
        self._rest = b""
        self._next_look = time.monotonic()
        #: Why there is no watching child, ``""`` if there can be one.
        self.why_polling = "" if find_spec("watchfiles") else NO_WATCHFILES

    @property
    def handle(self) -> int | None:
        """The descriptor to wait for, None where changes are looked for."""
        return self._handle

    @property
    def wait(self) -> float | None:
        """Seconds until it is time to look, None where a descriptor tells."""
        return max(self._next_look - time.monotonic(), 0.0) if self.why_polling else None

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders, not those below."""
        wanted = frozenset(folder for folder in folders if os.path.isdir(folder))  # noqa: PTH112
        if self.why_polling or (wanted == self._folders and self._pid is not None):
            return
        self.close()
        self._folders = wanted
        inlet, outlet = os.pipe()
        self._pid = fork()
        if self._pid == 0:
            _watch(sorted(wanted), outlet)
        os.close(outlet)
        os.set_blocking(inlet, False)
        self._handle = inlet

    def read(self) -> set[str] | None:
        """Return the folders in which something changed; None: look at all files."""
        if self.why_polling:
            if time.monotonic() < self._next_look:
                return set()
            self._next_look = time.monotonic() + POLLING
            return None
        if self._handle is None:
            return set()
        try:
            piece = os.read(self._handle, 1 << 16)
        except BlockingIOError:
            return set()
        if not piece:
            # Too many folders for the system, or one that is gone.
            self.close()
            self.why_polling = (
                "the system does not tell of changes here: "
                f"looking for them every {POLLING:g} s instead"
            )
            return None
        *lines, self._rest = (self._rest + piece).split(b"\n")
        told = [json.loads(line) for line in lines]
        # The child says once that it is there: what happened before, nobody saw.
        return None if any(one == [] for one in told) else {name for one in told for name in one}

    def close(self) -> None:
        """End the watching child."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = None
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._rest = b""


def _watch(folders: list[str], outlet: int) -> NoReturn:
    """Write the changed folders as a JSON line, change by change; until nobody reads it."""
    try:
        let_go({outlet})
        parent = os.getppid()
        from watchfiles import watch

        changes = watch(
            *folders,
            watch_filter=None,
            debounce=DEBOUNCE,
            step=STEP,
            rust_timeout=PATIENCE,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        )
        for count, batch in enumerate(changes):
            if os.getppid() != parent:
                break
            names = sorted({os.path.dirname(path) for _, path in batch})  # noqa: PTH120
            if names or count == 0:
                # The first one comes when the watching has begun, also without a change.
                told: list[list[str]] = [[]] if count == 0 else []
                for one in [*told, names]:
                    os.write(outlet, json.dumps(one).encode() + b"\n")
    finally:
        # Whatever went wrong: the parent hears that nobody watches any more.
        os._exit(0)
