"""Who else runs and reads pytest: plugins, CI, debuggers, editors, terminals."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

WITH = ("-p", "prep", "-p", "timeout", "-p")
ANSI = re.compile(r"\x1b\[")

PODIUM = "katas/sql/window/podium/answer.sql"
LATEST = "katas/sql/window/latest_price/answer.sql"
INITIALS = "katas/python/text/initials/test_initials.py"


@pytest.fixture
def mixed(katas: Workspace) -> Workspace:
    """Of five katas one accepted, three rejected, one to do; values of every kind differ."""
    katas.solve("sql/joins/no_orders")
    katas.answer("sql/window/podium", "SELECT item, price FROM prices ORDER BY price DESC")
    katas.answer("sql/window/latest_price", "SELECT item, max(price) FROM price GROUP BY 1")
    katas.write("katas/python/text/initials/answer.py", "def initials(name):\n    return name[:1]")
    return katas


MIXED = {
    "running_sum::test_sample": "todo",
    "running_sum::test_edge_empty": "todo",
    "initials::test_sample": "wrong_answer",
    "initials::test_edge_blank[]": "accepted",
    "initials::test_edge_blank[   ]": "wrong_answer",
    "no_orders::sample": "accepted",
    "no_orders::edge_null_key": "accepted",
    "latest_price::sample": "runtime_error",
    "latest_price::edge_ties": "runtime_error",
    "latest_price::edge_unknown": "runtime_error",
    "podium::sample": "wrong_answer",
    "podium::edge_empty": "accepted",
}

SUMMARY = "*= katas: 1 accepted · 1 to do · 2 wrong answer · 1 crashed =*"


def junit(path: Path) -> dict[str, ET.Element]:
    """Return the test cases of a junit file, by kata and case; of a rerun case the last."""
    text = path.read_text(encoding="utf-8")
    cases = {}
    for case in ET.fromstring(text).iter("testcase"):
        kata = next(part for part in MIXED if part.split("::")[0] in case.attrib["classname"])
        name = f"{kata.split('::')[0]}::{case.attrib['name']}"
        cases[name] = case
    return cases


def property_of(case: ET.Element, name: str) -> str:
    """Return a property of a test case, which is there once."""
    (value,) = [p.attrib["value"] for p in case.iter("property") if p.attrib["name"] == name]
    return value


def check_junit(path: Path) -> None:
    """Compare a junit file with what the mixed workspace must get."""
    cases = junit(path)
    count = sum(1 for _ in ET.parse(path).getroot().iter("testcase"))
    assert count == len(cases)
    assert {name: property_of(case, "verdict") for name, case in cases.items()} == MIXED
    assert property_of(cases["podium::sample"], "kata") == "sql-podium"
    failure = cases["podium::sample"].find("failure")
    assert failure is not None
    message = failure.attrib["message"]
    assert message.startswith("wrong answer: ")
    assert "\n" not in message
    assert (failure.text or "").startswith(message)
    # of assertions in test functions pytest itself writes the colours into the file
    for name in ("podium::sample", "latest_price::sample", "latest_price::edge_ties"):
        assert "x1B" not in ET.tostring(cases[name], encoding="unicode")
    skipped = cases["running_sum::test_sample"].find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "still the starter"
    assert not list(cases["no_orders::sample"].iter("failure"))


@pytest.mark.parametrize("colour", ["yes", "no"])
def test_junit(mixed: Workspace, colour: str) -> None:
    """One test case a case, with kata and verdict as properties, and a message in one line."""
    mixed.run("--junitxml=out.xml", f"--color={colour}")
    check_junit(mixed.root / "out.xml")


def test_xdist(mixed: Workspace) -> None:
    """Workers judge, the controller tells: the same verdicts, messages and summary."""
    mixed.sql_kata(
        "sql/basics/all_types",
        schema="CREATE TABLE t (a INTEGER);",
        sample="INSERT INTO t VALUES (1);",
        reference="""
            SELECT DATE '2024-01-01' AS d, TIMESTAMP '2024-01-01 10:00' AS s,
                1.50::DECIMAL(9,2) AS n, [1, 2] AS l, {'a': 1} AS r, 'x'::BLOB AS b,
                INTERVAL 1 DAY AS i, 'nan'::DOUBLE AS f,
                uuid() IS NULL AS u, 170141183460469231731687303715884105727 AS h, TIME '10:00' AS t
            """,
        answer="""
            SELECT DATE '2024-01-02' AS d, TIMESTAMP '2024-01-01 10:01' AS s,
                1.51::DECIMAL(9,2) AS n, [1, 3] AS l, {'a': 2} AS r, 'y'::BLOB AS b,
                INTERVAL 2 DAY AS i, 1::DOUBLE AS f,
                uuid() IS NOT NULL AS u, 3::HUGEINT AS h, TIME '10:01' AS t
            """,
    )
    here = mixed.run("-q", "--junitxml=here.xml", "--deselect", "katas/sql/basics")
    there = mixed.run_outside("-n2", "--junitxml=there.xml", plugins=(*WITH, "xdist"))
    assert there.parseoutcomes() == {"failed": 7, "passed": 4, "todo": 2}
    there.stdout.fnmatch_lines(
        ["*= katas: 1 accepted · 1 to do · 3 wrong answer · 1 crashed =*", "next: pytest katas/*"]
    )
    there.stdout.no_fnmatch_line("*INTERNALERROR*")
    shown = {line for line in here.outlines if line.startswith(("wrong answer: ", "crashed: "))}
    assert len(shown) == 2
    assert shown <= set(there.outlines)
    text = (mixed.root / "there.xml").read_text(encoding="utf-8")
    tree = ET.fromstring(text)
    for suite in tree.iter("testsuite"):
        for case in [case for case in suite if "all_types" in case.attrib["classname"]]:
            suite.remove(case)
    (mixed.root / "there.xml").write_bytes(ET.tostring(tree))
    check_junit(mixed.root / "there.xml")


def test_xdist_in_colour(mixed: Workspace) -> None:
    """What came from a worker as text gets its colours back."""
    result = mixed.run_outside("-n2", "--color=yes", "katas/sql", plugins=(*WITH, "xdist"))
    lines = result.outlines
    assert [line for line in lines if ANSI.search(line) and "wrong answer: The 3 rows" in line]
    assert [line for line in lines if ANSI.search(line) and "  - " in line]


def test_verdicts_are_told_to_other_plugins_once(mixed: Workspace) -> None:
    """``pytest_prep_verdict`` is called for every case, with data that JSON can hold."""
    mixed.write(
        "conftest.py",
        """
        import json

        def pytest_prep_verdict(config, kata, case, path, verdict):
            with open(config.rootpath / "verdicts.log", "a") as log:
                log.write(json.dumps([kata, case, path, verdict]) + "\\n")
        """,
    )
    mixed.run()
    log = mixed.root / "verdicts.log"
    here = [json.loads(line) for line in log.read_text().splitlines()]
    assert {
        f"{path.rpartition('/')[2]}::{case}": verdict["status"] for _, case, path, verdict in here
    } == MIXED
    assert len(here) == len(MIXED)
    log.unlink()
    mixed.run_outside("-n2", plugins=(*WITH, "xdist"))
    there = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(entry[:3] for entry in there) == sorted(entry[:3] for entry in here)


def test_coverage_of_an_answer(katas: Workspace) -> None:
    """``--cov`` counts the lines of a Python answer, which is not imported but executed."""
    katas.write(
        "katas/python/text/initials/answer.py",
        """
        def initials(name):
            if name == "never":
                return "N"
            return "".join(word[0] for word in name.split())
        """,
    )
    result = katas.run_outside(
        "--cov=katas", "--cov-report=term-missing", "katas/python", plugins=(*WITH, "pytest_cov")
    )
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["katas/python/text/initials/answer.py * 4 * 1 * 75% * 3"])


def test_without_the_plugin(mixed: Workspace) -> None:
    """``-p no:prep`` takes it away whole: an SQL kata is then nothing that pytest knows."""
    mixed.write("plain.toml", "[tool.pytest]\nstrict = true\n")
    result = mixed.run("-c", "plain.toml", "katas/sql", plugins=("-p", "no:prep"))
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.no_fnmatch_line("*katas:*")


def test_randomly(mixed: Workspace) -> None:
    """Cases in any order get the same verdicts."""
    result = mixed.run_outside(
        "--junitxml=out.xml", "-p", "randomly", "-p", "no:cacheprovider", "-q", plugins=(*WITH[:4],)
    )
    result.stdout.fnmatch_lines([SUMMARY])
    check_junit(mixed.root / "out.xml")


def test_rerunfailures(katas: Workspace) -> None:
    """With ``--reruns`` the last verdict on a case counts, once."""
    katas.write(
        "katas/python/text/initials/answer.py",
        """
        from pathlib import Path

        TRIED = Path(__file__).with_name("tried.log")

        def initials(name):
            seen = TRIED.read_text() if TRIED.exists() else ""
            TRIED.write_text(seen + name + "|")
            if name == "Ada Lovelace" and name not in seen:
                return "wrong at first"
            return "".join(word[0] for word in name.split())
        """,
    )
    result = katas.run(
        "--reruns=1", "--junitxml=out.xml", "katas/python", plugins=(*WITH, "rerunfailures")
    )
    assert result.parseoutcomes() == {"passed": 3, "rerun": 1, "todo": 2}
    result.stdout.fnmatch_lines(["*= katas: 1 accepted · 1 to do =*"])
    cases = junit(katas.root / "out.xml")
    assert property_of(cases["initials::test_sample"], "verdict") == "accepted"


def test_rerun_in_vain(mixed: Workspace) -> None:
    """A case that is rejected again is rejected once."""
    result = mixed.run("--reruns=1", "katas/sql", plugins=(*WITH, "rerunfailures"))
    assert result.parseoutcomes() == {"failed": 4, "passed": 3, "rerun": 4}
    result.stdout.fnmatch_lines(["*= katas: 1 accepted · 1 wrong answer · 1 crashed =*"])
    assert f"{LATEST}:1" in result.outlines, "shown in full, though it was run twice"
    assert PODIUM in result.outlines


def test_html(mixed: Workspace) -> None:
    """pytest-html shows cases with their verdicts' text."""
    mixed.run_outside(
        "--html=out.html", "--self-contained-html", plugins=(*WITH, "html", "-p", "metadata")
    )
    text = (mixed.root / "out.html").read_text(encoding="utf-8")
    assert f"{PODIUM}::sample" in text
    assert "wrong answer: The 3 rows are right" in text
    assert "INTERNALERROR" not in text


def test_json_report(mixed: Workspace) -> None:
    """pytest-json-report holds outcomes, the to do among them, and messages."""
    mixed.run_outside(
        "--json-report",
        "--json-report-file=out.json",
        plugins=(*WITH, "pytest_jsonreport", "-p", "metadata"),
    )
    report = json.loads((mixed.root / "out.json").read_text())
    assert report["summary"] == {
        "passed": 4,
        "failed": 6,
        "todo": 2,
        "total": 12,
        "collected": 12,
    }
    (podium,) = [test for test in report["tests"] if test["nodeid"] == f"{PODIUM}::sample"]
    assert podium["call"]["crash"]["message"].startswith("wrong answer: The 3 rows are right")
    assert podium["call"]["crash"]["path"] == PODIUM


FAKE_PDB = """
import pdb

class Pdb(pdb.Pdb):
    def interaction(self, frame, traceback):
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


def test_without_a_terminal(mixed: Workspace) -> None:
    """``-p no:terminal`` takes options away and prints nothing; the exit code tells."""
    result = mixed.run("-p", "no:terminal")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.outlines == []
    assert mixed.run("-p", "no:terminal", "katas/sql/joins").ret == pytest.ExitCode.OK


def test_without_a_cache(mixed: Workspace) -> None:
    """``-p no:cacheprovider``: the same verdicts, and nothing is written."""
    result = mixed.run("-p", "no:cacheprovider")
    result.stdout.fnmatch_lines([SUMMARY])
    assert not (mixed.root / ".pytest_cache").exists()
    assert not (mixed.root / ".prep").exists()


def test_a_cache_that_cannot_be_written(mixed: Workspace) -> None:
    """Where the cache's folder cannot be made, pytest warns, and katas are judged."""
    (mixed.root / ".pytest_cache").write_text("in the way")
    mixed.run().stdout.fnmatch_lines([SUMMARY])


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_project(mixed: Workspace) -> None:
    """A project that cannot be written to can be judged."""
    folders = [path for path in mixed.root.rglob("*") if path.is_dir()]
    for folder in [mixed.root, *folders]:
        folder.chmod(0o555)
    try:
        mixed.run().stdout.fnmatch_lines([SUMMARY])
    finally:
        for folder in [mixed.root, *folders]:
            folder.chmod(0o755)


@pytest.mark.parametrize("colour", ["yes", "no"])
def test_colours(mixed: Workspace, colour: str) -> None:
    """``--color`` holds for cases, tables and the summary."""
    lines = mixed.run(f"--color={colour}", "-rN").outlines
    coloured = {
        "message": "wrong answer: The 3 rows are right",
        "table": "  - ",
        "summary": "wrong answer  ",
        "next": "next: ",
    }
    for what, text in coloured.items():
        found = [line for line in lines if text in line]
        assert found, what
        assert any(ANSI.search(line) for line in found) == (colour == "yes"), what


def test_a_narrow_terminal(mixed: Workspace, monkeypatch) -> None:
    """Sixty columns hold the selection, the tables and the summary by kata."""
    monkeypatch.setenv("COLUMNS", "60")
    lines = mixed.run("katas/sql", "-rN").outlines
    tables = [line for line in lines if line.startswith(("    ", "  + ", "  - ", "  ~ "))]
    start = next(i for i, line in enumerate(lines) if "katas: 1 accepted" in line)
    assert tables
    assert [line for line in [*tables, *lines[start:]] if len(line) > 60] == []


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
