"""The zoo: bad answers, each judged between good ones, in one session a group."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.judging.sandbox import linux

if TYPE_CHECKING:
    from workspace import Workspace

#: Bad answers, each with a header that says what must become of it.
ZOO = Path(__file__).with_name("zoo")
#: Seconds after which an answer is stopped.
WALL = 1.5


def log_of_verdicts(wall: float) -> str:
    """Return a conftest.py that keeps verdicts.

    In other processes than this one, in which tests patch what they like, an answer is stopped
    after ``wall`` seconds, a query after half of that.
    """
    return f"""
        import json
        import os

        if os.getpid() != {os.getpid()}:
            import pytest_prep.fixtures
            import pytest_prep.judging.judge
            import pytest_prep.python_katas

            pytest_prep.fixtures.LOADING = {wall}
            pytest_prep.python_katas.wall_cap = lambda limit: {wall}
            pytest_prep.judging.judge.wall_cap = lambda limit: {wall / 2}

        def pytest_prep_verdict(kata, verdict):
            with open("verdicts.jsonl", "a") as log:
                print(json.dumps([kata, verdict["status"], verdict["summary"]]), file=log)
        """


@dataclass(frozen=True)
class Animal:
    """A bad answer."""

    name: str
    text: str
    #: The verdicts of which it must get one.
    verdicts: tuple[str, ...]
    #: What the verdict's summary must hold.
    says: str


def animals(language: str) -> list[Animal]:
    """Return the bad answers in ``sql`` or ``python``."""
    found = []
    for path in sorted((ZOO / language).iterdir()):
        if path.suffix not in (".sql", ".py"):
            continue
        text = path.read_text(encoding="utf-8")
        _, verdict, says = (line.lstrip("-# ") for line in text.split("\n")[:3])
        found.append(
            Animal(
                path.stem,
                text,
                tuple(verdict.removeprefix("verdict:").replace(",", " ").split()),
                says.removeprefix("says:").strip(),
            )
        )
    return found


def verdicts(root: Path) -> dict[str, tuple[str, str]]:
    """Return the status and summary by kata, as the hook was told."""
    lines = (root / "verdicts.jsonl").read_text().splitlines()
    return {kata: (status, summary) for kata, status, summary in map(json.loads, lines)}


def judge_zoo(
    workspace: Workspace, found: list[Animal], write: Callable[..., object], *args: str
) -> None:
    """Judge the animals, with a right answer before each and after the last.

    Each must get its own verdict, each right answer must be accepted, and nothing may be left.
    ``write`` makes a kata of a name, with the right answer or the one given.
    """
    for number, animal in enumerate(found):
        write(f"z{number:02d}_a_good")
        write(f"z{number:02d}_b", animal.text)
    write("z99_good")
    workspace.write("conftest.py", log_of_verdicts(WALL))
    before = set(linux.descendants(os.getpid()))
    files = {p: p.read_bytes() for p in (workspace.root / "katas").rglob("*.*") if p.is_file()}
    assert workspace.run("-q", *args).ret == pytest.ExitCode.TESTS_FAILED
    told = {kata.partition("-")[2]: verdict for kata, verdict in verdicts(workspace.root).items()}
    got = [(animal, *told.pop(f"z{number:02d}-b")) for number, animal in enumerate(found)]
    assert not [
        (animal.name, status, summary)
        for animal, status, summary in got
        if status not in animal.verdicts or animal.says not in summary
    ]
    assert [status for status, _ in told.values()] == ["accepted"] * (len(found) + 1)
    assert set(linux.descendants(os.getpid())) <= before
    assert files == {path: path.read_bytes() for path in files}
    assert not [path for path in workspace.root.rglob("*stolen*") if path.is_file()]
