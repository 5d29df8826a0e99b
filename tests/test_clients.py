"""Other plugins and the files that CI reads: the same cases, with the same verdicts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from workspace import RIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from workspace import Workspace

WITH = ("-p", "prep", "-p", "timeout", "-p")
ANSI = re.compile(r"\x1b\[")

PODIUM = "katas/sql/window/podium/answer.sql"
LATEST = "katas/sql/window/latest_price/answer.sql"
INITIALS = "katas/python/text/initials/test_initials.py"


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


@pytest.mark.parametrize("isolation", ["fork", "spawn"])
def test_coverage_of_an_answer(katas: Workspace, isolation: str) -> None:
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
        *("--cov=katas", "--cov-report=term-missing", "katas/python", f"--isolation={isolation}"),
        plugins=(*WITH, "pytest_cov"),
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
        "--reruns=1",
        "--isolation=none",  # a child changes no file
        "--junitxml=out.xml",
        "katas/python",
        plugins=(*WITH, "rerunfailures"),
    )
    assert result.parseoutcomes() == {"passed": 3, "rerun": 1, "todo": 2}
    result.stdout.fnmatch_lines(["*= katas: 1 accepted · 1 to do =*"])
    cases = junit(katas.root / "out.xml")
    assert property_of(cases["initials::test_sample"], "verdict") == "accepted"


def test_rerun_in_children(initials) -> None:
    """A test that failed is run again in a child of its own; a crash is shown in full once more."""
    tests = """
        import itertools

        import pytest

        ATTEMPTS = itertools.count(1)

        @pytest.fixture(scope="module")
        def attempt():
            return next(ATTEMPTS)

        def test_crash(answer):
            answer.initials("crash")

        @pytest.mark.flaky(reruns=2)
        def test_last(answer, attempt):
            assert answer.initials("a") == "a" and attempt == 3
        """
    answer = RIGHT.replace("    return", "    assert name != 'crash'\n    return")
    result = initials(answer, "-p", "rerunfailures", "--reruns=1", tests=tests)
    assert result.parseoutcomes() == {"failed": 1, "passed": 1, "rerun": 3}
    result.stdout.fnmatch_lines([">*assert name != 'crash'"])


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
