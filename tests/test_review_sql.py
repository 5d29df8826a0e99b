"""The review of SQL: what each rule finds, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prep.content.kata import read_kata
from pytest_prep.judging.review import Review, review
from pytest_prep.judging.review.sql import ALL, findings_in
from pytest_prep.judging.review.sql_plan import work_of

ROOT = Path(__file__).parent.parent
SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer INTEGER,
    placed TIMESTAMP NOT NULL,
    day DATE NOT NULL,
    amount INTEGER NOT NULL
);
"""
#: Rule → queries in which it finds something, and queries it must leave alone.
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "select-star": (
        ("SELECT * FROM orders", "SELECT o.* FROM orders AS o WHERE amount > 3"),
        (
            "SELECT count(*) FROM orders",
            "WITH o AS (SELECT id FROM orders) SELECT * FROM o",
            "WITH o AS (SELECT *, rank() OVER (ORDER BY id) AS n FROM orders) SELECT id FROM o",
        ),
    ),
    "cross-join": (
        (
            "SELECT c.name, o.id FROM customers AS c, orders AS o",
            "SELECT c.name FROM customers AS c, orders AS o WHERE o.amount > 3 AND c.city = 'x'",
        ),
        (
            "SELECT c.name FROM customers AS c CROSS JOIN orders AS o",
            "SELECT o.id FROM orders AS o, (SELECT max(amount) AS most FROM orders) AS m",
            "WITH m AS (SELECT max(amount) AS most FROM orders) SELECT id FROM orders, m",
            "SELECT x FROM orders AS o, unnest(range(o.amount)) AS t(x)",
            "SELECT c.name FROM customers AS c JOIN orders AS o USING (id)",
        ),
    ),
    "comma-join": (
        ("SELECT c.name FROM customers AS c, orders AS o WHERE o.customer = c.id",),
        ("SELECT c.name FROM customers AS c JOIN orders AS o ON o.customer = c.id",),
    ),
    "natural-join": (
        ("SELECT name FROM customers NATURAL JOIN orders",),
        ("SELECT name FROM customers JOIN orders USING (id)",),
    ),
    "unused-cte": (
        (
            "WITH a AS (SELECT 1 AS x), b AS (SELECT id FROM orders) SELECT id FROM b",
            "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 3) "
            "SELECT 1",
        ),
        (
            "WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT x FROM b",
            "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 3) "
            "SELECT x FROM n",
            "WITH A AS (SELECT 1 AS x) SELECT (SELECT max(x) FROM a)",
        ),
    ),
    "order-in-subquery": (
        (
            "SELECT id FROM (SELECT id FROM orders ORDER BY amount) AS o",
            "WITH o AS (SELECT id FROM orders ORDER BY amount) SELECT id FROM o",
        ),
        (
            "SELECT id FROM orders ORDER BY amount",
            "SELECT id FROM (SELECT id FROM orders ORDER BY amount LIMIT 3) AS o",
            "WITH o AS (SELECT DISTINCT ON (customer) id FROM orders ORDER BY customer, day) "
            "SELECT id FROM o",
            "SELECT list(id ORDER BY amount) FROM orders",
            "SELECT row_number() OVER (ORDER BY id) FROM orders",
            "SELECT id FROM orders UNION ALL SELECT id FROM customers ORDER BY id",
        ),
    ),
    "having-without-aggregate": (
        (
            "SELECT customer, count(*) FROM orders GROUP BY customer HAVING customer > 3",
            "SELECT city, count(*) AS n FROM customers GROUP BY city "
            "HAVING n > 2 AND city <> 'Rome'",
        ),
        (
            "SELECT customer FROM orders GROUP BY customer HAVING count(*) > 3",
            "SELECT customer, count(*) AS n FROM orders GROUP BY customer HAVING n > 3",
            "SELECT customer FROM orders GROUP BY customer "
            "HAVING sum(amount) > (SELECT avg(amount) FROM orders)",
        ),
    ),
    "union-not-all": (
        (
            "SELECT 'in' AS kind, id FROM orders UNION SELECT 'out', id FROM customers",
            "SELECT name FROM customers WHERE id IN "
            "(SELECT customer FROM orders UNION SELECT id FROM orders)",
        ),
        (
            "SELECT id FROM orders UNION SELECT id FROM customers",
            "SELECT 'in' AS kind, id FROM orders UNION ALL SELECT 'out', id FROM customers",
            "WITH RECURSIVE r AS (SELECT 1 AS a, id FROM orders UNION SELECT 2, id FROM r) "
            "SELECT id FROM r",
        ),
    ),
    "limit-without-order": (
        (
            "SELECT id FROM orders LIMIT 1",
            "SELECT id FROM orders WHERE amount = (SELECT amount FROM orders LIMIT 1)",
        ),
        (
            "SELECT id FROM orders ORDER BY id LIMIT 1",
            "SELECT max(id) FROM orders LIMIT 1",
            "SELECT name FROM customers AS c WHERE EXISTS "
            "(SELECT 1 FROM orders WHERE customer = c.id LIMIT 1)",
        ),
    ),
    "count-for-existence": (
        (
            "SELECT name FROM customers AS c WHERE "
            "(SELECT count(*) FROM orders WHERE customer = c.id) > 0",
        ),
        (
            "SELECT name FROM customers AS c WHERE "
            "(SELECT count(*) FROM orders WHERE customer = c.id) > 1",
            "SELECT customer FROM orders GROUP BY customer HAVING count(*) > 0",
        ),
    ),
    "equals-null": (
        ("SELECT id FROM orders WHERE customer = NULL", "SELECT 1 WHERE NULL <> (SELECT 1)"),
        ("SELECT id FROM orders WHERE customer IS NULL", "SELECT NULL AS x"),
    ),
    "left-join-turned-inner": (
        (
            "SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "WHERE o.amount > 3",
            "SELECT name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "WHERE amount IS NOT NULL",
        ),
        (
            "SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "WHERE o.id IS NULL",
            "SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "WHERE o.amount > 3 OR o.id IS NULL",
            "SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "WHERE coalesce(o.amount, 0) > 3",
            "SELECT c.name FROM customers AS c LEFT JOIN orders AS o ON o.customer = c.id "
            "AND o.amount > 3 WHERE c.city = 'x'",
        ),
    ),
    "distinct-hides-fan-out": (
        ("SELECT DISTINCT c.name FROM customers AS c JOIN orders AS o ON o.customer = c.id",),
        (
            "SELECT DISTINCT c.name, o.day FROM customers AS c JOIN orders AS o "
            "ON o.customer = c.id",
            "SELECT DISTINCT o.day FROM orders AS o JOIN customers AS c ON c.id = o.customer",
            "SELECT DISTINCT city FROM customers",
            "SELECT DISTINCT c.name FROM customers AS c LEFT JOIN orders AS o "
            "ON o.customer = c.id WHERE o.id IS NULL",
        ),
    ),
    "needless-distinct": (
        (
            "SELECT DISTINCT city, count(*) AS n FROM customers GROUP BY city",
            "SELECT DISTINCT id, name FROM customers",
        ),
        (
            "SELECT DISTINCT city FROM customers",
            "SELECT DISTINCT count(*) AS n FROM customers GROUP BY city",
            "SELECT DISTINCT c.id FROM customers AS c JOIN orders AS o ON o.customer = c.id",
            "SELECT DISTINCT city, name FROM customers",
            "SELECT count(DISTINCT id) FROM customers",
        ),
    ),
    "not-in-nullable": (
        (
            "SELECT name FROM customers WHERE id NOT IN (SELECT customer FROM orders)",
            "WITH o AS (SELECT customer AS who FROM orders) "
            "SELECT name FROM customers WHERE id NOT IN (SELECT who FROM o)",
        ),
        (
            "SELECT name FROM customers WHERE id NOT IN (SELECT id FROM orders)",
            "SELECT name FROM customers WHERE id NOT IN "
            "(SELECT customer FROM orders WHERE customer IS NOT NULL)",
            "SELECT name FROM customers WHERE id IN (SELECT customer FROM orders)",
            "SELECT name FROM customers WHERE id NOT IN (1, 2)",
        ),
    ),
    "function-on-filtered-column": (
        (
            "SELECT id FROM orders WHERE year(placed) = 2013",
            "SELECT id FROM orders WHERE CAST(placed AS DATE) = DATE '2013-01-05'",
            "SELECT id FROM orders WHERE placed::DATE >= DATE '2013-01-05'",
            "SELECT id FROM orders WHERE date_trunc('month', day) = DATE '2013-01-01'",
            "SELECT id FROM orders WHERE amount * 2 > 10",
            "SELECT id FROM orders WHERE extract(year FROM day) = 2013",
        ),
        (
            "SELECT id FROM orders WHERE placed >= TIMESTAMP '2013-01-05'",
            "SELECT year(day) AS y, count(*) FROM orders GROUP BY y",
            "SELECT id FROM orders WHERE month(day) = 5",
            "SELECT id FROM orders WHERE amount % 2 = 0",
            "SELECT o.id FROM orders AS o JOIN customers AS c ON c.id = o.customer "
            "WHERE o.amount * 2 > c.id",
            "WITH o AS (SELECT amount * 3 AS a FROM orders) SELECT a FROM o WHERE a * 2 > 5",
        ),
    ),
    "between-timestamps": (
        (
            "SELECT id FROM orders WHERE placed BETWEEN '2013-01-01' AND '2013-01-31'",
            "SELECT id FROM orders WHERE placed BETWEEN DATE '2013-01-01' AND DATE '2013-01-31'",
            "SELECT id FROM orders WHERE placed BETWEEN TIMESTAMP '2013-01-01 00:00:00' "
            "AND TIMESTAMP '2013-01-31 23:59:59'",
        ),
        (
            "SELECT id FROM orders WHERE day BETWEEN '2013-01-01' AND '2013-01-31'",
            "SELECT id FROM orders WHERE placed BETWEEN TIMESTAMP '2013-01-01 08:00:00' "
            "AND TIMESTAMP '2013-01-01 09:30:00'",
            "SELECT id FROM orders WHERE amount BETWEEN 1 AND 5",
        ),
    ),
    "frame-of-last-value": (
        (
            "SELECT last_value(amount) OVER (PARTITION BY customer ORDER BY day) FROM orders",
            "SELECT last_value(amount) OVER w FROM orders WINDOW w AS (ORDER BY day)",
        ),
        (
            "SELECT first_value(amount) OVER (ORDER BY day) FROM orders",
            "SELECT last_value(amount) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING "
            "AND UNBOUNDED FOLLOWING) FROM orders",
            "SELECT last_value(amount) OVER w FROM orders WINDOW w AS (ORDER BY day "
            "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
        ),
    ),
    "window-without-order": (
        (
            "SELECT row_number() OVER (PARTITION BY customer) FROM orders",
            "SELECT lag(amount) OVER () FROM orders",
        ),
        (
            "SELECT row_number() OVER (ORDER BY id) FROM orders",
            "SELECT sum(amount) OVER (PARTITION BY customer) FROM orders",
            "SELECT rank() OVER w FROM orders WINDOW w AS (ORDER BY amount)",
        ),
    ),
    "count-of-nullable": (
        ("SELECT count(city) FROM customers",),
        (
            "SELECT count(name) FROM customers",
            "SELECT count(*), count(city) FROM customers",
            "SELECT c.name, count(o.customer) FROM customers AS c LEFT JOIN orders AS o "
            "ON o.customer = c.id GROUP BY c.name",
        ),
    ),
}


def rules_in(sql: str, reference: str = "SELECT count(*) FROM customers") -> set[str]:
    """Return the rules that find something in a query."""
    found = findings_in(sql, "duckdb", SCHEMA, reference, "duckdb")
    assert found is not None, sql
    return {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("rule", "sql"), [(rule, sql) for rule, (bad, _) in CASES.items() for sql in bad]
)
def test_found(rule: str, sql: str) -> None:
    """The rule names what it is about."""
    assert rule in rules_in(sql)


@pytest.mark.parametrize(
    ("rule", "sql"), [(rule, sql) for rule, (_, good) in CASES.items() for sql in good]
)
def test_left_alone(rule: str, sql: str) -> None:
    """A false alarm is worse than a miss."""
    assert rule not in rules_in(sql)


def test_every_rule_has_cases() -> None:
    """No rule is without a query that it finds and one that it leaves alone."""
    assert len(ALL) + 1 <= len(CASES)
    assert all(bad and good for bad, good in CASES.values())


def test_count_as_the_reference_counts() -> None:
    """A nullable column that the reference counts too is meant."""
    assert not rules_in("SELECT count(city) FROM customers", "SELECT count(city) FROM customers")


def test_line_and_words() -> None:
    """A finding stands at its line, and says what, why and how to mend it."""
    sql = (
        "-- which?\nSELECT name\nFROM customers\nWHERE id NOT IN (\n  SELECT customer FROM orders)"
    )
    (finding,) = findings_in(sql, "duckdb", SCHEMA, sql, "duckdb") or []
    assert finding.rule == "not-in-nullable"
    assert finding.line == 4
    assert "orders.customer" in finding.what
    assert "NULL" in finding.why
    assert "NOT EXISTS" in finding.mend
    assert finding.points > 0


def test_other_dialects() -> None:
    """An answer in another dialect is read as that."""
    sql = "SELECT `name` FROM customers WHERE id NOT IN (SELECT customer FROM orders)"
    found = findings_in(sql, "mysql", SCHEMA, "SELECT 1", "duckdb") or []
    assert [finding.rule for finding in found] == ["not-in-nullable"]


def test_what_cannot_be_read() -> None:
    """Two queries or none are no query to review."""
    for sql in ("SELECT FROM WHERE", "SELECT 1; SELECT 2"):
        assert findings_in(sql, "duckdb", SCHEMA, "SELECT 1", "duckdb") is None


SUBMISSIONS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("solutions/sql/*/*/*.sql")
    if path.name == "answer.sql" or path.name.startswith("accepted_")
)


@pytest.mark.parametrize("path", SUBMISSIONS)
def test_right_answers_are_left_alone(path: str) -> None:
    """No rule objects to a reference or to another right way of the katas."""
    made = review_file(ROOT / path)
    assert [f for f in made.findings if f.rule not in ("layout", "rows-touched")] == []


def review_file(path: Path) -> Review:
    """Review a submission without running it."""
    twin = ROOT / "katas" / path.parent.relative_to(ROOT / "solutions")
    return review(read_kata(twin, path.parent), path.read_text(encoding="utf-8"))


def test_what_is_not_run_is_not_measured() -> None:
    """Without a judge the plan and the time say why there are none, and the score stands."""
    made = review_file(ROOT / "solutions/sql/window/year_close/wrong_default_frame.sql")
    assert made.score == 100 - sum(finding.points for finding in made.findings) < 100
    told = {measure.name: measure.text for measure in made.measures}
    assert told["rows touched"].startswith("not measured: ")
    assert told["time"].startswith("not measured: ")


def test_profile_that_is_none() -> None:
    """What is no profile of DuckDB's is told apart."""
    assert (
        work_of('{"query": {"total_rows_scanned": 3, "total_intermediate_rows": 9}}').scanned == 3
    )
    for text in ("", "{}", "[1]", '{"query": 3}'):
        with pytest.raises((ValueError, LookupError, TypeError)):
            work_of(text)
