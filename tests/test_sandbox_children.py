"""What becomes of a child that loops, grows, floods, crashes, exits or leaves something behind."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("children need Linux", allow_module_level=True)

from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.audit import _hook
from pytest_prep.judging.sandbox.limits import Ended, Limits
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied

Run = Callable[..., Ended]


def execute(code: str) -> bytes:
    """Run Python code; return the error's name, or ``fine``."""
    # not what pytest put there to capture this process's output
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    try:
        exec(code, {})
    except BaseException as error:
        return type(error).__name__.encode()
    return b"fine"


def handler(supervisor, request) -> bytes:
    """Run code in a child of its own, or ask the resident child."""
    code, limits, resident = request
    if code is None:
        os._exit(3)
    if resident:
        ended = supervisor.ask(code.encode(), lambda body: execute(body.decode()), limits)
    else:
        ended = supervisor.run(lambda _: execute(code), limits)
    return json.dumps({**asdict(ended), "result": ended.result.decode()}).encode()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """A runner that executes Python code."""
    runner = Runner(handler)
    yield runner
    pid = runner.pid
    runner.close()
    assert not Path(f"/proc/{pid}").exists()


@pytest.fixture
def run(runner) -> Run:
    """Run code under limits; between two bad ones a good one always does its work."""

    def run(code: str, *, resident=False, wall=1.0, memory=300 * 10**6) -> Ended:
        ended = Ended(**json.loads(runner.ask((code, Limits(wall, memory), resident))))
        good = Ended(**json.loads(runner.ask(("1", Limits(5.0), resident))))
        assert (good.how, good.result) == ("done", "fine")
        return ended

    return run


@pytest.mark.parametrize("resident", [False, True])
@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("while True: pass", "time"),
        ("import re; re.match('(a+)+$', 'a' * 50 + 'b')", "time"),
        ("import time; time.sleep(60)", "time"),
        ("import signal; signal.signal(10, lambda *_: 0)\nwhile True: pass", "time"),
        ("while True:\n try:\n  while True: pass\n except BaseException: pass", "time"),
        ("import os; os.kill(os.getpid(), 19)", "time"),
        ("found = []\nwhile True: found.append(bytearray(b'1' * 10**6))", "memory"),
        ("b'1' * 2 * 10**9; bytearray(b'1') * 10**9", "memory"),
        ("while True: print('x' * 1000)", "flood"),
        ("import os\nwhile True: os.write(2, b'x' * 1000)", "flood"),
        ("import os; os._exit(0)", "exited"),
        ("import os; os.kill(os.getpid(), 11)", "crash"),
        ("import ctypes; ctypes.string_at(0)", "crash"),
        ("import os; os.abort()", "crash"),
        # Whichever limit a fork bomb reaches first.
        ("import os\nwhile True: os.fork()", "processes memory"),
    ],
)
def test_a_bad_child(run: Run, code: str, how: str, resident: bool) -> None:
    """It is stopped, told by what it did, and the next one is not harmed."""
    assert run(code, resident=resident).how in how.split()


def test_where_it_was_stuck(run: Run) -> None:
    """The innermost line comes from faulthandler, also out of C code."""
    ended = run("import re\n\ndef solve():\n    re.match('(a+)+$', 'a' * 50 + 'b')\n\nsolve()")
    assert ended.stuck_line("<string>") == (4, "solve")
    assert ended.stuck_line("elsewhere.py") is None


def test_a_crash_has_a_signal_and_a_place(run: Run) -> None:
    """The signal's number, and the line that caused it."""
    ended = run("x = 1\nimport ctypes; ctypes.string_at(0)")
    assert ended.code == 11
    assert ended.stuck_line("<string>") == (2, "<module>")


def test_the_output_is_kept_to_a_megabyte(run: Run) -> None:
    """What a learner printed before the end is shown, up to a limit."""
    ended = run("print('given', 1, flush=True)\nimport os; os._exit(7)")
    assert (ended.output, ended.code) == ("given 1\n", 7)
    assert len(run("print('x' * 3_000_000)").output) == 10**6


def test_nothing_to_read(run: Run) -> None:
    """Standard input is empty."""
    assert run("import os; assert os.read(0, 1) == b''").result == "fine"


@pytest.mark.parametrize(
    "code",
    [
        "import os, time\nif os.fork() == 0:\n    time.sleep(60)",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)",
        "import subprocess; subprocess.Popen(['sleep', '60'], start_new_session=True)",
        "import os\nfor _ in range(5): os.spawnlp(os.P_NOWAIT, 'sleep', 'sleep', '60')",
    ],
)
def test_children_left_behind(run: Run, runner: Runner, code: str) -> None:
    """They are counted and killed, also those that left the group."""
    assert run(code).left_behind >= 1
    assert runner.pid is not None
    assert len(linux.descendants(runner.pid)) <= 1  # the resident child


@pytest.mark.parametrize(
    "code",
    [
        "open({0!r}, 'w')",
        "import os; os.remove({0!r})",
        "import os; os.truncate({0!r}, 0)",
        "import os; os.rename({0!r}, {0!r} + '2')",
        "import os; os.mkdir({0!r} + '.d')",
        "import shutil; shutil.move({0!r}, 'mine')",
        "import sqlite3; sqlite3.connect({0!r} + '.db').execute('create table t (a)')",
        "import pathlib; pathlib.Path({0!r}).write_text('')",
        "import os; os.symlink({0!r}, {0!r} + '3')",
        "import os; os.chmod({0!r}, 0)",
        "import os; os.utime({0!r}, (0, 0))",
    ],
)
def test_files_are_guarded(run: Run, tmp_path: Path, code: str) -> None:
    """Nothing outside of the scratch folder can be changed."""
    file = tmp_path / "precious"
    file.write_text("whole")
    assert run(code.format(str(file))).result in (
        "PermissionError",
        "OperationalError",
        "OSError",
    )
    assert file.read_text() == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_the_scratch_folder_is_free(run: Run) -> None:
    """A child may write where it stands, and in the folder of temporary files."""
    code = "import tempfile; open('x', 'w').write('1'); tempfile.NamedTemporaryFile()"
    assert run(code).result == "fine"


def test_the_scratch_folder_is_emptied(run: Run, runner: Runner) -> None:
    """Also of folders that lie deeper than a path can tell, and of those that are closed."""
    deep = "import os\nfor _ in range(3000): os.mkdir('d'); os.chdir('d')"
    assert run(deep).result == "fine"
    assert run("import os; os.mkdir('d'); os.mkdir('d/e', 0); os.chmod('d', 0)").result == "fine"
    assert run("import os; assert os.listdir() == []").result == "fine"


def test_a_child_speaks_to_nobody_else(run: Run) -> None:
    """What it writes wherever it can does not reach who waits for the runner's reply."""
    ended = run(
        "import os\nfor n in range(3, 64):\n    try: os.write(n, b'x' * 100)\n"
        "    except OSError: pass"
    )
    assert ended.how == "exited"


def test_sqlite_may_sort_more_than_fits_its_cache(run: Run) -> None:
    """What spills goes to the scratch folder too, though SQLite was loaded before the child."""
    rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
    query = f"{rows} SELECT i, hex(zeroblob(100)) FROM n ORDER BY i % 7 LIMIT 3 OFFSET 29000"
    code = f"import sqlite3; assert len(list(sqlite3.connect(':memory:').execute({query!r}))) == 3"
    assert run(code).result == "fine"


@pytest.mark.parametrize("target", ["os.getppid()", "PYTEST"])
def test_processes_are_guarded(run: Run, target: str) -> None:
    """Neither the runner nor pytest can be signalled."""
    ended = run(f"import os; os.kill({target}, 9)".replace("PYTEST", str(os.getpid())))
    assert ended.result == "PermissionError" or ended.how == "crash"


def test_a_runner_that_dies_is_replaced(runner: Runner) -> None:
    """The request in hand fails, the next one is served."""
    with pytest.raises(RunnerDied):
        runner.ask((None, Limits(1.0), False))
    reply = json.loads(runner.ask(("1", Limits(1.0), False)))
    assert reply["how"] == "done"


def test_the_portable_guard(tmp_path: Path) -> None:
    """The audit hook refuses writing outside and signals to others, and lets the rest pass."""
    hook = _hook([str(tmp_path)], files=True, processes=True)
    hook("open", (str(tmp_path / "x"), "w", os.O_WRONLY))
    hook("open", ("/etc/passwd", "r", os.O_RDONLY))
    hook("os.kill", (os.getpid(), 15))
    hook("import", ("os",))
    with pytest.raises(PermissionError, match="only in its own folder"):
        hook("open", ("/etc/passwd", "a", os.O_WRONLY))
    with pytest.raises(PermissionError, match="only in its own folder"):
        hook("os.rename", (str(tmp_path / "x"), "/etc/x", -1, -1))
    with pytest.raises(PermissionError, match="may not signal"):
        hook("os.kill", (1, 15))
