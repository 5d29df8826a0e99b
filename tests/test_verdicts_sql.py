"""What a learner reads of an SQL query, verdict by verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from workspace import PRICE_KATA as KATA
from workspace import PRICES, failures

if TYPE_CHECKING:
    from workspace import Workspace

ANSWER = f"katas/{KATA}/answer.sql"


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Budgets of 5 ms instead of a second."""
    monkeypatch.setattr("pytest_prep.judging.budget.FLOOR", 0.005)
    monkeypatch.setattr("pytest_prep.report.terminal.FLOOR", 0.005)


def test_accepted(judged) -> None:
    """Other column names and another order of rows do not matter."""
    result = judged("SELECT item AS a, price AS b FROM prices ORDER BY 1 DESC", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}::sample ACCEPTED*",
            f"{ANSWER}::edge_unknown ACCEPTED*",
            "*= katas: 1 accepted =*",
            f"accepted      katas/{KATA}  2 cases, slowest * ms of 1.0 s",
            "*= 2 passed in *",
        ]
    )
    result.stdout.no_fnmatch_line("next:*")


def test_wrong_answer(judged) -> None:
    """What differs, on which data, row by row, the time used and the file."""
    result = judged("SELECT item, coalesce(price, 0) AS price FROM prices")
    result.assert_outcomes(passed=1, failed=1)
    first, about, *lines = failures(result)["edge_unknown"]
    assert first.startswith("wrong answer: ")
    assert "0 where NULL is expected" in first
    assert about == "this data: A price is unknown. It is not nothing."
    assert lines[:3] == [
        "    item  price",
        "  ~ pen   0 → NULL",
        "    (~ yours → expected)",
    ]
    assert re.fullmatch(r"CPU \d+ ms · budget 1\.0 s \(the minimum; reference \d+ ms\)", lines[3])
    assert lines[4:] == [ANSWER]


def test_the_sample_says_nothing_about_its_data(judged) -> None:
    """The sample is visible; only hidden data is described."""
    sample = "-- Two items.\nINSERT INTO prices VALUES ('pen', 5), ('ink', 9);"
    result = judged("SELECT item, price + 1 FROM prices", sample=sample)
    assert "this data" not in "\n".join(failures(result)["sample"])


def test_rows_too_many_and_too_few(judged) -> None:
    """Plus and minus mark whose row it is."""
    result = judged(
        "SELECT item, price FROM prices WHERE item = 'pen' UNION ALL SELECT 'gum', 1", cases={}
    )
    lines = failures(result)["sample"]
    assert "  + 'gum'  1" in lines or "  + gum   1" in lines
    assert "  - 'ink'  9" in lines or "  - ink   9" in lines
    assert "    (+ only in yours; - only expected)" in lines


def test_the_order_that_was_asked_for(judged) -> None:
    """With ``order`` the rows must come in it; ties may come in any order."""
    kata = {
        "more": 'order = ["price"]',
        "reference": "SELECT item, price FROM prices ORDER BY price",
        "sample": "INSERT INTO prices VALUES ('pen', 5), ('ink', 9), ('cap', 5);",
        "cases": {},
    }
    judged("SELECT item, price FROM prices ORDER BY price, item", **kata).assert_outcomes(passed=1)
    result = judged("SELECT item, price FROM prices ORDER BY price DESC", **kata)
    assert "order" in failures(result)["sample"][0]


def test_columns_by_name(judged) -> None:
    """``columns = "by-name"`` takes columns in any order, but not under other names."""
    more = 'columns = "by-name"'
    judged("SELECT price, item FROM prices", more=more).assert_outcomes(passed=2)
    result = judged("SELECT item, price AS cost FROM prices", more=more)
    assert "cost" in "\n".join(failures(result)["sample"])


def test_an_unknown_column(judged) -> None:
    """A crash shows the engine's message, the place in the statement and the line."""
    result = judged("-- comment\nSELECT item,\n  prise\nFROM prices")
    lines = failures(result)["sample"]
    assert lines[0].startswith('crashed: Binder Error: Referenced column "prise" not found')
    assert 'Candidate bindings: "price"' in lines
    assert f"{ANSWER}:3" == lines[-1]


def test_a_crash_on_some_rows_only(judged) -> None:
    """What the engine refuses on one case only is rejected on that case only."""
    result = judged(
        "SELECT item, CASE WHEN price IS NULL THEN error('no price') ELSE price END FROM prices"
    )
    result.assert_outcomes(passed=1, failed=1)
    assert failures(result)["edge_unknown"][:2] == [
        "crashed: Invalid Input Error: no price",
        "this data: A price is unknown. It is not nothing.",
    ]


def test_a_syntax_error(judged) -> None:
    """What does not parse is invalid, with the line."""
    result = judged("SELECT item, price\nFROM prices\nWHERE price >")
    lines = failures(result)["sample"]
    assert lines[0].startswith("invalid: Parser Error: syntax error at ")
    assert lines[-1] == f"{ANSWER}:3"
    result.stdout.fnmatch_lines(["*= katas: 1 invalid =*", f"invalid       katas/{KATA}  sample*"])


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("SELECT item, price FROM prices; SELECT 1", "found 2: SELECT, SELECT"),
        ("DELETE FROM prices; SELECT item, price FROM prices", "found 2: DELETE, SELECT"),
        ("DELETE FROM prices", "found 1: DELETE"),
        ("SET threads = 4", "found 1: SET"),
        ("EXPLAIN SELECT item, price FROM prices", "found 1: EXPLAIN"),
        ("COPY prices TO 'x.csv'", "found 1: COPY"),
        ("ATTACH 'x.db' AS x", "found 1: ATTACH"),
    ],
)
def test_one_query_is_asked_for(judged, answer: str, found: str) -> None:
    """Anything but one query is invalid, and is not run."""
    result = judged(answer)
    assert failures(result)["sample"][0] == f"invalid: one query is asked for; {found}"


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT item, price FROM prices;\n-- done\n",
        "/* mine */ FROM prices",
        "WITH p AS (SELECT * FROM prices) SELECT item, price FROM p",
        "\ufeffSELECT item, price FROM prices",
        "SELECT item,\r\n price FROM prices\r\n",
        "(SELECT item, price FROM prices)",
        "TABLE prices",
    ],
    ids=["comment-after", "from-first", "with", "bom", "crlf", "brackets", "table"],
)
def test_forms_of_one_query(judged, answer: str) -> None:
    """Comments, line ends, a byte-order mark and DuckDB's short forms are fine."""
    judged(answer).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        ";",
        "\n\n",
        "-- thinking\n",
        "/* SELECT 1 */",
        "-- Return the rows that README.md asks for.",
    ],
)
def test_no_statement_is_to_do(judged, answer: str) -> None:
    """The starter, or nothing but comments, is neither right nor wrong."""
    result = judged(answer, "-v")
    assert result.parseoutcomes() == {"todo": 2}
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            f"{ANSWER}::sample TODO*",
            "*= katas: 1 to do =*",
            "next: The all prices (easy, 10 minutes)",
            f"      read    katas/{KATA}/README.md",
            f"      write   {ANSWER}",
            f"      run     pytest katas/{KATA}",
        ]
    )


def test_an_answer_that_is_not_utf_8(judged, workspace: Workspace) -> None:
    """The learner's own file is at fault, not the kata."""
    workspace.sql_kata(KATA, **PRICES)
    (workspace.root / ANSWER).write_bytes(b"SELECT 'caf\xe9'")
    lines = failures(workspace.run())["sample"]
    assert lines[0].startswith("invalid: ")
    assert "byte 11: is not UTF-8; save it as UTF-8" in lines[0]
    assert str(workspace.root) not in "\n".join(lines)


def test_stopped_at_the_time_limit(judged, monkeypatch) -> None:
    """A query that does not end is stopped; the time it had is told."""
    monkeypatch.setattr("pytest_prep.judging.judge.wall_cap", lambda limit: 0.3)
    result = judged(
        "SELECT item, price FROM prices, range(100000000) AS r(x), range(100000000) AS s(y) "
        "WHERE x + y < 0",
        cases={},
    )
    first, timing, path = failures(result)["sample"]
    assert first == "too slow: stopped before it was done"
    assert re.fullmatch(
        r"stopped after 300 ms · budget 1\.0 s \(the minimum; reference \d+ ms\)", timing
    )
    assert path == ANSWER
    result.stdout.fnmatch_lines(
        ["*= katas: 1 too slow =*", f"too slow      katas/{KATA}  sample: stopped before*"]
    )


def test_right_but_too_slow(judged, impatient) -> None:
    """The rows are right; the budget is a multiple of the reference's time."""
    slow = "SELECT item, price FROM prices WHERE (SELECT sum(x) FROM range({}) AS r(x)) > 0"
    result = judged(
        slow.format(60_000_000),
        more="[budget]\ntime = 2",
        reference=slow.format(6_000_000),
        cases={},
    )
    first, work, timing, path = failures(result)["sample"]
    assert first == "too slow: right, but it takes too long"
    assert re.fullmatch(r"rows inside its plan: [\d,]+, the reference [\d,]+ \(10 ×\).*", work)
    assert re.fullmatch(r"CPU \d+ ms · budget \d+ ms \(2 × reference \d+ ms\)", timing)
    assert path == ANSWER


def test_wrong_and_slow_is_wrong(judged, impatient) -> None:
    """Rows that are wrong are shown, however long they took."""
    result = judged(
        "SELECT item, price + 1 FROM prices WHERE (SELECT sum(x) FROM range(30000000) AS r(x)) > 0",
        cases={},
    )
    assert failures(result)["sample"][0].startswith("wrong answer: ")


def test_too_much_memory(judged) -> None:
    """``[budget] memory`` limits the engine; the advice of its message is not for learners."""
    result = judged(
        "SELECT item, price FROM prices WHERE "
        "(SELECT count(DISTINCT x::VARCHAR || 'too long to fit') FROM range(900000) r(x)) > 0",
        more='[budget]\nmemory = "20MB"',
        cases={},
    )
    lines = failures(result)["sample"]
    assert lines[0] == "too much memory: more memory than the budget allows"
    assert "temp_directory" not in "\n".join(lines)
    result.stdout.fnmatch_lines(
        ["*= katas: 1 too much memory =*", f"too much memory  katas/{KATA}  *"]
    )
