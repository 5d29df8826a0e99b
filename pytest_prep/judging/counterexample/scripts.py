"""Scripts that change a table, tried on one database at a time: what the table holds afterwards.

Each run gets a database of its own, with the schema as it is: a script may commit, drop and create.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import duckdb

from pytest_prep.judging.compare import Rules, order_places
from pytest_prep.judging.counterexample.load import insert
from pytest_prep.judging.counterexample.model import Database
from pytest_prep.judging.counterexample.trial import SINGLE_CPU, Round, Trial
from pytest_prep.judging.counterexample.workbench import (
    Failure,
    Outcome,
    Query,
    Rows,
    Workbench,
    quoted,
)
from pytest_prep.judging.engines.duckdb_errors import translated

#: Databases of a batch on which the scripts differ, after which the rest of it is not tried.
_ENOUGH = 6


class ScriptTrial(Trial):
    """A reference and an answer that leave rows in a table."""

    def __init__(
        self, bench: Workbench, reference: str, answer: str, rules: Rules, table: str
    ) -> None:
        """Run both scripts on no rows.

        Raises:
            SqlError: one of them is refused there, or leaves no such table.
        """
        self.bench = bench
        self.rules = rules
        self._rows = f"SELECT * FROM {quoted(table)}"
        self.reference = self._described(reference)
        self.answer = self._described(answer)
        self.places = order_places(self.reference.table([]), rules)
        self.databases = 0

    def ran(self, cursor: duckdb.DuckDBPyConnection, query: Query, cpu: float) -> Outcome:
        """Run a script on the cursor's database and read the table."""
        done = self.bench.run(cursor, query.text, cpu)
        return done if isinstance(done, Failure) else self.bench.run(cursor, self._rows, cpu)

    def run(self, count: int, deadline: float) -> Round:
        """Run both scripts on the loaded databases, one after the other, until enough differ."""
        expected: dict[int, Rows] = {}
        yours: dict[int, Outcome] = {}
        candidates: list[int] = []
        stalled = False
        for number, database in self.bench.read_many(range(count)).items():
            if time.process_time() > deadline or len(candidates) == _ENOUGH:
                break
            rows = self._after(database, self.reference)
            if isinstance(rows, Failure):
                stalled |= rows.kind == "timeout"
                continue
            expected[number] = rows
            yours[number] = self._after(database, self.answer)
            self.databases += 1
            if self._differ(yours[number], rows):
                candidates.append(number)
        return Round(candidates, expected, yours, stalled)

    def _after(self, database: Database, query: Query) -> Outcome:
        with self.bench.constrained(self.bench.schema.sql) as cursor:
            try:
                insert(cursor, self.bench.schema, database)
            except duckdb.Error as error:
                return Failure("error", str(error))
            return self.ran(cursor, query, SINGLE_CPU)

    def _described(self, script: str) -> Query:
        with self.bench.constrained(self.bench.schema.sql) as cursor, translated():
            cursor.execute(script)
            shape = cursor.execute(f"DESCRIBE {self._rows}").fetchall()
        columns: Sequence[str] = [row[0] for row in shape]
        types: Sequence[str] = [row[1] for row in shape]
        return Query(script, tuple(columns), tuple(types), ordered=False)
