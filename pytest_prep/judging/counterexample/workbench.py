"""Where queries run: hundreds of databases in one statement, or one at a time.

All databases lie in the same tables, told apart by a column ``__db``. A query runs on all of them
at once below common table expressions that show it one database under the tables' own names::

    SELECT d.__db, q.* FROM dbs AS d, LATERAL (
        WITH orders AS (SELECT id, total FROM batch.orders WHERE __db = d.__db)
        SELECT * FROM (…the query as it was written…)) AS q

so its text need not be understood, let alone rewritten. What DuckDB cannot do that way runs on
views that show one database after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from pytest_prep.judging.compare import Table
from pytest_prep.judging.counterexample.model import Cell, CellRow, Database
from pytest_prep.judging.counterexample.repair import deletions
from pytest_prep.judging.counterexample.schema import TableShape, read_schema
from pytest_prep.judging.counterexample.watch import Watch
from pytest_prep.judging.engine import BrokenData, SqlError

#: What a query may take, on small data.
_MEMORY = "1GB"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": _MEMORY,
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # A missing table must not be looked for among Python's variables.
    "python_enable_replacements": "false",
}

Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Failure:
    """A query that did not return."""

    kind: Literal["error", "timeout", "memory"]
    message: str


Outcome = Rows | Failure


@dataclass(slots=True)
class Query:
    """A query and how it can be run."""

    text: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    #: Whether the rows' order counts.
    ordered: bool
    #: Whether it was found that it must run on one database at a time.
    singly: bool = field(default=False)

    def table(self, rows: Rows) -> Table:
        """Return rows as a result."""
        return Table(self.columns, self.types, rows)


class Workbench:
    """A locked in-memory DuckDB with the batch tables of one schema."""

    def __init__(self, schema: str) -> None:
        """Open it.

        Raises:
            BrokenData: the schema's script is refused.
        """
        self.connection = duckdb.connect(":memory:", config=_CONFIG)
        # Not among the rest: once it is off, the temporary directory cannot be set.
        self.connection.execute("SET enable_external_access = false")
        self._watch = Watch(self.connection)
        with self.constrained(schema) as cursor:
            self.schema = read_schema(cursor, schema)
        execute = self.connection.execute
        execute("CREATE SCHEMA batch; CREATE TABLE batch.__dbs (__db INTEGER)")
        for table in self.schema.tables:
            columns = ", ".join(f"{quoted(c.name)} {c.type}" for c in table.columns)
            execute(f"CREATE TABLE batch.{quoted(table.name)} (__db INTEGER, {columns})")
            execute(
                f"CREATE VIEW {quoted(table.name)} AS "
                + _one_database(table, "CAST(getvariable('__db') AS INTEGER)")
            )
        self._repair = deletions(self.schema)
        self._prefix = ", ".join(
            f"{quoted(table.name)} AS ({_one_database(table, 'd.__db')})"
            for table in self.schema.tables
        )

    def close(self) -> None:
        """Throw it away."""
        self._watch.close()
        self.connection.close()

    @contextmanager
    def constrained(self, script: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open an empty database with the schema as it is, constraints and all.

        Raises:
            BrokenData: the script is refused.
        """
        cursor = self.connection.cursor()
        try:
            cursor.execute("ATTACH ':memory:' AS real; USE real")
            try:
                cursor.execute(script or "SELECT 1")
            except duckdb.Error as error:
                raise BrokenData(f"schema.sql: {error}") from error
            yield cursor
        finally:
            cursor.close()
            self.connection.execute("DETACH DATABASE IF EXISTS real")

    def query(self, text: str, *, ordered: bool) -> Query:
        """Prepare a query.

        Raises:
            SqlError: it is refused whatever the data, or is no single SELECT.
        """
        try:
            statements = self.connection.extract_statements(text)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise SqlError("not a single SELECT")
            bare = _without_end(text) if ";" in text else text
            # On the real tables: views lack what a table has (rowid).
            with self.constrained(self.schema.sql) as cursor:
                described = cursor.execute(f"DESCRIBE {bare}\n").fetchall()
        except duckdb.Error as error:
            raise SqlError(str(error)) from error
        return Query(bare, tuple(d[0] for d in described), tuple(d[1] for d in described), ordered)

    def load(self, databases: Sequence[Database]) -> None:
        """Replace what the batch tables hold; a database's number is its place."""
        execute = self.connection.execute
        execute("DELETE FROM batch.__dbs")
        execute("INSERT INTO batch.__dbs SELECT unnest(range(?))", [len(databases)])
        for table in self.schema.tables:
            name = f"batch.{quoted(table.name)}"
            execute(f"DELETE FROM {name}")
            numbers: list[int] = []
            rows: list[CellRow] = []
            for number, database in enumerate(databases):
                found = database[table.name]
                numbers += [number] * len(found)
                rows += found
            if rows:
                self._insert(name, table, rows, numbers)

    def _insert(
        self, name: str, table: TableShape, rows: Sequence[CellRow], numbers: list[int]
    ) -> None:
        casts = ", ".join(f"CAST(unnest(?::VARCHAR[]) AS {c.type})" for c in table.columns)
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.connection.execute(
            f"INSERT INTO {name} SELECT unnest(?::INTEGER[]), {casts}", [numbers, *columns]
        )

    def repair(self) -> None:
        """Delete the rows that violate a constraint, in all databases."""
        for deletion in self._repair:
            deleted = True
            while deleted:
                count = self.connection.execute(deletion.sql).fetchall()[0][0]
                deleted = deletion.repeated and count > 0

    def sizes(self, count: int) -> list[int]:
        """Return how many rows each of the first ``count`` loaded databases has."""
        found = [0] * count
        for table in self.schema.tables:
            for number, size in self.connection.execute(
                f"SELECT __db, count(*) FROM batch.{quoted(table.name)} GROUP BY 1"
            ).fetchall():
                found[number] += size
        return found

    def read(self, number: int) -> Database:
        """Return one of the loaded databases."""
        return self.read_many([number])[number]

    def read_many(self, numbers: Sequence[int]) -> dict[int, Database]:
        """Return loaded databases by their numbers."""
        found: dict[int, Database] = {n: {t.name: [] for t in self.schema.tables} for n in numbers}
        listed = ", ".join(map(str, numbers)) or "NULL"
        for table in self.schema.tables:
            columns = ", ".join(f"CAST({quoted(c.name)} AS VARCHAR)" for c in table.columns)
            for number, *cells in self.connection.execute(
                f"SELECT __db, {columns} FROM batch.{quoted(table.name)} "
                f"WHERE __db IN ({listed}) ORDER BY rowid"
            ).fetchall():
                row: tuple[Cell, ...] = tuple(cells)
                found[number][table.name].append(row)
        return found

    def batch(self, query: Query, first: int, last: int, cpu: float) -> dict[int, Rows] | Failure:
        """Run a query on the loaded databases ``first`` to ``last`` at once.

        ``cpu`` is the most seconds of CPU time it may take. A failure is that of all together.
        """
        width = len(query.columns)
        names = ", ".join(f"c{i}" for i in range(width))
        wanted = "list(x) AS l" if query.ordered else "*"
        try:
            with self._watch.limit(cpu):
                found = self.connection.execute(
                    f"SELECT d.__db, q.* FROM batch.__dbs AS d, LATERAL (WITH {self._prefix} "
                    f"SELECT {wanted} FROM (\n{query.text}\n) AS x({names})) AS q "
                    f"WHERE d.__db BETWEEN {first} AND {last}"
                ).fetchall()
        except duckdb.Error as error:
            return _failure(error)
        results: dict[int, Rows] = {number: [] for number in range(first, last + 1)}
        if query.ordered:
            for number, rows in found:
                results[number] = [tuple(row.values()) for row in rows or ()]
        else:
            for row in found:
                results[row[0]].append(row[1:])
        return results

    def single(self, query: Query, number: int, cpu: float) -> Outcome:
        """Run a query on one loaded database."""
        self.connection.execute(f"SET VARIABLE __db = {number}")
        return self.run(self.connection, query.text, cpu)

    def run(self, connection: duckdb.DuckDBPyConnection, text: str, cpu: float) -> Outcome:
        """Run a query on a connection, within ``cpu`` seconds of CPU time."""
        try:
            with self._watch.limit(cpu, connection):
                return connection.execute(text).fetchall()
        except duckdb.Error as error:
            return _failure(error)


def _failure(error: duckdb.Error) -> Failure:
    if isinstance(error, duckdb.InterruptException):
        return Failure("timeout", str(error))
    if isinstance(error, duckdb.OutOfMemoryException):
        # Its message is advice about settings, which are locked.
        return Failure("memory", f"stopped: it needs more than {_MEMORY}")
    return Failure("error", str(error))


def quoted(name: str) -> str:
    """Quote a name."""
    return '"' + name.replace('"', '""') + '"'


def _one_database(table: TableShape, number: str) -> str:
    columns = ", ".join(quoted(column.name) for column in table.columns)
    return f"SELECT {columns} FROM batch.{quoted(table.name)} WHERE __db = {number}"


def _without_end(text: str) -> str:
    """Cut a semicolon that only comments follow."""
    import sqlglot

    tokens = sqlglot.tokenize(text, dialect="duckdb")
    last = tokens[-1]
    return text[: last.start] if last.text == ";" else text
