"""A project without katas does not notice the plugin; one with katas pays for what it uses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workspace import Workspace

HEAVY = {
    "duckdb",
    "pandas",
    "sqlglot",
    "hypothesis",
    "rich",
    "textual",
    "numpy",
    "sqlite3",
    "psycopg",
}

WATCH = """
import json
import sys

def pytest_unconfigure(config):
    with open(config.rootpath / "modules.json", "w") as file:
        json.dump(sorted(sys.modules), file)
"""


@pytest.fixture
def plain(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with two tests and no katas."""
    pytester.makefile(".toml", pyproject="[tool.pytest]\nstrict = true\n")
    pytester.mkdir("tests").joinpath("test_plain.py").write_text(
        "def test_passes(): pass\n\ndef test_fails(): assert 1 == 2\n"
    )
    return pytester


def modules(workspace: Workspace, *args: str, plugin: str = "prep") -> set[str]:
    """Return what a run in a process of its own has imported in the end."""
    workspace.write("conftest.py", WATCH)
    workspace.run_outside(*args, plugins=("-p", plugin))
    return set(json.loads((workspace.root / "modules.json").read_text()))


def test_nothing_is_printed(plain: pytest.Pytester, monkeypatch) -> None:
    """With the plugin pytest prints what it prints without, but for its list of plugins."""

    def lines(*args: str) -> list[str]:
        result = plain.runpytest_inprocess(*args)
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        return [
            line.partition(" in 0.")[0].strip("=")
            for line in result.outlines
            if not line.startswith("plugins:")
        ]

    for args in (["-v"], ["-q", "-rA"], ["--durations=1"]):
        assert lines("-p", "prep", *args) == lines("-p", "no:prep", *args)


def test_nothing_is_written(plain: pytest.Pytester) -> None:
    """No folder of ours, neither in the project nor in pytest's cache."""

    def files() -> set[str]:
        return {
            path.relative_to(plain.path).as_posix()
            for path in plain.path.rglob("*")
            if "__pycache__" not in path.parts
        }

    plain.runpytest_inprocess("-p", "no:prep")
    without = files()
    plain.runpytest_inprocess("-p", "prep")
    assert files() == without


def test_no_fixture_and_no_marker(plain: pytest.Pytester) -> None:
    """``answer``, ``reference`` and ``dataset`` are names that a project may use itself."""
    listed = plain.runpytest_inprocess("-p", "prep", "--fixtures", "-q").stdout.str()
    for name in ("answer", "reference", "dataset"):
        assert f"\n{name} " not in listed
    plain.runpytest_inprocess("-p", "prep", "--markers").stdout.no_fnmatch_line("*mark.kata*")
    plain.makepyfile("def test_it(answer): pass")
    result = plain.runpytest_inprocess("-p", "prep", "test_no_fixture_and_no_marker.py")
    result.stdout.fnmatch_lines(["*fixture 'answer' not found"])


def test_the_options_are_known(plain: pytest.Pytester) -> None:
    """A configuration shared by projects may hold our options; ``--help`` has them in a group."""
    result = plain.runpytest_inprocess("-p", "prep", "--answers=mine", "tests")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    plain.runpytest_inprocess("-p", "prep", "--help").stdout.fnmatch_lines(
        ["interview practice (pytest-prep):", "*--answers=*", "*--new-workspace=DIR*"]
    )


def test_modules_of_an_idle_plugin(workspace: Workspace) -> None:
    """At start-up it imports the options and the hooks' declarations, and nothing else at all."""
    workspace.write("tests/test_plain.py", "def test_passes(): pass")
    with_plugin = modules(workspace, "tests")
    without = modules(workspace, "tests", plugin="no:prep")
    ours = {name for name in with_plugin - without if not name.endswith("_options")}
    assert ours == {
        "pytest_prep",
        "pytest_prep.hookspec",
        "pytest_prep.options",
        "pytest_prep.plugin",
    }
    assert not with_plugin & HEAVY


def test_tests_beside_katas(katas: Workspace) -> None:
    """Where only other tests are run, no judge and no library is loaded."""
    katas.write("tests/test_plain.py", "def test_passes(): pass")
    loaded = modules(katas, "tests")
    assert not loaded & HEAVY
    assert not [name for name in loaded if name.startswith("pytest_prep.judging.engines")]
    assert not {"pytest_prep.fixtures", "pytest_prep.python_katas"} & loaded


def test_katas_to_do(katas: Workspace) -> None:
    """Untouched katas cost no engine and no library."""
    assert not modules(katas) & HEAVY


def test_an_accepted_sql_kata(katas: Workspace) -> None:
    """A right answer needs the engine and the record, and neither a parser nor an explanation."""
    katas.solve("sql/window/podium")
    assert modules(katas, "katas/sql") & HEAVY == {"sqlite3"}, "no engine: it is where answers run"
    loaded = modules(katas, "katas/sql", "--isolation=none")
    assert loaded & HEAVY == {"duckdb", "sqlite3"}
    assert not [name for name in loaded if name.startswith("pytest_prep.judging.explain")]
    assert "pytest_prep.judging.compare" not in loaded
    assert "pytest_prep.python_katas" not in loaded


def test_a_rejected_sql_kata(katas: Workspace) -> None:
    """Explaining a difference needs no further library."""
    katas.answer("sql/window/podium", "SELECT item, -price FROM prices")
    assert modules(katas, "katas/sql", "--isolation=none") & HEAVY == {"duckdb", "sqlite3"}


def test_a_python_kata(katas: Workspace) -> None:
    """A Python kata loads what its tests import."""
    katas.solve("python/text/initials")
    assert modules(katas, "katas/python") & HEAVY == {"sqlite3"}


def test_collecting_katas(katas: Workspace) -> None:
    """A list of the katas needs no library either: editors ask for it on every save."""
    katas.solve("sql/window/podium", "python/text/initials")
    assert not modules(katas, "--collect-only", "-q") & HEAVY


def test_somebody_else_s_folder_of_that_name(workspace: Workspace) -> None:
    """A folder ``katas`` without a kata.toml is a folder of tests like any other."""
    workspace.write("katas/test_mine.py", "def test_it(tmp_path): pass")
    workspace.write("katas/deep/test_more.py", "def test_it(): pass")
    result = workspace.run()
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*katas: *")
    assert not (workspace.root / ".prep").exists()


def test_katas_elsewhere_than_the_root(katas: Workspace, monkeypatch) -> None:
    """A project inside the workspace, with a configuration of its own, has no katas."""
    katas.write("inner/pyproject.toml", "[tool.pytest]\n")
    katas.write("inner/test_plain.py", "def test_it(): pass")
    monkeypatch.chdir(katas.root / "inner")
    result = katas.run()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*katas: *")
