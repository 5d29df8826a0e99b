"""No SQL answer can hurt the run: bad ones between good ones, in one session."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from animals import WALL, animals, judge_zoo, log_of_verdicts, verdicts
from processes import alive, below

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")

PRICES = {
    "schema": "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
    "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9);",
    "reference": "SELECT item, price FROM prices",
}
#: Verdicts of what has to be stopped.
KILLED = {"time_limit", "memory_limit"}
GOOD = "SELECT item, price + 0 AS price FROM prices"


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Answers are stopped after a second and a half."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: WALL)


@pytest.fixture
def judge(workspace, impatient):
    """Judge bad answers between good ones."""

    def write(name: str, answer: str = GOOD) -> None:
        workspace.sql_kata(f"sql/zoo/{name}", **PRICES, answer=answer)

    return lambda found, *args: judge_zoo(workspace, found, write, *args)


@pytest.mark.parametrize("arguments", [(), ("-n2", "-p", "xdist")], ids=["plain", "xdist"])
def test_the_zoo(judge, arguments) -> None:
    """Each bad answer gets its own verdict, each good one is accepted, and nothing is left."""
    found = animals("sql")
    assert len(found) >= 20
    judge(found, *arguments)


def test_the_zoo_without_children(judge) -> None:
    """What is refused, and what DuckDB can be told to stop, gets the same verdicts there."""
    stopped = {"cross_join", "endless_recursion"}
    found = [a for a in animals("sql") if a.name in stopped or not set(a.verdicts) & KILLED]
    assert len(found) > len(stopped) + 15
    judge(found, "--isolation=none")


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
    workspace.write("conftest.py", log_of_verdicts(60))
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
