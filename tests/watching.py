"""Run ``pytest --watch`` beside a test: save files, press keys, wait for what it says."""

from __future__ import annotations

import errno
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from workspace import PLUGINS, Workspace

#: Seconds to wait for something that must come; a loaded machine takes its time.
PATIENCE = 30.0

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Watching:
    """One run of ``--watch``, on pipes, or on a terminal of its own."""

    def __init__(self, workspace: Workspace, *args: str, terminal: bool = False, **env: str):
        self.root = workspace.root
        self._text = ""
        #: Up to where the text has been waited for.
        self._seen = 0
        command = [sys.executable, "-m", "pytest", *PLUGINS, "--watch", *args]
        environment = {**os.environ, "TERM": "xterm", "PYTHONUNBUFFERED": "1", **env}
        if terminal:
            self._handle, theirs = pty.openpty()
            self.typing = self._handle
            self.terminal = theirs
        else:
            self._handle, theirs = os.pipe()
            stdin, self.typing = os.pipe()
        self.process = subprocess.Popen(
            command,
            cwd=self.root,
            env=environment,
            stdin=theirs if terminal else stdin,
            stdout=theirs,
            stderr=theirs,
            process_group=0,
        )
        if not terminal:
            os.close(theirs)
            os.close(stdin)

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def until(self, pattern: str, *, seconds: float = PATIENCE) -> str:
        """Wait until new output matches; return it up to the match. Escapes are taken out."""
        end = time.monotonic() + seconds
        while True:
            new = _ESCAPES.sub("", self._text[self._seen :])
            found = re.search(pattern, new, re.MULTILINE)
            if found:
                self._skip(found.end())
                return new[: found.end()]
            left = end - time.monotonic()
            assert left > 0, f"waited for {pattern!r} in vain; it said:\n{new}"
            assert self._read(left), f"ended without {pattern!r}; it said:\n{new}"

    def silence(self, seconds: float) -> str:
        """Return what it says within some seconds, which is mostly expected to be nothing."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read(left):
            pass
        new = _ESCAPES.sub("", self._text[self._seen :])
        self._seen = len(self._text)
        return new

    @property
    def raw(self) -> str:
        """Everything it ever wrote, with escapes."""
        return self._text

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.typing, keys.encode())

    def save(self, path: str, text: str) -> None:
        """Save a file as careful editors do: a new file takes the old one's place."""
        place = self.root / path
        beside = place.with_name(f".{place.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(place)

    def write(self, path: str, text: str) -> None:
        """Save a file in place."""
        (self.root / path).write_text(text, encoding="utf-8")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal; return the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; return the exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(0.05):
            assert time.monotonic() < end, self._text
            if self.process.poll() is not None:
                break
        return self.process.wait(PATIENCE)

    def processes(self) -> list[int]:
        """Return the processes below it, as far as /proc tells."""
        from pytest_prep.judging.sandbox.linux import descendants

        return descendants(self.process.pid)

    def _read(self, seconds: float) -> bool:
        """Read what there is within some seconds; return False at the end of it all."""
        if not select.select([self._handle], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self._handle, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            piece = b""
        self._text += piece.decode(errors="replace").replace("\r\n", "\n")
        return bool(piece)

    def _skip(self, count: int) -> None:
        """Go on behind ``count`` characters, escapes not counted."""
        while count > 0:
            escape = _ESCAPES.match(self._text, self._seen)
            if escape:
                self._seen = escape.end()
            else:
                self._seen += 1
                count -= 1


def all_gone(pids: list[int]) -> bool:
    """Tell whether processes are there no more, or not within ten seconds."""
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return bool(pids)
