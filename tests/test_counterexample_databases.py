"""Drawing databases, repairing them, and running queries on hundreds at once."""

from __future__ import annotations

import random
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.judging.compare import Rules, same_bag
from pytest_prep.judging.counterexample.clues import read_clues
from pytest_prep.judging.counterexample.confirm import insert
from pytest_prep.judging.counterexample.generator import Generator
from pytest_prep.judging.counterexample.model import Database, Hints
from pytest_prep.judging.counterexample.pools import build_pools
from pytest_prep.judging.counterexample.trial import Trial
from pytest_prep.judging.counterexample.workbench import Failure, Workbench
from pytest_prep.judging.engine import BrokenData, SqlError

SCHEMA = """
CREATE TABLE teams (team_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL UNIQUE);
CREATE TABLE people (
    person_id INTEGER PRIMARY KEY,
    team_id INTEGER REFERENCES teams (team_id),
    boss_id INTEGER REFERENCES people (person_id),
    pay DECIMAL(8, 2) CHECK (pay > 0),
    born DATE NOT NULL,
    left_on DATE,
    CHECK (left_on > born)
);
"""
QUERIES = [
    "SELECT team_id, count(*), avg(pay) FROM people GROUP BY team_id",
    "SELECT max(pay) FROM people",
    "SELECT * FROM teams LEFT JOIN people USING (team_id)",
    "SELECT title FROM teams WHERE team_id NOT IN (SELECT team_id FROM people)",
    "SELECT person_id, rank() OVER (PARTITION BY team_id ORDER BY pay) FROM people",
    "WITH people AS (SELECT * FROM people WHERE pay > 1) SELECT count(*) FROM people",
    "WITH RECURSIVE up AS (SELECT person_id, boss_id FROM people UNION ALL SELECT up.person_id, "
    "p.boss_id FROM up JOIN people AS p ON p.person_id = up.boss_id) SELECT * FROM up",
    "SELECT title FROM teams UNION SELECT born::VARCHAR FROM people -- a comment at the end",
    "SELECT (SELECT count(*) FROM people AS p WHERE p.team_id = t.team_id) FROM teams AS t; -- x;",
    "SELECT DISTINCT ON (team_id) team_id, pay FROM people ORDER BY team_id, pay, person_id",
]
LONG = 1e9


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    """A workbench for the schema above."""
    bench = Workbench(SCHEMA)
    yield bench
    bench.close()


def drawn(bench: Workbench, seed: int, count: int) -> list[Database]:
    """Draw databases for the schema above."""
    clues = read_clues(bench.schema, QUERIES)
    pools = build_pools(bench.connection, bench.schema, clues, Hints())
    generator = Generator(bench.schema, pools, clues, random.Random(seed))
    return [generator.database() for _ in range(count)]


@settings(deadline=None, max_examples=15, derandomize=True, database=None)
@given(seed=st.integers(0, 10**6))
def test_repaired_databases_satisfy_the_schema(bench, seed):
    """Every one of them can be inserted into the real tables, constraints and all."""
    bench.load(drawn(bench, seed, 12))
    bench.repair()
    for database in bench.read_many(range(12)).values():
        with bench.constrained(SCHEMA) as cursor:
            insert(cursor, bench.schema, database)  # raises where a constraint is violated


def test_repair_deletes_what_violates_a_constraint_and_what_hangs_on_it(bench):
    """A row that breaks a check takes the rows below it along; the rest stays."""
    good = ("3", None, None, "5.00", "2000-01-01", None)
    database = {
        "teams": [("1", "a"), ("1", "b"), ("2", None)],
        "people": [
            ("1", "1", None, "-5.00", "2000-01-01", None),
            ("2", "1", "1", "5.00", "2000-01-01", None),
            good,
            ("4", "9", None, "5.00", "2000-01-01", None),
            ("5", None, "5", "5.00", "2000-01-01", None),
            ("6", None, None, "5.00", "2000-01-01", "1999-01-01"),
        ],
    }
    bench.load([database])
    bench.repair()
    assert bench.read(0) == {"teams": [("1", "a")], "people": [good]}


def test_the_same_seed_draws_the_same_databases(bench):
    """A run can be repeated."""
    assert drawn(bench, 7, 20) == drawn(bench, 7, 20)
    assert drawn(bench, 7, 20) != drawn(bench, 8, 20)


@pytest.mark.parametrize("text", QUERIES)
def test_a_batch_gives_what_one_at_a_time_gives(bench, text):
    """All databases at once or each alone: the same rows."""
    bench.load(drawn(bench, 3, 40))
    bench.repair()
    query = bench.query(text, ordered=False)
    batch = bench.batch(query, 0, 39, LONG)
    assert not isinstance(batch, Failure), batch
    for number in range(40):
        single = bench.single(query, number, LONG)
        assert not isinstance(single, Failure)
        assert same_bag(query.table(batch[number]), query.table(single))


@pytest.mark.parametrize("order", ["pay DESC, person_id", "born, person_id DESC", "person_id"])
def test_a_batch_keeps_the_order_of_rows(bench, order):
    """Where the order counts, each database's rows come as the query sorts them."""
    bench.load(drawn(bench, 4, 40))
    bench.repair()
    query = bench.query(f"SELECT person_id, pay FROM people ORDER BY {order}", ordered=True)
    batch = bench.batch(query, 0, 39, LONG)
    assert not isinstance(batch, Failure), batch
    assert all(batch[number] == bench.single(query, number, LONG) for number in range(40))


def test_an_endless_query_is_stopped(bench):
    """By its CPU time, in a batch and alone."""
    endless = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) FROM r"
    bench.load([{"teams": [], "people": []}])
    stopped = bench.single(bench.query(endless, ordered=False), 0, 0.05)
    assert isinstance(stopped, Failure)
    assert stopped.kind == "timeout"


def test_what_a_batch_cannot_do_runs_one_at_a_time(bench):
    """A share of rows as LIMIT is refused in a batch, not by the search."""
    text = "SELECT team_id FROM teams ORDER BY team_id LIMIT 50%"
    trial = Trial(bench, text, text, Rules())
    bench.load(drawn(bench, 5, 10))
    bench.repair()
    assert len(trial.run(10, LONG).yours) == 10
    assert trial.reference.singly


def test_an_error_on_some_databases_does_not_hide_the_others(bench):
    """A failing batch is divided until the databases that fail are known."""
    trial = Trial(
        bench,
        "SELECT count(*) FROM teams",
        "SELECT count(*) + CASE WHEN count(*) > 1 THEN error('many') ELSE 0 END FROM teams",
        Rules(),
    )
    sizes = [0, 1, 2, 0, 3, 1, 1, 0]
    teams = [("1", "a"), ("2", "b"), ("3", "c")]
    bench.load([{"teams": teams[:size], "people": []} for size in sizes])
    assert trial.run(len(sizes), LONG).candidates == [2, 4]


def test_a_broken_schema_is_the_author_s_fault():
    """The message says that it is schema.sql."""
    with pytest.raises(BrokenData, match=r"schema\.sql"):
        Workbench("CREATE TABLE t (a NOSUCHTYPE)")


@pytest.mark.parametrize(
    "text", ["DELETE FROM teams", "SELECT 1; SELECT 2", "SELECT nosuch FROM teams"]
)
def test_only_a_single_select_is_prepared(bench, text):
    """Anything else is refused."""
    with pytest.raises(SqlError):
        bench.query(text, ordered=False)


def test_a_refused_query_is_quoted_as_it_was_written(bench):
    """With the line at fault, and nothing that its author did not write."""
    with pytest.raises(SqlError) as caught:
        bench.query("SELECT title\n  , nosuch\nFROM teams", ordered=False)
    assert caught.value.line == 2
    with pytest.raises(SqlError, match="LINE 1: SELECT nosuch") as caught:
        bench.query("SELECT nosuch FROM teams", ordered=False)
    assert "DESCRIBE" not in str(caught.value)


def test_nothing_outside_the_database_is_reached(bench):
    """Neither files nor Python variables can be queried."""
    with pytest.raises(duckdb.Error):
        bench.connection.execute("FROM read_csv('/etc/passwd')")
    bench_variable = [1]  # noqa: F841 (a replacement scan would look for it)
    with pytest.raises(SqlError):
        bench.query("FROM bench_variable", ordered=False)
