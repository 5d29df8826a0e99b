"""A candidate at a mock interview in plain lines: types, waits for what is shown, saves answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path


class Candidate:
    """A pytest process that plays an interview, driven through pipes."""

    def __init__(self, root: Path, *args: str, env: dict[str, str] | None = None) -> None:
        self.root = root
        command = [sys.executable, "-m", "pytest", "--disable-plugin-autoload"]
        self.process = subprocess.Popen(
            [*command, "-p", "prep", "-p", "timeout", *args],
            cwd=root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.shown = ""
        self._seen = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while block := os.read(self.process.stdout.fileno(), 65536):
            self.shown += block.decode(errors="replace")

    def until(self, text: str, seconds: float = 30) -> str:
        """Wait until a text is shown that was not waited for before; return what came with it."""
        end = time.monotonic() + seconds
        while text not in self.shown[self._seen :]:
            assert time.monotonic() < end, f"{text!r} is not shown:\n{self.shown[self._seen :]}"
            assert self.process.poll() is None or text in self.shown[self._seen :], self.shown
            time.sleep(0.01)
        start = self._seen
        self._seen = self.shown.index(text, start) + len(text)
        return self.shown[start : self._seen]

    def types(self, *lines: str) -> None:
        """Type lines."""
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def leaves(self, seconds: float = 30) -> int:
        """End the input, wait for the end, and return the exit code."""
        self.process.stdin.close()
        code = self.process.wait(seconds)
        time.sleep(0.05)
        return code

    @property
    def folder(self) -> Path:
        """The folder of the latest interview."""
        return sorted(self.root.glob(".prep/interviews/*/journal.jsonl"))[-1].parent

    @property
    def journal(self) -> list[dict]:
        """The whole lines of its journal."""
        text = (self.folder / "journal.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n")[:-1]]

    @property
    def result(self) -> dict:
        """Its report as data."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))


CODING = """
[interview]
id = "coding-20"
title = "One problem"
kind = "coding"
duration = "20m"
pass_mark = 60

[[stage]]
id = "problem"
kind = "code"
time = "20m"
hard = true
pick = { from = "katas", count = 1 }
"""
