"""The parent's side of judging: one child in waiting, one that judges, and what they say."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_prep.judging.sandbox import linux
from pytest_prep.modes.watch.child import Message, be_judge
from pytest_prep.modes.watch.files import KataFiles, Snapshot
from pytest_prep.modes.watch.fork import fork

if TYPE_CHECKING:
    import pytest

    from pytest_prep.settings import Settings


class Judge:
    """A child that judges once."""

    def __init__(self, config: pytest.Config, settings: Settings, ready: list[KataFiles]) -> None:
        """Fork it; it makes some katas ready and waits."""
        self._katas = [kata.path for kata in ready]
        #: What the child must not have read otherwise: all but the answers.
        self._read: dict[str, Snapshot] = {kata.path: kata.others() for kata in ready}
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the child lives
        requests, self._requests = os.pipe()
        self.handle, replies = os.pipe()
        self.is_ready = False
        self.started = time.monotonic()
        self._rest = b""
        self.pid = fork()
        if self.pid == 0:
            params = config.invocation_params
            be_judge(
                list(params.args),
                list(params.plugins or ()),
                self._katas,
                requests=requests,
                replies=replies,
                output=self._output.fileno(),
                scratch=tempfile.gettempdir(),
                changing=(settings.katas, settings.solutions),
            )
        os.close(requests)
        os.close(replies)
        os.set_blocking(self.handle, False)

    def suits(self, katas: list[KataFiles]) -> bool:
        """Tell whether it has read nothing that has changed since."""
        mine = [kata for kata in katas if kata.path in self._read]
        return all(kata.others() == self._read[kata.path] for kata in mine)

    def is_for(self, katas: list[KataFiles]) -> bool:
        """Tell whether it is made ready for just these katas, as they are."""
        return [kata.path for kata in katas] == self._katas and self.suits(katas)

    def ask(self, katas: list[KataFiles], *, width: int, colour: bool) -> None:
        """Have it judge these katas."""
        self.started = time.monotonic()
        request = {"judge": [kata.path for kata in katas], "width": width, "colour": colour}
        # One that has ended by itself is noticed by what it does not say.
        with suppress(BrokenPipeError):
            os.write(self._requests, json.dumps(request).encode() + b"\n")

    def messages(self) -> list[Message] | None:
        """Return what it said since the last call, None when it has ended."""
        try:
            piece = os.read(self.handle, 1 << 20)
        except BlockingIOError:
            return []
        if not piece:
            return None
        *lines, self._rest = (self._rest + piece).split(b"\n")
        said: list[Message] = [json.loads(line) for line in lines]
        self.is_ready = self.is_ready or any("ready" in message for message in said)
        return said

    def last_words(self) -> str:
        """Return the last line that it wrote to what it took for the terminal."""
        self._output.seek(0)
        lines = self._output.read().decode(errors="replace").strip().split("\n")
        return lines[-1]

    def end(self) -> None:
        """End it, whatever it does; the processes below it notice."""
        linux.kill_group(self.pid)
        os.waitpid(self.pid, 0)
        for handle in (self.handle, self._requests):
            os.close(handle)
        self._output.close()


def warm_up(katas: Iterable[KataFiles]) -> None:
    """Import here what the judges of these katas will need: their children have it then."""
    import ast
    import importlib

    names: set[str] = set()
    for kata in (files.kata for files in katas):
        if kata is None:
            continue
        if kata.sql:
            names |= {"duckdb", "pytest_prep.judging.sandbox.sql", "pytest_prep.judging.explain"}
            if kata.sql.engine == "sqlite":
                names.add("sqlite3")
            if kata.sql.generated:
                names |= {
                    "pytest_prep.judging.generated",
                    "pytest_prep.judging.counterexample.hunt",
                }
            if kata.sql.require or kata.sql.forbid:
                names.add("pytest_prep.judging.requirements")
            continue
        names |= {"pytest_prep.isolation.forked_tests", "pytest_prep.python_katas"}
        try:
            tree = ast.parse(kata.reference.read_text(encoding="utf-8"))
        except (OSError, ValueError, SyntaxError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    for name in sorted(names):
        try:
            importlib.import_module(name)
        except Exception:  # noqa: S112 - the judge says what is missing
            continue
