"""Where nothing is forked: one spawned worker judges, and is replaced when an answer taints it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from animals import animals, judge_zoo, log_of_verdicts, verdicts
from processes import alive, below

from pytest_prep.isolation import choice
from pytest_prep.isolation.spawned_tests import SpawnedTests
from pytest_prep.judging.sandbox import linux, taint
from pytest_prep.judging.sandbox.limits import Limits
from pytest_prep.judging.sandbox.spawn import NotStarted, Spawned

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is untested")

RIGHT = 'def initials(name):\n    return "".join(word[0] for word in name.split())\n'
KATA = {"names": ["initials"], "reference": RIGHT, "more": '[budget]\nmemory = "300MB"'}
TEST = 'def test_sample(answer):\n    assert answer.initials("Ada Lovelace") == "AL"\n'
PRICES = {
    "schema": "CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
    "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9);",
    "reference": "SELECT item, price FROM prices",
}
GOOD_SQL = "SELECT item, price + 0 AS price FROM prices"
ENDLESS_SQL = "SELECT levenshtein(repeat('ab', 3_000_000), repeat('ba', 3_000_000)), 1"
#: The zoo's answers that need a worker replaced, one of each kind.
IMPORTANT = (
    "endless_loop",
    "leaves_a_thread",
    "memory_at_once",
    "os_exit_0",
    "patches_builtins",
    "print_flood",
    "segfault",
    "sys_exit",
)


@pytest.fixture(autouse=True)
def _nothing_left():
    """No test leaves a process behind."""
    before = set(linux.descendants(os.getpid()))
    yield
    assert set(linux.descendants(os.getpid())) <= before


def test_the_important_part_of_the_zoo(workspace) -> None:
    """Each bad Python answer gets its own verdict, and each good one next to it is accepted.

    Each process of xdist has a worker of its own.
    """
    found = [animal for animal in animals("python") if animal.name in IMPORTANT]
    assert len(found) == len(IMPORTANT)

    def write(name: str, answer: str = RIGHT) -> None:
        workspace.python_kata(f"python/zoo/{name}", **KATA, tests=TEST, answer=answer)

    judge_zoo(workspace, found, write, "--isolation=spawn", "-n2", "-p", "xdist")


def test_sql_is_stopped_and_the_next_answer_is_judged(workspace, monkeypatch) -> None:
    """A query that no engine can interrupt ends with its worker; the next has another one."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: 1.0)
    workspace.write("conftest.py", log_of_verdicts(1))
    for name, answer in (("a", GOOD_SQL), ("b", ENDLESS_SQL), ("c", GOOD_SQL), ("d", "SELECT 1")):
        workspace.sql_kata(f"sql/zoo/{name}", **PRICES, answer=answer)
    workspace.run("--isolation=spawn")
    told = {kata: status for kata, (status, _) in verdicts(workspace.root).items()}
    assert told == {
        "sql-a": "accepted",
        "sql-b": "time_limit",
        "sql-c": "accepted",
        "sql-d": "wrong_answer",
    }


def test_what_survives_the_boundary(workspace, monkeypatch) -> None:
    """Fixtures, parameters, marks, output, logs, warnings, properties, -x and --lf do.

    One worker runs all tests: none of this taints it.
    """
    started = []

    def order(tests: SpawnedTests) -> dict[str, object]:
        started.append(tests)
        return original(tests)

    original = SpawnedTests._order
    monkeypatch.setattr(SpawnedTests, "_order", order)
    tests = """
        import logging
        import warnings

        import pytest

        @pytest.fixture
        def word(tmp_path):
            (tmp_path / "x").write_text("1")
            yield "Ada"

        def test_sample(answer, word, record_property):
            warnings.warn("beware")
            record_property("seen", 1)
            assert answer.initials(word) == "A"

        @pytest.mark.parametrize("n", [1, 2])
        def test_edge(answer, n):
            logging.getLogger().warning("logged")
            assert answer.initials("x y " * n) == "xy" * n

        @pytest.mark.skip(reason="not today")
        def test_skipped(answer):
            pass
        """
    answer = "def initials(name):\n    print('given', name)\n    return name[0]\n"
    workspace.python_kata("python/text/initials", **KATA, tests=tests, answer=answer)
    result = workspace.run("--isolation=spawn", "-rs", "--junitxml=out.xml", "-p", "cacheprovider")
    result.assert_outcomes(passed=1, failed=2, skipped=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*answer.initials*==*", "*Captured stdout call*", "given x y x y *", "WARNING*logged"]
    )
    result.stdout.fnmatch_lines(["*UserWarning: beware*"])
    assert len(started) == 1
    assert '<property name="seen" value="1"' in (workspace.root / "out.xml").read_text()
    again = workspace.run("--isolation=spawn", "--lf", "-x", "-p", "cacheprovider")
    assert again.parseoutcomes()["failed"] == 1


def test_output_that_is_not_captured(workspace) -> None:
    """With ``-s`` an answer's output is shown, and nothing else of the worker."""
    said = "def initials(name):\n    print('given', name)\n" + RIGHT.partition("\n")[2]
    workspace.python_kata("python/text/initials", **KATA, tests=TEST, answer=said)
    result = workspace.run("--isolation=spawn", "-s")
    result.stdout.fnmatch_lines(["*given Ada Lovelace"])
    assert str(result.stdout).count("collected 1 item") == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 2), (signal.SIGKILL, -9)])
def test_an_interruption(workspace, number, code) -> None:
    """Ctrl-C in an endless function ends the run with code 2; nothing survives it, nor a kill."""
    workspace.python_kata("python/zoo/a_good", **KATA, tests=TEST, answer=RIGHT)
    endless = "def initials(name):\n    while True:\n        pass\n"
    workspace.python_kata("python/zoo/b_bad", **KATA, tests=TEST, answer=endless)
    workspace.write("conftest.py", log_of_verdicts(60))
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "pytest", "--disable-plugin-autoload", "-p", "prep"),
            "--isolation=spawn",
        ],
        cwd=workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (workspace.root / "verdicts.jsonl").exists():
            assert process.poll() is None
            time.sleep(0.02)
        workers = below(process, 1)
        time.sleep(0.2)
        process.send_signal(number)
        assert process.wait(20) == code
        assert alive(workers) == []
        assert verdicts(workspace.root) == {"python-a-good": ("accepted", "")}
    finally:
        process.kill()
        process.wait()


def test_a_file_that_is_never_done_where_a_thread_would_stop_it(workspace) -> None:
    """Where pytest-timeout has no signals, as on Windows, it would end the worker in silence."""
    workspace.write("conftest.py", log_of_verdicts(0.5))
    endless = f"{RIGHT}while True: pass\n"
    workspace.python_kata("python/text/initials", **KATA, tests=TEST, answer=endless)
    result = workspace.run("-o", "timeout_method=thread", "--isolation=spawn")
    result.stdout.fnmatch_lines(["too slow: stopped before*", "stopped in <module>(), line 3"])


def test_a_worker_that_is_killed_is_replaced() -> None:
    """The request that it dies in has crashed; the next one is served by another worker."""
    worker = Spawned(
        "pytest_prep.judging.sandbox.sql_worker", lambda: {"engine": "", "folders": []}
    )
    worker.start()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    ended = worker.ask(b"", Limits(5.0))
    assert (ended.how, ended.code) == ("crash", signal.SIGKILL)
    worker.start()
    assert worker.pid is not None
    worker.close()


def test_a_worker_that_does_not_start_says_why() -> None:
    """Its traceback is the message."""
    with pytest.raises(NotStarted, match=r"No module named .*nothing_such"):
        Spawned("pytest_prep.nothing_such", lambda: {}).start()


def test_what_taints(monkeypatch) -> None:
    """Replaced functions, foreign modules, threads' and the process's settings; imports do not."""
    before = taint.state()
    import rlcompleter  # noqa: F401 - nobody else imports it

    assert set(taint.changed(before)) <= {"threads"}
    with monkeypatch.context() as patch:
        patch.setattr(json, "dumps", None)
        patch.setitem(sys.modules, "heapq_of_mine", type(sys)("heapq_of_mine"))
        patch.setitem(os.environ, "PREP_TAINTED", "1")
        patch.chdir("/")
        assert set(taint.changed(before)) - {"threads"} == {
            "json.dumps",
            "module heapq_of_mine",
            "the environment",
            "the working directory",
        }
    assert set(taint.changed(before)) <= {"threads"}  # those of other tests may end meanwhile


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_it_is_the_default(monkeypatch, platform) -> None:
    """Without Linux a worker is spawned, and to ask for a fork is wrong usage."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(choice, "_debugger", lambda: False)
    assert choice.isolation_of(None, "", pdb=False, trace=False) == ("spawn", "")
    with pytest.raises(pytest.UsageError, match="prep_isolation: fork needs Linux"):
        choice.isolation_of(None, "fork", pdb=False, trace=False)
