"""An answer that had to be stopped twice is not tried on the rest of its kata's cases."""

from __future__ import annotations

import sys

import pytest
from workspace import INITIALS_KATA, PRICE_KATA, PRICES, RIGHT, Workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children need Linux")

ENDLESS = "SELECT levenshtein(repeat('ab', 3_000_000), repeat('ba', 3_000_000)), 1"
TESTS = """
    import pytest

    @pytest.mark.parametrize("n", range(5))
    def test_edge(answer, n):
        assert answer.initials("x y " * n) == "xy" * n
    """


def test_an_endless_query_waits_twice(workspace: Workspace, monkeypatch) -> None:
    """The cases after that say where it had to be stopped."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: 0.5)
    row = "-- A row.\nINSERT INTO prices VALUES ('pen', 1);\n"
    cases = {f"edge_{n}": row for n in range(4)}
    workspace.sql_kata(PRICE_KATA, **{**PRICES, "cases": cases}, answer=ENDLESS)
    workspace.sql_kata("sql/basics/other", **PRICES)
    workspace.solve("sql/basics/other")
    result = workspace.run()
    result.assert_outcomes(failed=5, passed=2)
    text = result.stdout.str()
    assert text.count("too slow: stopped before it was done") == 2
    assert text.count("too slow: not run: it went beyond its budget in sample and edge_0") == 3


def test_an_endless_function_waits_twice(workspace: Workspace, monkeypatch) -> None:
    """Tests of Python katas too."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: 0.5)
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer="def initials(name):\n    while True:\n        pass\n",
    )
    result = workspace.run()
    result.assert_outcomes(failed=5)
    text = result.stdout.str()
    told = "too slow: not run: it went beyond its budget in test_edge[0] and test_edge[1]"
    assert text.count(told) == 3


def test_what_takes_too_much_memory_is_run_twice(workspace: Workspace) -> None:
    """As is what takes too much time, under its own name."""
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer="def initials(name):\n    return [0] * (1 << 60)\n",
    )
    result = workspace.run()
    result.assert_outcomes(failed=5)
    told = "too much memory: not run: it went beyond its budget in test_edge[0] and test_edge[1]"
    assert result.stdout.str().count(told) == 3


def test_one_slow_case_is_no_reason_to_stop(workspace: Workspace, monkeypatch) -> None:
    """Where only some input is endless, the others are judged."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: 0.5)
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer=RIGHT.replace("    return", "    while not name:\n        pass\n    return"),
    )
    workspace.run().assert_outcomes(failed=1, passed=4)


def test_a_review_waits_twice_too(workspace: Workspace, monkeypatch) -> None:
    """And it does not measure how an endless answer grows."""
    monkeypatch.setattr("pytest_prep.python_katas.wall_cap", lambda limit: 0.5)
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer="def initials(name):\n    while True:\n        pass\n",
    )
    result = workspace.run("--review")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["verdict * too slow", "growth *the answer had to be stopped*"])


def test_an_invalid_answer_gets_no_score(workspace: Workspace) -> None:
    """What lacks the function that is asked for would pass any gate otherwise."""
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer="def other(name):\n    return name\n",
    )
    result = workspace.run("--review", "--review-fail-under=80")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*nothing to review: answer.py does not define initials*"])
    assert "score" not in result.stdout.str()


@pytest.mark.parametrize("arguments", [(), ("-n1", "-p", "xdist")], ids=["plain", "xdist"])
def test_the_same_crash_is_shown_once(workspace: Workspace, arguments) -> None:
    """One traceback; the other tests that end in that line say so in one line."""
    workspace.python_kata(
        INITIALS_KATA,
        names=["initials"],
        reference=RIGHT,
        tests=TESTS,
        answer="def initials(name):\n    return nmae\n",
    )
    result = workspace.run(*arguments)
    result.assert_outcomes(failed=5)
    text = result.stdout.str()
    assert text.count(">       return nmae") + text.count(">   return nmae") <= 1
    assert text.count("    return nmae") == 1
    assert text.count("crashed: NameError: name 'nmae' is not defined") >= 4
