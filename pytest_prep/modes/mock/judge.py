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

    def __init__(
        self, settings: Settings, item: Item, text: str, *, final: bool = False, tests: str = ""
    ) -> None:
        """Start the child.

        Args:
            settings: what it judges with.
            item: the kata.
            text: the answer.
            final: whether the answer is reviewed too.
            tests: the candidate's own tests, tried on the kata's known answers.

        Raises:
            OSError: it cannot be started.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="prep-mock-"))
        answer = self._folder / f"answer{item.data['suffix']}"
        answer.write_text(text, encoding="utf-8")
        self._found = self._folder / "found.jsonl"
        self._output = (self._folder / "output").open("wb")
        order = {"answer": str(answer), "found": str(self._found), "review": final, "tests": tests}
        self._process = subprocess.Popen(  # noqa: S603
            judging_command(settings, item),
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
        found = {entry["case"]: entry["verdict"] for entry in self._entries() if "case" in entry}
        if not found:
            self._output.flush()
            told = (self._folder / "output").read_text(encoding="utf-8", errors="replace")
            lines = [line for line in told.strip().split("\n") if line.strip()]
            reason = lines[-1] if lines else f"pytest ended with {self._process.returncode}"
            found["judge"] = Verdict("kata_error", reason, "\n".join(lines[-20:])).to_dict()
        return found

    def review(self) -> dict[str, Any] | None:
        """Return the review: its score, findings and measures; None without one."""
        return self._first("review")

    def tested(self) -> dict[str, Any] | None:
        """Return what the candidate's own tests are worth, see :mod:`.own_tests`."""
        return self._first("tested")

    def _first(self, name: str) -> dict[str, Any] | None:
        found = (entry[name] for entry in self._entries() if name in entry)
        return next(found, None)

    def _entries(self) -> list[dict[str, Any]]:
        try:
            text = self._found.read_text(encoding="utf-8")
        except OSError:
            return []
        # A child that was ended may have left half a line.
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def close(self) -> None:
        """End the child and everything it started; remove what it wrote."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._output.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def judging_command(settings: Settings, item: Item) -> list[str]:
    """Return the command that judges, with the options that say how."""
    command = [sys.executable, "-m", "pytest", str(settings.root / item.data["path"])]
    command += ["--rootdir", str(settings.root), "-o", "addopts=", "--import-mode=importlib"]
    if settings.inipath:
        command += ["-c", str(settings.inipath)]
    for name in ("engine", "dialect", "isolation"):
        if chosen := getattr(settings, name):
            command += [f"--{name}", chosen]
    plugins = ("prep", "timeout", "pytest_prep.modes.mock.inner", "no:cacheprovider")
    return [*command, *(word for plugin in plugins for word in ("-p", plugin)), "-q"]


def _environment(folder: Path, order: dict[str, Any]) -> dict[str, str]:
    taken = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_XDIST_WORKER", "COV_CORE_SOURCE")
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    return {
        **kept,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        # The interview records what counts; a run on the way is no attempt of its own.
        "PREP_STORE": str(folder / "store.sqlite3"),
        ORDER: json.dumps(order),
    }
