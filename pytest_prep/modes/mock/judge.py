"""Judge a copy of an answer by a pytest of its own, in a child process.

One way for SQL and Python katas alike, with the isolation and the budgets that they have anywhere
else. The child has no terminal, no store of progress, and a process group that can be ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pytest_prep.judging.verdict import Verdict
from pytest_prep.modes.mock.inner import ORDER
from pytest_prep.modes.mock.paper import Item
from pytest_prep.settings import Settings

Verdicts = dict[str, dict[str, Any]]

#: Wall-clock seconds after which judging is given up.
LONGEST = 300.0


class Judging:
    """One answer being judged."""

    def __init__(self, settings: Settings, item: Item, text: str) -> None:
        """Start the child."""
        self._folder = Path(tempfile.mkdtemp(prefix="prep-mock-"))
        answer = self._folder / f"answer{item.data['suffix']}"
        answer.write_text(text, encoding="utf-8")
        self._verdicts = self._folder / "verdicts.jsonl"
        self._output = (self._folder / "output").open("wb")
        order = {"answer": str(answer), "verdicts": str(self._verdicts)}
        self._process = subprocess.Popen(  # noqa: S603
            _command(settings, item),
            cwd=settings.root,
            env=_environment(self._folder, order),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; tell whether it is done."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def verdicts(self) -> Verdicts:
        """Return the verdicts by case; a child that gave none is a broken kata."""
        found: Verdicts = {}
        with contextlib.suppress(OSError):
            for line in self._verdicts.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                found[entry["case"]] = entry["verdict"]
        if not found:
            self._output.flush()
            told = (self._folder / "output").read_text(encoding="utf-8", errors="replace")
            lines = [line for line in told.strip().split("\n") if line.strip()]
            reason = lines[-1] if lines else f"pytest ended with {self._process.returncode}"
            found["judge"] = Verdict("kata_error", reason, "\n".join(lines[-20:])).to_dict()
        return found

    def close(self) -> None:
        """End the child and everything it started; remove what it wrote."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._output.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def judge(settings: Settings, item: Item, text: str) -> Verdicts:
    """Judge an answer and wait for it."""
    judging = Judging(settings, item, text)
    try:
        judging.wait(LONGEST)
        return judging.verdicts()
    finally:
        judging.close()


def _command(settings: Settings, item: Item) -> list[str]:
    command = [sys.executable, "-m", "pytest", str(settings.root / item.data["path"])]
    command += ["--rootdir", str(settings.root), "-o", "addopts=", "--import-mode=importlib"]
    if settings.inipath:
        command += ["-c", str(settings.inipath)]
    for name in ("engine", "dialect"):
        if chosen := getattr(settings, name):
            command += [f"--{name}", chosen]
    plugins = ("prep", "timeout", "pytest_prep.modes.mock.inner", "no:cacheprovider")
    return [*command, *(word for plugin in plugins for word in ("-p", plugin)), "-q"]


def _environment(folder: Path, order: dict[str, str]) -> dict[str, str]:
    taken = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_XDIST_WORKER", "COV_CORE_SOURCE")
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    return {
        **kept,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        # The interview records what counts; a run on the way is no attempt of its own.
        "PREP_STORE": str(folder / "store.sqlite3"),
        ORDER: json.dumps(order),
    }
