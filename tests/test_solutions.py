"""The author's side: ``pytest solutions`` holds every submission to its expected verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workspace import the_failure as failing

from pytest_prep.content.submission import Submission
from pytest_prep.expected import Unexpected, assert_expected
from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from workspace import Workspace

SQL = "sql/basics/known_prices"


@pytest.fixture
def sql(workspace: Workspace) -> Workspace:
    """A complete SQL kata."""
    workspace.sql_kata(
        SQL,
        schema="CREATE TABLE prices (item VARCHAR NOT NULL, price INTEGER);",
        sample="INSERT INTO prices VALUES ('pen', 5), ('ink', 9), ('cap', NULL);",
        cases={
            "edge_null": "-- A price is unknown.\nINSERT INTO prices VALUES ('pen', NULL);\n",
            "edge_zero": "-- A price is 0.\nINSERT INTO prices VALUES ('pen', 0), ('cap', 1);\n",
        },
        reference="SELECT item, price FROM prices WHERE price IS NOT NULL",
    )
    write = workspace.write
    write(
        f"katas/{SQL}/README.md",
        """
        # Known prices

        Return the items with a known price.

        ## Example

        | item | price |
        |---|---|
        | pen | 5 |
        | ink | 9 |
        """,
    )
    write(f"solutions/{SQL}/notes.md", "## Approach\n\nA filter.\n")
    write(
        f"solutions/{SQL}/accepted_comparison.sql",
        "-- Any comparison with NULL is not true.\nSELECT * FROM prices WHERE price >= 0",
    )
    write(
        f"solutions/{SQL}/wrong_all.sql",
        "-- Keeps unknown prices.\n-- caught by: edge_null\nSELECT * FROM prices",
    )
    write(
        f"solutions/{SQL}/wrong_positive.sql",
        "-- Takes 0 for unknown.\n-- caught by: edge_zero\nSELECT * FROM prices WHERE price > 0",
    )
    write(
        f"solutions/{SQL}/wrong_crash.sql",
        """
        -- Cannot deal with an unknown price.
        -- verdict: runtime_error
        -- caught by: edge_null
        SELECT item, coalesce(price, error('unknown')) FROM prices
        """,
    )
    return workspace


SQL_ITEMS = [
    "accepted_comparison.sql::accepted",
    "answer.sql::accepted",
    "answer.sql::example",
    "answer.sql::complete",
    "starter.sql::todo",
    "wrong_all.sql::wrong_answer",
    "wrong_crash.sql::runtime_error",
    "wrong_positive.sql::wrong_answer",
]


def test_a_complete_sql_kata(sql: Workspace) -> None:
    """One item a submission, named by its verdict; example, completeness and starter beside."""
    ids = sql.ids("solutions")
    assert ids == [f"solutions/{SQL}/{name}" for name in SQL_ITEMS]
    result = sql.run("solutions")
    result.assert_outcomes(passed=len(ids))
    result.stdout.no_fnmatch_line("*katas:*")
    sql.run(ids[-1]).assert_outcomes(passed=1)


def test_selecting_submissions(sql: Workspace) -> None:
    """``-k`` and ``-m`` know the kata's facts here too."""
    assert len(sql.ids("solutions", "-k", "basics and wrong")) == 3
    assert len(sql.ids("solutions", "-k", "sql-known-prices and easy")) == len(SQL_ITEMS)
    assert len(sql.ids("solutions", "-m", 'kata(level="easy")')) == len(SQL_ITEMS)


def test_the_learner_s_answer_does_not_matter(sql: Workspace) -> None:
    """The author's side is judged whatever stands in the learner's file."""
    sql.answer(SQL, "nonsense")
    sql.run("solutions").assert_outcomes(passed=len(SQL_ITEMS))


@pytest.mark.parametrize("missing", ["answer", "starter"])
def test_a_missing_reference_or_starter(sql: Workspace, missing: str) -> None:
    """Without reference or starter there is one clear error."""
    path = f"solutions/{SQL}/{missing}.sql"
    (sql.root / path).unlink()
    result = sql.run("solutions")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"{path}: is missing; *"])


BROKEN_SQL = {
    "wrong-is-accepted": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps unknown prices.\nSELECT * FROM prices WHERE price IS NOT NULL",
        "wrong_all.sql::wrong_answer",
        [
            "must get the verdict wrong_answer on some case, and does not",
            "wrong: Keeps unknown prices.",
            "sample: accepted",
            "edge_null: accepted",
            "edge_zero: accepted",
        ],
    ),
    "caught-by-accepts": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps unknown prices.\n-- caught by: edge_null, edge_zero\nSELECT * FROM prices",
        "wrong_all.sql::wrong_answer",
        ["case edge_zero must reject it, and does not", "edge_zero: accepted"],
    ),
    "caught-by-unknown": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps unknown prices.\n-- caught by: edge_nul\nSELECT * FROM prices",
        "wrong_all.sql::wrong_answer",
        ["'caught by' names 'edge_nul', and there is no such case"],
    ),
    "other-verdict": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps unknown prices.\n-- verdict: invalid\nSELECT * FROM prices",
        "wrong_all.sql::invalid",
        ["must get the verdict invalid on some case, and does not", "edge_null: wrong answer: *"],
    ),
    "accepted-is-rejected": (
        "solutions/{}/accepted_comparison.sql",
        "-- Any comparison will do.\nSELECT * FROM prices WHERE price > 1",
        "accepted_comparison.sql::accepted",
        ["must be accepted on every case, and is not", "edge_zero: wrong answer: *"],
    ),
    "slow-is-fast": (
        "solutions/{}/slow_never.sql",
        "-- Is not slow at all.\nSELECT * FROM prices WHERE price >= 0",
        "slow_never.sql::time_limit",
        ["must get the verdict time_limit on some case, and does not"],
    ),
    "no-first-line-comment": (
        "solutions/{}/accepted_comparison.sql",
        "SELECT * FROM prices WHERE price >= 0",
        "accepted_comparison.sql",
        ["solutions/{}/accepted_comparison.sql: line 1: say why it is accepted in a comment *"],
    ),
    "unknown-verdict": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps them.\n-- verdict: wrong_anser\nSELECT * FROM prices",
        "wrong_all.sql",
        ["solutions/{}/wrong_all.sql: verdict: 'wrong_anser' cannot be expected *'wrong_answer'?"],
    ),
    "unknown-field": (
        "solutions/{}/wrong_all.sql",
        "-- Keeps them.\n-- cought by: edge_null\nSELECT * FROM prices",
        "wrong_all.sql",
        ["solutions/{}/wrong_all.sql: cought by: unknown field; did you mean 'caught by'?"],
    ),
    "example-differs": (
        "katas/{}/README.md",
        "# P\n\n## Example\n\n| item | price |\n|---|---|\n| pen | 6 |\n| ink | 9 |\n",
        "answer.sql::example",
        ["README.md: the reference does not return | pen | 6 |"],
    ),
    "example-short": (
        "katas/{}/README.md",
        "# P\n\n## Example\n\n| item | price |\n|---|---|\n| pen | 5 |\n",
        "answer.sql::example",
        ["README.md: *ink*9*"],
    ),
    "example-columns": (
        "katas/{}/README.md",
        "# P\n\n## Example\n\n| name | price |\n|---|---|\n| pen | 5 |\n",
        "answer.sql::example",
        ["README.md: the example has the columns name, price; the reference returns item, price"],
    ),
    "example-without-table": (
        "katas/{}/README.md",
        "# P\n\n## Example\n\nNone.\n",
        "answer.sql::example",
        ["README.md: the section '## Example' has no table"],
    ),
    "no-example": (
        "katas/{}/README.md",
        "# P\n",
        "answer.sql::example",
        ["README.md has no section '## Example'"],
    ),
    "stray-file": (
        "katas/{}/notes.txt",
        "mine",
        "answer.sql::complete",
        ["stray files in the learner's folder: notes.txt"],
    ),
    "misspelt-submission": (
        "solutions/{}/worng_all.sql",
        "-- Keeps unknown prices.\nSELECT * FROM prices",
        "answer.sql::complete",
        ["stray files in the author's folder: worng_all.sql"],
    ),
    "empty-notes": (
        "solutions/{}/notes.md",
        "",
        "answer.sql::complete",
        ["known_prices/notes.md is missing or empty"],
    ),
    "starter-with-a-statement": (
        "solutions/{}/starter.sql",
        "-- Return the rows.\nSELECT 1",
        "starter.sql::todo",
        ["starter.sql holds a statement; it may hold comments only"],
    ),
}


@pytest.mark.parametrize(("path", "text", "item", "message"), BROKEN_SQL.values(), ids=BROKEN_SQL)
def test_one_thing_wrong_with_an_sql_kata(
    sql: Workspace, path: str, text: str, item: str, message: list[str]
) -> None:
    """Each violated expectation is one failing item, which says what is wrong."""
    sql.write(path.format(SQL), text)
    shown = failing(sql, item)
    pytest.LineMatcher(shown).fnmatch_lines([line.format(SQL) for line in message])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (["accepted_comparison.sql"], "no accepted_*: show at least one other right way"),
        (
            ["wrong_all.sql", "wrong_crash.sql"],
            "fewer than two wrong_*: show the typical mistakes",
        ),
        (["cases/edge_null.sql", "cases/edge_zero.sql"], "no cases/edge_*.sql: hidden data *"),
        (["notes.md"], "known_prices/notes.md is missing or empty"),
    ],
    ids=["accepted", "wrong", "cases", "notes"],
)
def test_what_a_complete_kata_has(sql: Workspace, files: list[str], message: str) -> None:
    """An incomplete kata is told what it lacks."""
    for name in files:
        (sql.root / f"solutions/{SQL}/{name}").unlink()
    result = sql.run("solutions", "-k", "complete")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([message])


def test_a_wrong_reference(sql: Workspace) -> None:
    """A reference that cannot be run is the kata's fault in every item, without a traceback."""
    sql.write(f"solutions/{SQL}/answer.sql", "SELECT item, prize FROM prices")
    result = sql.run("solutions")
    result.stdout.fnmatch_lines(
        [
            "the kata itself is broken",
            f"sample: broken kata: solutions/{SQL}/answer.sql: on case sample: Binder Error: *",
        ]
    )
    result.stdout.no_fnmatch_line("*judge.py*")


def test_a_reference_out_of_order(sql: Workspace) -> None:
    """Where the kata asks for an order, the example has to be in it."""
    toml = sql.root / f"katas/{SQL}/kata.toml"
    toml.write_text(toml.read_text().replace("[sql]", '[sql]\norder = ["price"]'))
    ordered = " ORDER BY price"
    for path in (sql.root / f"solutions/{SQL}").glob("[aw]*.sql"):
        path.write_text(path.read_text().rstrip() + ordered)
    sql.run("solutions").assert_outcomes(passed=len(SQL_ITEMS))
    readme = sql.root / f"katas/{SQL}/README.md"
    readme.write_text(
        readme.read_text().replace("| pen | 5 |\n| ink | 9 |", "| ink | 9 |\n| pen | 5 |")
    )
    assert failing(sql, "answer.sql::example") == [
        "README.md: the example is not in the reference's order"
    ]


def test_rounded_and_null_cells_of_an_example(workspace: Workspace) -> None:
    """Numbers may be rounded to the shown decimals, NULL is written NULL, a day without 00:00."""
    workspace.sql_kata(
        "sql/basics/cells",
        schema="CREATE TABLE t (a INTEGER);",
        sample="INSERT INTO t VALUES (1);",
        reference="SELECT 2 / 3 AS a, NULL AS b, 1234567 AS c, TIMESTAMP '2024-05-01' AS d FROM t",
    )
    row = "| 0.67 | NULL | 1,234,567 | 2024-05-01 |"
    head = "# T\n\n## Example\n\n| a | b | c | d |\n|---|---|---|---|\n"
    readme = workspace.write("katas/sql/basics/cells/README.md", f"{head}{row}\n")
    workspace.run("solutions", "-k", "example").assert_outcomes(passed=1)
    for old, new in (("0.67", "0.66"), ("NULL", "0"), ("2024-05-01", "2024-05-02")):
        readme.write_text(f"{head}{row.replace(old, new)}\n")
        workspace.run("solutions", "-k", "example").assert_outcomes(failed=1)


def test_a_slow_sql_submission(sql: Workspace, monkeypatch) -> None:
    """A slow one must be right, and run out of time; if it is wrong too, that is said."""
    monkeypatch.setattr("pytest_prep.judging.budget.FLOOR", 0.01)
    slow = (
        "-- Counts first.\nSELECT * FROM prices "
        "WHERE {} AND (SELECT sum(x) FROM range(90000000) r(x)) > 0"
    )
    sql.write(f"solutions/{SQL}/slow_count.sql", slow.format("price >= 0"))
    sql.run("solutions").assert_outcomes(passed=len(SQL_ITEMS) + 1)
    sql.write(f"solutions/{SQL}/slow_count.sql", slow.format("price > 0"))
    shown = failing(sql, "slow_count.sql::time_limit")
    assert "is to be right but slow, and is wrong too" in shown


def test_a_slow_submission_may_run_out_of_memory_first() -> None:
    """Which budget it exceeds hangs on the machine; a wrong answer is none the less wrong."""
    slow = Submission(Path("slow_join.sql"), "slow", "Joins all.", "time_limit", ("real",))
    right, large = Verdict("accepted"), Verdict("memory_limit", "more than the budget allows")
    assert_expected(slow, {"sample": right, "real": large})
    with pytest.raises(Unexpected, match="is wrong too"):
        assert_expected(slow, {"sample": Verdict("wrong_answer"), "real": large})


def test_xdist_judges_submissions(sql: Workspace) -> None:
    """``pytest solutions -n 2`` gives the same."""
    sql.write(
        f"solutions/{SQL}/wrong_all.sql",
        "-- Keeps unknown prices.\nSELECT * FROM prices WHERE price IS NOT NULL",
    )
    result = sql.run_outside("-n2", "solutions", plugins=("-p", "prep", "-p", "xdist"))
    result.assert_outcomes(passed=len(SQL_ITEMS) - 1, failed=1)
    result.stdout.fnmatch_lines(["must get the verdict wrong_answer on some case, and does not"])
