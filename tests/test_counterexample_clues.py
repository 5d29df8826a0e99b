"""What the search learns from queries and checks, and the pools of values made from it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pytest_prep.judging.counterexample.clues import Clues, read_clues
from pytest_prep.judging.counterexample.model import Hints
from pytest_prep.judging.counterexample.pools import Pool, build_pools
from pytest_prep.judging.counterexample.schema import Ref, read_schema

SQL = """
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, since DATE NOT NULL
);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    buyer INTEGER NOT NULL,
    total INTEGER NOT NULL CHECK (total BETWEEN 5 AND 90),
    bonus INTEGER
);
"""
NAME, SINCE = ("customers", 1), ("customers", 2)
TOTAL, BONUS = ("orders", 2), ("orders", 3)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the schema above."""
    with duckdb.connect() as connection:
        connection.execute(SQL)
        yield connection


def clues_of(connection: duckdb.DuckDBPyConnection, *queries: str) -> Clues:
    """Read the clues of queries on the schema above."""
    return read_clues(read_schema(connection, SQL), queries)


def pools_of(
    connection: duckdb.DuckDBPyConnection, query: str, hints: Hints | None = None
) -> dict[Ref, Pool]:
    """Build the pools for a query on the schema above."""
    schema = read_schema(connection, SQL)
    return build_pools(connection, schema, read_clues(schema, [query]), hints or Hints())


def test_a_literal_belongs_to_the_column_it_is_compared_with(connection):
    """Values of one column are not spread over others."""
    clues = clues_of(connection, "SELECT 1 FROM orders WHERE total > 50")
    assert clues.numbers[TOTAL] == {"5", "90", "50"}
    assert BONUS not in clues.numbers


def test_a_literal_reaches_a_column_through_an_alias(connection):
    """The alias of a derived table stands for the columns it is made of."""
    query = "SELECT 1 FROM (SELECT bonus AS b FROM orders) AS x WHERE x.b = 7"
    assert "7" in clues_of(connection, query).numbers[BONUS]


def test_what_a_recursion_starts_with_reaches_the_column_it_is_joined_to(connection):
    """A start such as 'Ann' must be a value of the data."""
    query = (
        "WITH RECURSIVE r(who, n) AS (SELECT 'Ann', 0 UNION "
        "SELECT c.name, n + 1 FROM r JOIN customers AS c ON c.name = r.who WHERE n < 2) FROM r"
    )
    assert "Ann" in clues_of(connection, query).texts[NAME]


def test_numbers_of_rows_come_from_counts_limits_and_ranks(connection):
    """They tell how many rows a database needs."""
    clues = clues_of(
        connection,
        "SELECT buyer FROM orders GROUP BY buyer HAVING count(*) >= 3 LIMIT 7",
        "SELECT 1 FROM (SELECT row_number() OVER () AS n FROM orders) WHERE n = 4",
    )
    assert clues.counts >= {3, 7, 4}


def test_compared_columns_are_linked(connection):
    """A join by columns of different names shares values nevertheless."""
    query = "SELECT 1 FROM customers AS c JOIN orders AS o ON o.buyer = c.customer_id"
    assert (("customers", 0), ("orders", 1)) in clues_of(connection, query).links


def test_a_query_that_cannot_be_parsed_gives_no_clues(connection):
    """The search goes on with plain values."""
    assert not clues_of(connection, "SELECT FROM WHERE").links


def test_pools_hold_the_neighbours_of_a_literal_within_the_checks(connection):
    """One less and one more are where boundaries go wrong; a check keeps out what cannot be."""
    values = set(pools_of(connection, "SELECT 1 FROM orders WHERE total >= 90")[TOTAL].values)
    assert {"89", "90"} <= values
    assert "91" not in values


def test_pools_hold_days_and_months_around_a_date(connection):
    """The end of an interval is tried from both sides."""
    query = "SELECT 1 FROM customers WHERE since < DATE '2024-03-01'"
    values = set(pools_of(connection, query)[SINCE].values)
    assert {"2024-02-29", "2024-03-01", "2024-03-02", "2024-04-01", "2023-03-01"} <= values


def test_a_date_at_the_end_of_time_is_no_error(connection):
    """'9999-12-31' is often written for "no end"."""
    query = "SELECT 1 FROM customers WHERE since < DATE '9999-12-31'"
    assert "9999-12-31" in pools_of(connection, query)[SINCE].exact


def test_patterns_become_texts_that_match_and_nearly_match(connection):
    """LIKE with a blank before the wildcard is told from LIKE without."""
    values = set(
        pools_of(connection, "SELECT 1 FROM customers WHERE name LIKE 'Mc %'")[NAME].values
    )
    assert {"Mc a", "Mc ", "aMc "} <= values


def test_negative_numbers_need_a_reason(connection):
    """They come where a query asks for the sign, and not otherwise."""
    plain = pools_of(connection, "SELECT sum(bonus) FROM orders")[BONUS].values
    signed = pools_of(connection, "SELECT 1 FROM orders GROUP BY buyer HAVING sum(bonus) < 0")
    assert not any(value.startswith("-") for value in plain)
    assert "-1" in signed[BONUS].values


def test_hints_are_values_like_literals(connection):
    """An author's values take part with the first priority."""
    pool = pools_of(connection, "FROM customers", Hints({"customers.name": ["Zoe"]}))[NAME]
    assert "Zoe" in pool.exact
