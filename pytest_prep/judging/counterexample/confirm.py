"""A candidate on real tables: is it a counterexample that one can stand by.

The rows are inserted into the schema as it is, in three orders. Where the reference's own result
depends on the order, the data proves nothing.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pytest_prep.judging.budget import FLOOR
from pytest_prep.judging.compare import Rules, Table, compare
from pytest_prep.judging.counterexample.load import insert
from pytest_prep.judging.counterexample.model import (
    ROWS_SHOWN,
    Counterexample,
    Database,
    Reason,
    Shown,
    ShownTable,
)
from pytest_prep.judging.counterexample.trial import Trial, differ
from pytest_prep.judging.counterexample.workbench import Failure, Query

#: An answer is given this many times the reference's CPU time, and never less than the judge gives.
_FACTOR = 20


_STOPPED = f"stopped: no result after {FLOOR:g} s of CPU time, twice"


@dataclass(frozen=True, slots=True)
class _Ran:
    database: Database
    expected: Table
    yours: Table | Failure


def confirm(trial: Trial, database: Database, seed: int) -> Counterexample | None:
    """Return the counterexample that a database is; None where it is none."""
    runs = []
    for arranged in _orders(database, seed):
        ran = _run(trial, arranged)
        if ran is None:
            return None
        if isinstance(ran.yours, Failure):
            return _failed(trial, ran, ran.yours)
        runs.append(ran)
    first, *others = runs
    if any(_differ(ran.expected, first.expected, trial) for ran in others):
        return None
    wrong = [ran for ran in runs if _differ(_table(ran), ran.expected, trial)]
    if not wrong:
        return None
    ran = wrong[0]
    reason: Reason = "differs"
    note = ""
    if len(wrong) < len(runs) and _rows_vary(runs):
        reason = "order-dependent"
        note = "With the same rows inserted in another order the result is right."
    yours = _table(ran)
    return Counterexample(
        tables=_shown_tables(trial, ran.database),
        reason=reason,
        expected=_shown(ran.expected),
        yours=_shown(yours),
        error=None,
        difference=compare(yours, ran.expected, trial.rules),
        note=note,
    )


def _orders(database: Database, seed: int) -> list[Database]:
    """Return the rows as they are, in reverse and shuffled, without repeating an order."""
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in database.items()}
    orders = [database, {name: rows[::-1] for name, rows in database.items()}, shuffled]
    return [order for i, order in enumerate(orders) if order not in orders[:i]]


def _run(trial: Trial, database: Database) -> _Ran | None:
    """Run both queries on real tables; None where the data or the reference is at fault."""
    start = time.process_time()
    expected = _alone(trial, trial.reference, database, FLOOR)
    if expected is None or isinstance(expected, Failure):
        return None
    limit = max(FLOOR, _FACTOR * (time.process_time() - start))
    yours = _alone(trial, trial.answer, database, limit)
    if isinstance(yours, Failure) and yours.kind == "timeout":
        yours = _alone(trial, trial.answer, database, limit)  # a breach must repeat
    return None if yours is None else _Ran(database, expected, yours)


def _alone(trial: Trial, query: Query, database: Database, limit: float) -> Table | Failure | None:
    """Run one query on tables of its own; None where the data cannot be inserted."""
    bench = trial.bench
    with bench.constrained(bench.schema.sql) as cursor:
        try:
            insert(cursor, bench.schema, database)
        except duckdb.Error:
            return None
        outcome = trial.ran(cursor, query, limit)
        return outcome if isinstance(outcome, Failure) else Table(*_shape(cursor), outcome)


def _shape(cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    described = cursor.description or []
    return tuple(str(d[0]) for d in described), tuple(str(d[1]) for d in described)


def _differ(yours: Table, expected: Table, trial: Trial) -> bool:
    return differ(yours, expected, trial.rules, trial.places)


def _rows_vary(runs: Sequence[_Ran]) -> bool:
    """Whether the answer returns other rows, not just rows in another order, for another order."""
    first = _table(runs[0])
    return any(differ(_table(ran), first, Rules(), ()) for ran in runs[1:])


def _table(ran: _Ran) -> Table:
    assert isinstance(ran.yours, Table)
    return ran.yours


def _failed(trial: Trial, ran: _Ran, failure: Failure) -> Counterexample:
    return Counterexample(
        tables=_shown_tables(trial, ran.database),
        reason=failure.kind,
        expected=_shown(ran.expected),
        yours=None,
        error=_STOPPED if failure.kind == "timeout" else failure.message,
        difference=None,
    )


_WORD = re.compile(r"\w+")


def _shown_tables(trial: Trial, database: Database) -> tuple[ShownTable, ...]:
    """Return the tables with rows, and empty ones that a query names."""
    words = set(_WORD.findall(f"{trial.reference.text} {trial.answer.text}".casefold()))
    shown = []
    for table in trial.bench.schema.tables:
        rows = database[table.name]
        if not rows and not set(_WORD.findall(table.name.casefold())) <= words:
            continue
        shown.append(
            ShownTable(
                table.name,
                tuple(column.name for column in table.columns),
                tuple(column.type for column in table.columns),
                tuple(rows),
                tuple(
                    i
                    for i, column in enumerate(table.columns)
                    if set(_WORD.findall(column.name.casefold())) <= words
                ),
            )
        )
    return tuple(shown)


def _shown(table: Table) -> Shown:
    from pytest_prep.judging.explain.shown import show_column

    rows = table.rows[:ROWS_SHOWN]
    columns = [show_column([row[i] for row in rows]) for i in range(len(table.columns))]
    return Shown(table.columns, tuple(zip(*columns, strict=True)), len(table.rows))
