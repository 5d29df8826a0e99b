"""Items are what editors, test explorers and debuggers take them for."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workspace import Workspace


INITIALS = "katas/python/text/initials/test_initials.py"


FAKE_PDB = """
import pdb

class Pdb(pdb.Pdb):
    def interaction(self, frame, traceback):
        # Python 3.13 hands over the exception itself.
        traceback = getattr(traceback, "__traceback__", traceback)
        self.setup(frame, traceback)
        shown = self.curframe
        print("STOPPED", shown.f_code.co_name, "|", *sorted(shown.f_locals))
        self.forget()
"""


def test_pdb_stops_at_a_rejected_sql_case(mixed: Workspace) -> None:
    """``--pdb`` stops where the verdict, the kata and the case are at hand, once a case."""
    mixed.write("fake_pdb.py", FAKE_PDB)
    mixed.pytester.syspathinsert()
    result = mixed.run("--pdb", "--pdbcls=fake_pdb:Pdb", "katas/sql/window/podium")
    stops = [line for line in result.outlines if line.startswith("STOPPED")]
    assert len(stops) == 1
    place, _, names = stops[0].partition(" | ")
    assert place == "STOPPED runtest"
    assert {"kata", "self", "verdict"} <= set(names.split())
    result.stdout.fnmatch_lines(["*wrong answer: The 3 rows are right*"])


def test_pdb_stops_in_the_test_of_a_python_kata(mixed: Workspace) -> None:
    """``--pdb`` stops at the assertion, or in the answer where it crashed."""
    mixed.write("fake_pdb.py", FAKE_PDB)
    mixed.pytester.syspathinsert()
    args = ("--pdb", "--pdbcls=fake_pdb:Pdb", f"{INITIALS}::test_sample")
    stop = [line for line in mixed.run(*args).outlines if line.startswith("STOPPED")]
    assert [line.split(" | ")[0] for line in stop] == ["STOPPED test_sample"]
    mixed.write("katas/python/text/initials/answer.py", "def initials(name):\n    return 1 / 0")
    stop = [line for line in mixed.run(*args).outlines if line.startswith("STOPPED")]
    assert stop == ["STOPPED initials | name"]


def test_pdb_does_not_stop_at_what_is_to_do(katas: Workspace) -> None:
    """Untouched katas open no debugger."""
    katas.write("fake_pdb.py", FAKE_PDB)
    katas.pytester.syspathinsert()
    result = katas.run("--pdb", "--pdbcls=fake_pdb:Pdb")
    result.stdout.no_fnmatch_line("STOPPED*")
    assert result.ret == pytest.ExitCode.OK


@pytest.fixture
def items(katas: Workspace) -> list[pytest.Item]:
    """Every item of the katas and their solutions."""
    found, _ = katas.pytester.inline_genitems("-p", "prep", "katas", "solutions")
    assert len(found) == 32
    return found


def test_items_lead_to_their_file(katas: Workspace, items: list[pytest.Item]) -> None:
    """An item's path is that of its node id, and its parent's: editors open and run it by that."""
    for item in items:
        assert item.path == katas.root / item.nodeid.partition("::")[0]
        parent = item.getparent(pytest.File)
        assert parent is not None
        assert parent.path == item.path
        assert parent.nodeid == item.nodeid.partition("::")[0]
        assert item.path.is_file()
    assert {item.path.name for item in items if "/sql/" in item.nodeid} == {
        "answer.sql",
        "starter.sql",
    }


def test_items_are_not_taken_for_functions(items: list[pytest.Item]) -> None:
    """Only test functions have a ``callspec``; a line is a 0-based number."""
    for item in items:
        path, line, name = item.reportinfo()
        assert type(line) is int
        assert line >= 0
        assert os.fspath(path) == str(item.path)
        assert name
        if not isinstance(item, pytest.Function):
            assert not hasattr(item, "callspec")
            assert line == 0


def test_names_of_items(items: list[pytest.Item]) -> None:
    """No name holds what test explorers split names at."""
    for item in items:
        assert "/" not in item.name
        assert "::" not in item.name
        if not isinstance(item, pytest.Function):
            assert re.fullmatch(r"[a-z0-9_]+", item.name)


def test_one_report_a_case(mixed: Workspace) -> None:
    """Cases are items and no subtests, so every client counts the same."""
    result = mixed.run()
    reports = [r for r in result.reprec.getreports("pytest_runtest_logreport") if r.when == "call"]
    assert all(type(report) is pytest.TestReport for report in reports)
    assert len({report.nodeid for report in reports}) == len(reports)
