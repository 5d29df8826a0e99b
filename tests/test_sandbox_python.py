"""No Python answer can hurt the run: bad ones between good ones, in one session."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from animals import WALL, animals, judge_zoo, log_of_verdicts
from processes import alive, below

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")

RIGHT = 'def initials(name):\n    return "".join(word[0] for word in name.split())\n'
INITIALS = {
    "names": ["initials"],
    "reference": RIGHT,
    "more": '[budget]\nmemory = "300MB"',
}
TEST = 'def test_sample(answer):\n    assert answer.initials("Ada Lovelace") == "AL"\n'
#: Bad answers that pytest's own process outlives.
HARMLESS = (
    *("asks", "endless_loop", "exception_without_text", "exit_at_import", "missing", "raises"),
    *("recursion", "sleeps", "syntax", "sys_exit", "wrong"),
)


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Answers are stopped after a second and a half."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: WALL)
    monkeypatch.setattr("pytest_prep.fixtures.LOADING", WALL)


@pytest.fixture
def judge(workspace, impatient):
    """Judge bad answers between good ones."""

    def write(name: str, answer: str = RIGHT) -> None:
        workspace.python_kata(f"python/zoo/{name}", **INITIALS, tests=TEST, answer=answer)

    return lambda found, *args: judge_zoo(workspace, found, write, *args)


@pytest.mark.parametrize("arguments", [(), ("-n2", "-p", "xdist")], ids=["plain", "xdist"])
def test_the_zoo(judge, arguments) -> None:
    """Each bad answer gets its own verdict, each good one is accepted, and nothing is left."""
    found = animals("python")
    assert len(found) >= 40
    judge(found, *arguments)


def test_the_zoo_without_children(judge) -> None:
    """What does not end pytest's own process gets the same verdicts there."""
    found = [animal for animal in animals("python") if animal.name in HARMLESS]
    assert len(found) == len(HARMLESS)
    judge(found, "--isolation=none")


def test_where_it_was_stuck(workspace, impatient) -> None:
    """The line and function in which the answer was stopped, its output, and its budget."""
    answer = (
        "def initials(name):\n    print('given', name, flush=True)\n    while True:\n        pass\n"
    )
    workspace.python_kata("python/text/initials", **INITIALS, tests=TEST, answer=answer)
    result = workspace.run()
    result.stdout.fnmatch_lines(
        [
            "too slow: stopped before it was done",
            "stopped in initials(), line [34]",
            "stopped after * budget 1.0 s (the minimum; reference * ms)",
            "katas/python/text/initials/answer.py:[34]",
            "*Captured stdout call*",
            "given Ada Lovelace",
        ]
    )


def test_what_survives_the_boundary(workspace) -> None:
    """Fixtures, marks, captured output, logs, warnings, properties and -x are as without it."""
    tests = """
        import logging
        import warnings

        import pytest

        @pytest.fixture
        def word(request, tmp_path):
            (tmp_path / "x").write_text("1")
            print("set up")
            yield "Ada"
            print("torn down")

        def test_sample(answer, word, record_property):
            warnings.warn("beware")
            record_property("seen", 1)
            print("inside")
            assert answer.initials(word) == "A"

        @pytest.mark.parametrize("n", [1, 2])
        def test_edge(answer, n):
            logging.getLogger().warning("logged")
            assert answer.initials("x y " * n) == "xy" * n

        @pytest.mark.xfail(strict=True)
        def test_expected(answer):
            assert False

        @pytest.mark.skip(reason="not today")
        def test_skipped(answer):
            pass
        """
    answer = RIGHT.replace("split()", "split()[:1]")
    workspace.python_kata("python/text/initials", **INITIALS, tests=tests, answer=answer)
    result = workspace.run("-rs", "--junitxml=out.xml")
    counts = result.parseoutcomes()
    assert {key: counts[key] for key in ("passed", "failed", "skipped", "xfailed")} == {
        "passed": 1,
        "failed": 2,
        "skipped": 1,
        "xfailed": 1,
    }
    result.stdout.fnmatch_lines(["*Captured log call*", "WARNING*logged", "*UserWarning: beware*"])
    assert '<property name="seen" value="1"' in (workspace.root / "out.xml").read_text()
    assert workspace.run("-x").parseoutcomes()["failed"] == 1
    assert workspace.run("--lf", "-p", "cacheprovider").parseoutcomes()["failed"] >= 1


def test_what_a_right_answer_leaves_behind(workspace) -> None:
    """A thread, a process and a replaced builtin are noted beside the verdict, no failure."""
    answer = """
        import builtins
        import os
        import threading
        import time

        def initials(name):
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            builtins.breakpoint = None
            if os.fork() == 0:
                time.sleep(60)
            return "".join(word[0] for word in name.split())
        """
    tests = f"{TEST}\n\ndef test_edge(answer):\n    assert answer.initials('A') == 'A'\n"
    workspace.python_kata(
        "python/text/initials", **INITIALS, tests=tests, answer=textwrap.dedent(answer)
    )
    result = workspace.run("-W", "ignore::DeprecationWarning")
    result.assert_outcomes(passed=2)
    beside = "note          katas/python/text/initials"
    result.stdout.fnmatch_lines(
        [
            "*= katas: 1 accepted =*",
            f"{beside}  builtins replaced: breakpoint (test_sample and 1 more)",
            f"{beside}  threads left behind: 1 (test_sample and 1 more)",
            f"{beside}  processes left behind and ended: 1 (test_sample and 1 more)",
        ]
    )


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 2), (signal.SIGKILL, -9), (signal.SIGTERM, -15)]
)
def test_an_interruption(workspace, number, code) -> None:
    """Ctrl-C in an endless function ends at once with code 2; nothing survives it, nor a kill."""
    workspace.python_kata("python/zoo/a_good", **INITIALS, tests=TEST, answer=RIGHT)
    endless = "def initials(name):\n    while True:\n        pass\n"
    workspace.python_kata("python/zoo/b_bad", **INITIALS, tests=TEST, answer=endless)
    workspace.write("conftest.py", log_of_verdicts(60))
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--disable-plugin-autoload", "-p", "prep"],
        cwd=workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    log = workspace.root / "verdicts.jsonl"
    try:
        while not log.exists():
            assert process.poll() is None
            time.sleep(0.02)
        children = below(process, 2)
        time.sleep(0.2)
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(10) == code
        assert time.monotonic() - started < 3
        assert alive(children) == []
        told = [json.loads(line)[:2] for line in log.read_text().splitlines()]
        assert told == [["python-a-good", "accepted"]]
    finally:
        process.kill()
        process.wait()
