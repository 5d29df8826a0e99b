"""The search as a whole: what it finds, how small, and what it must not say."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import Counterexample, Hints, search, seed_of
from pytest_prep.judging.counterexample.confirm import confirm
from pytest_prep.judging.counterexample.hunt import Hunt
from pytest_prep.judging.counterexample.shrink import flat, parents_of, shrink
from pytest_prep.judging.engine import SqlError

SCHEMA = """
CREATE TABLE buyers (buyer_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    buyer_id INTEGER NOT NULL REFERENCES buyers (buyer_id),
    day DATE NOT NULL,
    total INTEGER CHECK (total > 0)
);
"""
REFERENCE = "SELECT buyer_id, sum(total) AS total FROM orders GROUP BY buyer_id"


def found(answer: str, reference: str = REFERENCE, order: tuple[str, ...] = ()) -> Counterexample:
    """Search with the schema above and expect a counterexample."""
    result = search(SCHEMA, reference, answer, rules=Rules(order=order), seed=1)
    assert result.counterexample is not None
    return result.counterexample


def test_a_wrong_answer_gets_a_minimal_database():
    """One buyer and one order are enough to tell a sum from a count."""
    wrong = found("SELECT buyer_id, count(*) AS total FROM orders GROUP BY buyer_id")
    assert wrong.reason == "differs"
    assert [(table.name, len(table.rows)) for table in wrong.tables] == [
        ("buyers", 1),
        ("orders", 1),
    ]
    assert wrong.difference is not None


def test_a_right_answer_is_not_called_wrong_nor_equivalent():
    """The result tells on how many databases nothing was found."""
    answer = "SELECT DISTINCT buyer_id, sum(total) OVER (PARTITION BY buyer_id) FROM orders"
    result = search(SCHEMA, REFERENCE, answer, rules=Rules(), seed=1, cpu_budget=0.4)
    assert result.counterexample is None
    assert result.databases > 100
    assert result.summary == f"no difference on {result.databases:,} databases"


def test_a_result_that_depends_on_the_order_of_insertion():
    """First come, first served is right on some orders of the same rows only."""
    reference = (
        "SELECT buyer_id, arg_min(order_id, (day, order_id)) AS first FROM orders GROUP BY 1"
    )
    wrong = found("SELECT buyer_id, arg_min(order_id, day) FROM orders GROUP BY 1", reference)
    assert wrong.reason == "order-dependent"
    assert len(wrong.tables[1].rows) == 2
    assert wrong.note


def test_data_on_which_the_reference_depends_on_the_order_proves_nothing():
    """An answer is not judged by a reference that leaves ties open."""
    reference = "SELECT buyer_id, arg_min(order_id, day) AS first FROM orders GROUP BY 1"
    answer = "SELECT buyer_id, arg_min(order_id, (day, order_id)) FROM orders GROUP BY 1"
    result = search(SCHEMA, reference, answer, rules=Rules(), seed=1, cpu_budget=0.5)
    assert result.counterexample is None


def test_an_error_on_valid_data_is_a_counterexample():
    """The engine's message is kept."""
    wrong = found(
        "SELECT buyer_id, (SELECT total FROM orders AS o WHERE o.buyer_id = "
        "orders.buyer_id) FROM orders GROUP BY buyer_id",
        REFERENCE,
    )
    assert wrong.reason == "error"
    assert wrong.yours is None
    assert wrong.error is not None
    assert "more than one row" in wrong.error.casefold()


def test_an_answer_that_does_not_end_is_a_counterexample():
    """A recursion without an end is stopped and reported."""
    reference = "SELECT count(*) FROM orders"
    answer = (
        "WITH RECURSIVE r AS (SELECT order_id FROM orders UNION ALL SELECT order_id FROM r) "
        "SELECT count(*) FROM r"
    )
    assert found(answer, reference).reason == "timeout"


def test_the_order_of_rows_matters_where_asked_for():
    """Two rows the wrong way round."""
    reference = "SELECT order_id, day FROM orders ORDER BY day DESC"
    wrong = found("SELECT order_id, day FROM orders ORDER BY day", reference, order=("day",))
    assert wrong.difference is not None
    assert wrong.difference.kind == "row_order"
    result = search(
        SCHEMA,
        reference,
        "SELECT order_id, day FROM orders ORDER BY day DESC, order_id",
        rules=Rules(order=("day",)),
        seed=1,
        cpu_budget=0.4,
    )
    assert result.counterexample is None


def test_columns_by_name():
    """The answer's columns may come in another order where names decide."""
    answer = "SELECT sum(total) AS total, buyer_id FROM orders GROUP BY buyer_id"
    by_name = Rules(by_name=True)
    result = search(SCHEMA, REFERENCE, answer, rules=by_name, seed=1, cpu_budget=0.3)
    assert result.counterexample is None
    assert found(answer).reason == "differs"


def test_known_counterexamples_are_tried_first():
    """What caught one answer catches the next one of its kind at once."""
    answer = "SELECT buyer_id, count(*) AS total FROM orders GROUP BY buyer_id"
    known = found(answer)
    result = search(SCHEMA, REFERENCE, answer, rules=Rules(), seed=2, known=[known])
    assert result.counterexample is not None


def test_hints_bring_in_values_that_no_query_names():
    """A value that the answer treats wrongly in secret is found if the author names it."""
    schema = "CREATE TABLE t (code VARCHAR NOT NULL)"
    answer = "SELECT count(*) FROM t WHERE md5(code) <> md5('q' || 'z')"
    hints = Hints({"t.code": ["qz"]})
    reference = "SELECT count(*) FROM t"
    result = search(schema, reference, answer, rules=Rules(), seed=1, hints=hints)
    assert result.counterexample is not None
    assert result.counterexample.tables[0].rows == (("qz",),)


def test_the_database_can_be_pasted_as_sql():
    """INSERTs in an order that the constraints accept, with text quoted and numbers bare."""
    import duckdb

    wrong = found("SELECT buyer_id, count(*) AS total FROM orders GROUP BY buyer_id")
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        connection.execute(wrong.as_sql())
        assert len(connection.execute("FROM orders").fetchall()) == 1


def test_a_counterexample_survives_json():
    """It crosses processes and is stored."""
    wrong = found("SELECT buyer_id, count(*) AS total FROM orders GROUP BY buyer_id")
    assert Counterexample.from_dict(json.loads(json.dumps(wrong.to_dict()))) == wrong
    assert wrong.to_dict() == json.loads(json.dumps(wrong.to_dict()))


def test_an_unknown_reason_is_refused():
    """A record of another version is not guessed at."""
    data = found("SELECT buyer_id, 1 FROM orders GROUP BY buyer_id").to_dict()
    with pytest.raises(ValueError, match="reason"):
        Counterexample.from_dict({**data, "reason": "bad luck"})


def test_only_columns_that_a_query_names_are_displayed():
    """The others are there for the constraints."""
    wrong = found("SELECT buyer_id, count(*) AS total FROM orders GROUP BY buyer_id")
    orders = wrong.tables[1]
    assert [orders.columns[i] for i in orders.named] == ["buyer_id", "total"]
    assert all(len(row) == 2 for row in orders.display())
    assert all(len(row) == 4 for row in orders.literals())


def test_a_refused_reference_is_an_error():
    """It is the kata's fault and must not look like a result."""
    with pytest.raises(SqlError):
        search(SCHEMA, "SELECT nosuch FROM orders", REFERENCE, rules=Rules(), seed=1)


def test_the_budget_is_kept():
    """Within a batch, in CPU seconds."""
    start = time.process_time()
    search(SCHEMA, REFERENCE, REFERENCE + " HAVING true", rules=Rules(), seed=1, cpu_budget=0.3)
    assert time.process_time() - start < 1.0


def test_a_run_can_be_repeated_in_another_process():
    """The same seed finds the same database, whatever the seed of Python's hashes."""
    script = (
        "from pytest_prep.judging.compare import Rules\n"
        "from pytest_prep.judging.counterexample import search\n"
        f"r = search({SCHEMA!r}, {REFERENCE!r}, 'SELECT buyer_id, max(total) FROM orders "
        "GROUP BY buyer_id', rules=Rules(), seed=5, cpu_budget=5)\n"
        "print(r.counterexample.as_sql())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "INSERT" in outputs.pop()


def test_importing_the_room_imports_no_heavy_library():
    """DuckDB and sqlglot are loaded by a search, not before."""
    script = (
        "import sys, pytest_prep.judging.counterexample\n"
        "print([m for m in ('duckdb', 'sqlglot', 'pytest') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_seed_depends_on_all_texts():
    """And on where one ends and the next begins."""
    assert seed_of("ab", "c") == seed_of("ab", "c") != seed_of("a", "bc")


WRONG = [
    "SELECT buyer_id, count(total) AS total FROM orders GROUP BY buyer_id",
    "SELECT buyer_id, sum(DISTINCT total) AS total FROM orders GROUP BY buyer_id",
    "SELECT b.buyer_id, sum(total) FROM buyers AS b LEFT JOIN orders USING (buyer_id) GROUP BY 1",
    "SELECT min(b.buyer_id), sum(total) FROM buyers b JOIN orders USING (buyer_id) GROUP BY name",
]


@settings(deadline=None, max_examples=12, derandomize=True, database=None)
@given(answer=st.sampled_from(WRONG), seed=st.integers(0, 10**6))
def test_shrinking_never_turns_a_counterexample_into_agreement(answer, seed):
    """Whatever is made smaller or plainer is confirmed on real tables, and never larger."""
    with Hunt(SCHEMA, REFERENCE, answer, Rules(), seed=seed, hints=Hints()) as hunt:
        far = time.process_time() + 30
        hunt.bench.load([hunt.generator.database() for _ in range(150)])
        hunt.bench.repair()
        candidates = hunt.trial.run(150, far).candidates
        for database in list(hunt.bench.read_many(candidates).values())[:2]:
            if confirm(hunt.trial, database, seed) is None:
                continue

            def still_wrong(databases):
                return hunt.trial.wrong(databases, far)

            smallest = shrink(hunt.bench.schema, database, still_wrong, far)
            assert len({len(flat(small)) for small in smallest}) == 1
            for small in smallest[:2]:
                assert all(all(wanted) for wanted in parents_of(hunt.bench.schema, flat(small)))
                plain = hunt.readable.simplify(small, still_wrong, far)
                assert len(flat(plain)) == len(flat(small)) <= len(flat(database))
                assert hunt.readable.cost(plain) <= hunt.readable.cost(small)
                assert confirm(hunt.trial, plain, seed) is not None
