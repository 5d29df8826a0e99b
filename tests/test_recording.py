"""What a session writes into the learner's record, and what it says of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from workspace import PRICE_KATA, PRICES

from pytest_prep.progress.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from workspace import Workspace

    from pytest_prep.progress.events import Event

SQL = "sql/joins/no_orders"
PYTHON = "python/text/initials"


@pytest.fixture(autouse=True)
def _no_other_store(monkeypatch):
    """Keep the record where the workspace is."""
    for name in ("PREP_STORE", "PREP_LEARNER", "PREP_NOW"):
        monkeypatch.delenv(name, raising=False)


def place(workspace: Workspace) -> Path:
    """Return the file of the workspace's store."""
    return workspace.root / ".prep" / "progress.sqlite3"


def record(workspace: Workspace, *kinds: str) -> list[Event]:
    """Return the events of the workspace's store; none, and no file, without one."""
    if not place(workspace).exists():
        return []
    store = open_store(place(workspace))
    try:
        return list(store.events(kinds))
    finally:
        store.close()


def attempts(workspace: Workspace) -> dict[str, str]:
    """Return the status of the last attempt at each kata, by the folder's name."""
    return {
        e.data["path"].rpartition("/")[2]: e.data["status"] for e in record(workspace, "attempt")
    }


# -- what is written


def test_an_attempt(katas: Workspace) -> None:
    """One event for a kata, with what was judged, how, and how long it took."""
    katas.solve(SQL)
    katas.run("katas/sql/joins")
    (event,) = record(katas)
    assert event.kind == "attempt"
    data = dict(event.data)
    answer = (katas.root / f"katas/{SQL}/answer.sql").read_text()
    assert data.pop("answer") == answer
    assert data.pop("answer_hash") == sha256(answer.encode()).hexdigest()
    assert 0 < data.pop("duration") < 30
    assert 0 < data.pop("ratio") < 1
    assert data == {
        "kata": "sql-no-orders",
        "path": f"katas/{SQL}",
        "track": "sql",
        "level": "easy",
        "topics": ["join", "anti-join"],
        "minutes": 10,
        "status": "accepted",
        "cases": {"sample": "accepted", "edge_null_key": "accepted"},
        "complete": True,
        "elapsed": 0.0,
        "spent": 0.0,
        "hints": 0,
        "revealed": False,
    }


def test_rejected_answers_are_attempts_too(mixed: Workspace) -> None:
    """Every kata that was tried, whatever the verdict; one to do is none."""
    mixed.run()
    assert attempts(mixed) == {
        "no_orders": "accepted",
        "podium": "wrong_answer",
        "latest_price": "runtime_error",
        "initials": "wrong_answer",
    }
    assert len({event.time for event in record(mixed)}) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--collect-only"],
        ["--answers=solutions"],
        ["solutions"],
        ["tests"],
        ["-k", "nothing_like_that"],
        ["katas/python"],
    ],
)
def test_where_nothing_was_tried_no_store_is_opened(katas: Workspace, arguments: list[str]) -> None:
    """Not when collecting, with references, in other tests, nor for katas to do."""
    katas.solve(SQL)
    katas.write("tests/test_other.py", "def test_passes(): pass")
    katas.run(*arguments)
    assert not place(katas).exists()


def test_a_mode_judges_nothing(katas: Workspace) -> None:
    """A list of the katas is no attempt at them."""
    katas.solve(SQL)
    katas.run("--katas")
    assert record(katas) == []


def test_a_broken_kata_is_no_attempt(katas: Workspace) -> None:
    """What the kata's files are to blame for says nothing of the learner."""
    katas.solve(SQL)
    katas.write(f"solutions/{SQL}/answer.sql", "SELECT nonsense")
    katas.write("katas/sql/window/podium/kata.toml", "id = 1")
    katas.run("katas/sql")
    assert record(katas) == []


# -- all cases, or some


@pytest.mark.parametrize(
    ("arguments", "complete"),
    [
        ([f"katas/{SQL}"], True),
        ([f"katas/{SQL}/answer.sql::sample"], False),
        (["-k", "no_orders and sample"], False),
        ([f"katas/{SQL}", "--deselect", f"katas/{SQL}/answer.sql::sample"], False),
        ([f"katas/{PYTHON}"], True),
        ([f"katas/{PYTHON}/test_initials.py::test_sample"], False),
        ([f"katas/{PYTHON}", "-k", "blank"], False),
        (["katas/python/numbers"], True),
        (["katas/python/numbers/running_sum/test_running_sum.py::test_sample"], False),
        (["katas/python/numbers/running_sum/test_running_sum.py::TestEdges"], False),
    ],
)
def test_a_kata_is_solved_by_all_of_its_cases(katas: Workspace, arguments, complete: bool) -> None:
    """A part that was accepted is an attempt, but solves nothing, and the summary says so."""
    katas.solve(SQL, PYTHON, "python/numbers/running_sum")
    result = katas.run(*arguments)
    (event,) = record(katas)
    assert (event.data["status"], event.data["complete"]) == ("accepted", complete)
    path = event.data["path"]
    name = path.rpartition("/")[2]
    if complete:
        result.stdout.fnmatch_lines([f"newly accepted: {name}", "today: 0 of * minutes"])
    else:
        result.stdout.fnmatch_lines([f"only some cases judged: {name}", f"next: pytest {path}"])


def test_cases_of_several_modules(katas: Workspace) -> None:
    """All test modules of a kata count."""
    katas.solve(PYTHON)
    katas.write(f"katas/{PYTHON}/test_more.py", "def test_more(answer): assert answer.initials")
    katas.run(f"katas/{PYTHON}/test_initials.py")
    katas.run(f"katas/{PYTHON}")
    assert [e.data["complete"] for e in record(katas)] == [False, True]


def test_a_case_that_the_author_skips_is_not_missing(katas: Workspace) -> None:
    """A mark that skips a test does not make the kata unsolvable; an answer cannot skip."""
    katas.solve(PYTHON)
    test = katas.root / f"katas/{PYTHON}/test_initials.py"
    test.write_text(
        test.read_text() + "\n\n@pytest.mark.skip\ndef test_elsewhere(answer):\n    assert False\n"
    )
    katas.run(f"katas/{PYTHON}")
    answer = katas.root / f"katas/{PYTHON}/answer.py"
    answer.write_text("import pytest\n\ndef initials(name):\n    pytest.skip('later')\n")
    katas.run(f"katas/{PYTHON}")
    found = [(e.data["status"], e.data["complete"]) for e in record(katas)]
    assert found == [("accepted", True), ("runtime_error", True)]


def test_the_search_counts_only_where_it_is_made(judged) -> None:
    """Without seconds for the case ``generated`` the others are all there is."""
    result = judged("FROM prices", "-o", "prep_search_seconds=0")
    result.stdout.fnmatch_lines(["newly accepted: all_prices"])


# -- again and again


def test_the_same_answer_again_is_no_new_attempt(katas: Workspace) -> None:
    """Neither an accepted nor a rejected one, whether all or some cases are judged again."""
    katas.solve(SQL)
    katas.answer("sql/window/podium", "SELECT 1")
    katas.run("katas/sql")
    katas.run("katas/sql")
    katas.run(f"katas/{SQL}/answer.sql::sample")
    assert len(record(katas)) == 2
    katas.answer("sql/window/podium", "SELECT 2")
    katas.run("katas/sql")
    assert len(record(katas)) == 3


def test_all_cases_after_some_are_a_new_attempt(katas: Workspace) -> None:
    """An answer whose sample was accepted still has to be judged on the rest."""
    katas.solve(SQL)
    katas.run(f"katas/{SQL}/answer.sql::sample")
    result = katas.run(f"katas/{SQL}")
    assert [e.data["complete"] for e in record(katas)] == [False, True]
    result.stdout.fnmatch_lines(["newly accepted: no_orders"])


def test_what_changed_is_said(katas: Workspace) -> None:
    """Newly accepted, lost, accepted again; and nothing where nothing changed."""
    katas.solve(SQL)
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["newly accepted: no_orders"])
    for line in ("newly*", "accepted again*", "lost*"):
        katas.run(f"katas/{SQL}").stdout.no_fnmatch_line(line)
    katas.answer(SQL, "SELECT 'nobody' AS name")
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["lost: no_orders", "today: *"])
    katas.run(f"katas/{SQL}").stdout.no_fnmatch_line("lost*")
    katas.solve(SQL)
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["accepted again: no_orders"])


def test_many_changes_are_counted(workspace: Workspace) -> None:
    """Three katas are named."""
    for number in range(5):
        workspace.sql_kata(f"sql/basics/kata_{number}", **PRICES, answer="FROM prices")
    workspace.run().stdout.fnmatch_lines(["newly accepted: kata_0, kata_1, kata_2 and 2 more"])


# -- time


def at(monkeypatch, time: str) -> None:
    """Let it be another time."""
    monkeypatch.setenv("PREP_NOW", f"2026-12-01T{time}:00+00:00")


def test_time_since_the_kata_was_opened(katas: Workspace, monkeypatch) -> None:
    """A run on one kata to do opens it; from then on time counts, without long pauses."""
    at(monkeypatch, "10:00")
    katas.run(f"katas/{SQL}").stdout.no_fnmatch_line("today: *")
    assert [e.kind for e in record(katas)] == ["open"]
    at(monkeypatch, "10:05")
    katas.run(f"katas/{SQL}")
    assert len(record(katas)) == 1, "it is open already"
    at(monkeypatch, "10:10")
    katas.answer(SQL, "SELECT 1")
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["today: 10 of 30 minutes"])
    at(monkeypatch, "13:00")
    katas.answer(SQL, "SELECT 2")
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["today: 10 of 30 minutes"])
    at(monkeypatch, "13:25")
    katas.solve(SQL)
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["today: 35 minutes, the goal of 30 is met"])
    found = [(e.data["elapsed"], e.data["spent"]) for e in record(katas, "attempt")]
    assert found == [(600, 600), (600, 0), (2100, 1500)]


def test_a_new_round_begins_after_a_solve(katas: Workspace, monkeypatch) -> None:
    """A solved kata that is tried again starts at nothing, hints included."""
    at(monkeypatch, "10:00")
    katas.run("--hint", f"katas/{SQL}")
    at(monkeypatch, "10:04")
    katas.solve(SQL)
    katas.run(f"katas/{SQL}")
    at(monkeypatch, "10:20")
    katas.answer(SQL, "SELECT 1")
    katas.run(f"katas/{SQL}")
    first, second = record(katas, "attempt")
    assert (first.data["elapsed"], first.data["hints"]) == (240, 1)
    assert (second.data["elapsed"], second.data["hints"]) == (0, 0)
    assert (first.data["spent"], second.data["spent"]) == (240, 960)


def test_time_is_shared_by_the_katas_tried(katas: Workspace, monkeypatch) -> None:
    """Two new answers in one run share the minutes; one that did not change has none."""
    at(monkeypatch, "10:00")
    katas.solve(SQL)
    katas.run()
    at(monkeypatch, "10:20")
    katas.answer("sql/window/podium", "SELECT 1")
    katas.solve(PYTHON)
    katas.run()
    assert [e.data["spent"] for e in record(katas, "attempt")] == [0, 600, 600]


def test_the_goal_of_the_plan(katas: Workspace) -> None:
    """Minutes a day that were chosen in the plan are the goal."""
    from pytest_prep.progress.events import new_event

    store = open_store(place(katas))
    store.append([new_event("plan", {"minutes": 90}), new_event("plan", {"interview": "x"})])
    store.close()
    katas.solve(SQL)
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["today: 0 of 90 minutes"])


def test_the_goal_of_the_configuration(katas: Workspace) -> None:
    """Where the plan says nothing, ``prep_minutes`` does."""
    katas.solve(SQL)
    result = katas.run(f"katas/{SQL}", "-o", "prep_minutes=45")
    result.stdout.fnmatch_lines(["today: 0 of 45 minutes"])


# -- the next step


def test_next_is_the_easiest_unsolved_kata_nearby(katas: Workspace) -> None:
    """In the same folder, then in the same track, then anywhere; never a solved one."""
    order = [
        ("sql/window/podium", "katas/sql/window/latest_price"),
        ("sql/window/latest_price", "katas/sql/joins/no_orders"),
        (SQL, "katas/python/numbers/running_sum"),
        ("python/numbers/running_sum", "katas/python/text/initials"),
    ]
    for path, following in order:
        katas.solve(path)
        katas.run(f"katas/{path}").stdout.fnmatch_lines(
            ["next: The * (*, 10 minutes)", f"      pytest {following}"]
        )
    katas.solve(PYTHON)
    katas.run(f"katas/{PYTHON}").stdout.no_fnmatch_line("next: *")


# -- where the store cannot be used


@pytest.mark.parametrize("target", ["taken/progress.sqlite3", "taken", "mysql://me:geheim@host/x"])
def test_a_store_that_cannot_be_used(katas: Workspace, monkeypatch, target: str) -> None:
    """One line says so, and the verdicts stand."""
    katas.solve(SQL)
    (katas.root / "taken").mkdir()
    (katas.root / "taken" / "progress.sqlite3").mkdir()
    monkeypatch.setenv("PREP_STORE", target)
    result = katas.run(f"katas/{SQL}")
    assert result.ret == 0
    lines = [line for line in result.outlines if line.startswith("not recorded: ")]
    assert len(lines) == 1, result.outlines
    assert "geheim" not in str(result.stdout)
    result.stdout.fnmatch_lines(["accepted *"])
    result.stdout.no_fnmatch_line("today: *")


def test_a_home_that_is_not_there(katas: Workspace, monkeypatch) -> None:
    """It is named, before anything is judged."""
    monkeypatch.setenv("PREP_STORE", "~nobody-of-that-name/progress")
    result = katas.run(f"katas/{SQL}")
    assert result.ret == 4
    result.stderr.fnmatch_lines(
        ["ERROR: PREP_STORE or prep_store: '~nobody-of-that-name/progress': there is no such home"]
    )


def test_a_name_of_any_bytes(katas: Workspace, monkeypatch) -> None:
    """A learner's name that is no UTF-8 stops nobody."""
    monkeypatch.setenv("PREP_LEARNER", "J\udcfcrgen ")
    katas.solve(SQL)
    katas.run(f"katas/{SQL}").stdout.fnmatch_lines(["newly accepted: no_orders"])
    assert [event.learner for event in record(katas)] == ["J?rgen"]


def test_a_broken_store_is_named_and_practice_goes_on(katas: Workspace) -> None:
    """The summary tells where the broken file is; the attempt is in the new one."""
    katas.solve(SQL)
    place(katas).parent.mkdir()
    place(katas).write_bytes(b"no database at all" * 100)
    result = katas.run(f"katas/{SQL}")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        ["*progress.sqlite3: file is not a database. It was set aside as *"]
    )
    assert attempts(katas) == {"no_orders": "accepted"}


# -- however the session ends


@pytest.mark.parametrize(
    ("conftest", "arguments", "status"),
    [
        ("", ["-x"], 1),
        (
            "def pytest_runtest_logreport(report):\n"
            "    if 'podium' in report.nodeid and report.when == 'teardown':\n"
            "        raise KeyboardInterrupt\n",
            [],
            2,
        ),
        (
            "import pytest\n"
            "def pytest_runtest_teardown(item):\n"
            "    if 'podium' in item.nodeid:\n        raise pytest.UsageError('late')\n",
            [],
            None,
        ),
        (
            "import pytest\n"
            "def pytest_sessionfinish():\n    raise pytest.UsageError('at the end')\n",
            [],
            None,
        ),
        (
            "def pytest_runtest_logfinish(nodeid):\n"
            "    if 'podium' in nodeid:\n        raise RuntimeError('a bug of another plugin')\n",
            [],
            3,
        ),
        (
            "import pytest\n"
            "def pytest_runtest_logfinish(nodeid):\n"
            "    if 'podium' in nodeid:\n        pytest.exit('enough', returncode=7)\n",
            [],
            7,
        ),
    ],
    ids=["exitfirst", "ctrl-c", "usage", "usage-finish", "internal", "exit"],
)
def test_what_was_judged_is_kept(katas: Workspace, conftest, arguments, status) -> None:
    """After -x, Ctrl-C, a usage error in a later hook, an internal error, ``pytest.exit``."""
    katas.solve("sql/joins/no_orders")
    katas.answer("sql/window/podium", "SELECT 1")
    katas.write("conftest.py", conftest)
    result = katas.run_outside("katas/sql", *arguments)
    if status is not None:
        assert result.ret == status
    assert attempts(katas).get("no_orders") == "accepted"
    assert attempts(katas).get("podium") == "wrong_answer"


def test_ctrl_c_in_a_real_terminal_session(katas: Workspace) -> None:
    """SIGINT while a slow answer runs: the katas judged before are in the record."""
    katas.solve("python/numbers/running_sum")
    answer = "import time\n\ndef initials(name):\n    time.sleep(60)\n"
    katas.write(f"katas/{PYTHON}/answer.py", answer)
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-p", "prep", "-v", "katas/python"],
        cwd=katas.root,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert run.stdout is not None
    seen = ""
    while "test_initials.py::test_sample" not in seen:
        line = run.stdout.readline()
        assert line, seen
        seen += line
        if "running_sum.py::TestEdges" in line:
            time.sleep(0.5)
            break
    run.send_signal(signal.SIGINT)
    rest, _ = run.communicate(timeout=60)
    assert run.returncode == 2, seen + rest
    assert attempts(katas).get("running_sum") == "accepted", seen + rest


@pytest.mark.parametrize("workers", ["2", "4"])
def test_with_workers_the_controller_writes(mixed: Workspace, workers: str) -> None:
    """``-n``: each attempt is there once, and complete."""
    pytest.importorskip("xdist")
    mixed.solve("python/numbers/running_sum")
    result = mixed.run_outside(
        "-n", workers, plugins=("-p", "prep", "-p", "xdist", "-p", "timeout")
    )
    found = record(mixed, "attempt")
    assert sorted(e.data["kata"] for e in found) == [
        "python-initials", "python-running-sum", "sql-latest-price", "sql-no-orders", "sql-podium",
    ]  # fmt: skip
    assert all(e.data["complete"] for e in found)
    result.stdout.fnmatch_lines(["newly accepted: *"])


def test_sessions_at_the_same_time(katas: Workspace) -> None:
    """An editor's run beside a terminal's: both are kept."""
    katas.solve(SQL, PYTHON, "python/numbers/running_sum")
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "prep", path],
            cwd=katas.root,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for path in (f"katas/{SQL}", f"katas/{PYTHON}", "katas/python/numbers")
    ]
    for run in runs:
        output, _ = run.communicate(timeout=60)
        assert run.returncode == 0, output
        assert "locked" not in output
    assert set(attempts(katas)) == {"no_orders", "initials", "running_sum"}
    assert len(record(katas)) == 3


def test_a_deleted_answer_is_an_attempt_without_text(workspace: Workspace) -> None:
    """What cannot be read is judged invalid, and kept as such."""
    workspace.sql_kata(PRICE_KATA, **PRICES)
    answer = workspace.root / f"katas/{PRICE_KATA}/answer.sql"
    answer.write_bytes(b"SELECT '\xff'")
    workspace.run()
    (event,) = record(workspace)
    assert (event.data["status"], event.data["answer"]) == ("invalid", "")
