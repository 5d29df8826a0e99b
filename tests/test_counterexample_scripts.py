"""Generated data for katas whose answers change a table: the rows left behind are compared."""

from __future__ import annotations

import pytest

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import search
from pytest_prep.judging.engine import SqlError

SCHEMA = """
CREATE TABLE shops (id INTEGER PRIMARY KEY, city VARCHAR NOT NULL);
CREATE TABLE prices (
    id INTEGER PRIMARY KEY, shop INTEGER REFERENCES shops (id), price INTEGER CHECK (price > 0)
);
"""
DOUBLED = (
    "UPDATE prices SET price = price * 2 WHERE shop IN (SELECT id FROM shops WHERE city = 'Oslo')"
)
CASES = [
    (DOUBLED, DOUBLED.replace("IN (", "NOT IN (")),
    (DOUBLED, DOUBLED.replace("= 'Oslo'", "LIKE 'O%'")),
    ("DELETE FROM prices WHERE price > 10", "DELETE FROM prices WHERE price >= 10"),
    (
        "DELETE FROM prices WHERE shop IS NULL",
        "DELETE FROM prices WHERE shop NOT IN (SELECT id FROM shops)",
    ),
    (
        "INSERT INTO prices SELECT id + 1000, shop, price FROM prices WHERE id < 100",
        "INSERT INTO prices SELECT id + 1000, shop, price + 1 FROM prices WHERE id < 100",
    ),
]


def searched(reference: str, answer: str, seconds: float = 1.0):
    """Search with the rows of ``prices`` in mind."""
    return search(
        SCHEMA, reference, answer, rules=Rules(), seed=3, cpu_budget=seconds, table="prices"
    )


@pytest.mark.parametrize(("reference", "answer"), CASES)
def test_a_wrong_script_is_caught_on_few_rows(reference: str, answer: str) -> None:
    """Each on its own tables, shrunk like any other."""
    found = searched(reference, answer).counterexample
    assert found is not None
    assert found.reason == "differs"
    assert found.size <= 6
    assert found.expected.columns == ("id", "shop", "price")


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        (DOUBLED, DOUBLED.replace("price * 2", "price + price")),
        (
            "DELETE FROM prices WHERE price > 10",
            "BEGIN; DELETE FROM prices WHERE price >= 11; COMMIT",
        ),
        (
            "DELETE FROM prices WHERE price > 10",
            "CREATE TABLE kept AS FROM prices WHERE price <= 10 OR price IS NULL;"
            " DELETE FROM prices; INSERT INTO prices FROM kept; DROP TABLE kept",
        ),
    ],
)
def test_another_way_is_right(reference: str, answer: str) -> None:
    """However it gets there: with transactions of its own, or tables of its own."""
    found = searched(reference, answer, 0.5)
    assert found.counterexample is None
    assert found.databases > 10


def test_a_script_that_leaves_no_table_is_refused() -> None:
    """As on every other case."""
    with pytest.raises(SqlError, match="prices"):
        searched("DELETE FROM prices", "DROP TABLE prices")


def test_the_case_is_there(workspace) -> None:
    """A kata with ``result = "table:NAME"`` has the case ``generated`` too."""
    workspace.write("pyproject.toml", '[tool.pytest]\ntestpaths = ["katas"]\n')
    workspace.sql_kata(
        "sql/dml/cleared",
        schema="CREATE TABLE prices (id INTEGER PRIMARY KEY, price INTEGER);",
        sample="INSERT INTO prices VALUES (1, 5), (2, 20);",
        reference="DELETE FROM prices WHERE price > 10",
        answer="DELETE FROM prices WHERE price > 12",
        more='result = "table:prices"',
    )
    result = workspace.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["wrong answer: with 1 row of data: *", "  prices", "*expected*"])
    workspace.solve("sql/dml/cleared")
    workspace.run().assert_outcomes(passed=2)
