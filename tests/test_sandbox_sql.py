"""No SQL answer can hurt the run: bad ones between good ones, in one session."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from processes import alive, below

from pytest_prep.judging.sandbox import linux

if TYPE_CHECKING:
    from conftest import Animal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")

PRICES = {
    "schema": "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
    "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9);",
    "reference": "SELECT item, price FROM prices",
}
GOOD = "SELECT item, price + 0 AS price FROM prices"
LOG = """
    import json

    def pytest_prep_verdict(kata, verdict):
        with open("verdicts.jsonl", "a") as log:
            print(json.dumps([kata, verdict["status"], verdict["summary"]]), file=log)
    """


def verdicts(root: Path) -> dict[str, tuple[str, str]]:
    """Return the status and summary by kata, as the hook was told."""
    lines = (root / "verdicts.jsonl").read_text().splitlines()
    return {kata: (status, summary) for kata, status, summary in map(json.loads, lines)}


@pytest.fixture
def zoo(workspace, bad_answers) -> list[Animal]:
    """A kata for each bad answer, and a good answer before each and after the last."""
    found = bad_answers("sql")
    workspace.write("conftest.py", LOG)
    for number, animal in enumerate(found):
        workspace.sql_kata(f"sql/zoo/z{number:02d}_a_good", **PRICES, answer=GOOD)
        workspace.sql_kata(f"sql/zoo/z{number:02d}_b_{animal.name}", **PRICES, answer=animal.text)
    workspace.sql_kata("sql/zoo/z99_good", **PRICES, answer=GOOD)
    return found


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Answers are stopped after a second and a half."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: 1.5)


def test_the_zoo(workspace, zoo, impatient) -> None:
    """Each bad answer gets its own verdict, each good one is accepted, and nothing is left."""
    before = set(linux.descendants(os.getpid()))
    result = workspace.run("-q")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    told = verdicts(workspace.root)
    wrong = []
    for number, animal in enumerate(zoo):
        status, summary = told[f"sql-z{number:02d}-b-{animal.name.replace('_', '-')}"]
        if status not in animal.verdicts or animal.says not in summary:
            wrong.append((animal.name, status, summary))
    assert not wrong
    good = [status for kata, (status, _) in told.items() if "good" in kata]
    assert good == ["accepted"] * (len(zoo) + 1)
    assert len(zoo) >= 20
    assert set(linux.descendants(os.getpid())) <= before
    assert not [path for path in workspace.root.rglob("*stolen*") if path.is_file()]


def test_in_process_it_says_so(workspace) -> None:
    """Without children, the summary says what is not enforced, and why."""
    workspace.sql_kata("sql/basics/prices", **PRICES, answer=GOOD)
    line = "budgets not enforced: answers ran in pytest's own process (--isolation=none)"
    workspace.run("--isolation=none").stdout.fnmatch_lines([line])
    assert line not in workspace.run().outlines


def test_the_ini_key(workspace) -> None:
    """``prep_isolation`` is what ``--isolation`` overrides; a misspelt value is wrong usage."""
    workspace.sql_kata("sql/basics/prices", **PRICES, answer=GOOD)
    said = "*own process (prep_isolation = none)*"
    workspace.run("-o", "prep_isolation=none").stdout.fnmatch_lines([said])
    workspace.run("-o", "prep_isolation=none", "--isolation=fork").stdout.no_fnmatch_line(said)
    result = workspace.run("-o", "prep_isolation=frok")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*'frok' is not a way*did you mean 'fork'?"])


ENDLESS = "SELECT levenshtein(repeat('ab', 3_000_000), repeat('ba', 3_000_000)), 1"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 2), (signal.SIGKILL, -9), (signal.SIGTERM, -15)]
)
def test_an_interruption(workspace, number, code) -> None:
    """Ctrl-C in an endless query ends at once with code 2; no process survives, nor a kill."""
    workspace.sql_kata("sql/zoo/a_good", **PRICES, answer=GOOD)
    workspace.sql_kata("sql/zoo/b_bad", **PRICES, answer=ENDLESS)
    workspace.write("conftest.py", LOG)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--disable-plugin-autoload", "-p", "prep"],
        cwd=workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (workspace.root / "verdicts.jsonl").exists():
            assert process.poll() is None
            time.sleep(0.02)
        children = below(process, 2)
        time.sleep(0.2)
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(10) == code
        assert time.monotonic() - started < 3
        assert alive(children) == []
        assert verdicts(workspace.root) == {"sql-a-good": ("accepted", "")}
    finally:
        process.kill()
        process.wait()
