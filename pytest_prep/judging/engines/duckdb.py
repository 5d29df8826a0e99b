"""DuckDB: one locked connection for plain queries, a database of its own for everything else.

A connection costs 15-40 ms of CPU, an attached in-memory database 1-2 ms. Plain queries can
neither change settings nor leave anything behind, so they share the connection; any other script
gets a fresh one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_prep.judging.engine import (
    BrokenData,
    Data,
    Ran,
    SqlError,
)
from pytest_prep.judging.engines.duckdb_errors import loading, translated
from pytest_prep.judging.table import Table

if TYPE_CHECKING:
    import duckdb

#: What a query may use where the kata says nothing.
MEMORY = 2 * 10**9

#: Databases kept open for further queries on the same data.
KEPT = 16

# Spilling must be off before outside access is: a runaway recursion otherwise fills the disk.
_CONFIG = {
    "threads": "1",
    # With no thread but its own, an open database survives a fork.
    "async_threads": "0",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_ZONED = "TIMESTAMP WITH TIME ZONE"


class DuckDB:
    """The default engine: embedded, in memory, one thread."""

    name = "duckdb"

    def __init__(self, readable: list[Path]) -> None:
        """``readable`` are the folders from which the shared connection may load real data."""
        self._readable = readable
        self._shared: duckdb.DuckDBPyConnection | None = None
        self._loaded: set[str] = set()
        #: The databases of one kata that plain queries were run on, the last one at the end.
        self._kept: list[_Case] = []
        self._count = 0
        #: By the text of a schema: its tables with their columns.
        self._shapes: dict[str, list[tuple[str, list[str]]]] = {}

    def kinds(self, sql: str) -> list[str]:
        """Return the kind of each statement (see :class:`Engine`)."""
        with translated():
            return [s.type.name for s in self._connection().extract_statements(sql)]

    @contextmanager
    def database(
        self, data: Data, *, alone: bool, memory: int | None = None
    ) -> Iterator[_Database]:
        """Open a database with ``data`` (see :class:`Engine`)."""
        if alone or memory is not None:
            # Loaded first and locked afterwards: a script could also write to a folder that it may
            # read, and the data sets are there.
            connection = _connect(memory or MEMORY)
            try:
                self._fill(connection, data, set())
                _lock(connection, [])
                yield _Database(connection)
            finally:
                connection.close()
            return
        # A plain query leaves its database as it was: the reference and all answers share one.
        case = next((kept for kept in self._kept if kept.data == data), None)
        if case is None:
            if any(kept.data.schema != data.schema for kept in self._kept):
                # Katas are judged one after another: those of another kata are done with.
                self._leave_all()
            case = self._enter(data)
        else:
            self._kept.remove(case)
        try:
            yield _Database(case.cursor)
        finally:
            self._kept.append(case)
            if len(self._kept) > KEPT:
                self._leave(self._kept.pop(0))

    def _enter(self, data: Data) -> _Case:
        self._count += 1
        case = _Case(data, f"case_{self._count}", self._connection().cursor())
        try:
            case.cursor.execute(f"ATTACH ':memory:' AS {case.name}; USE {case.name}")
            self._fill(case.cursor, data, self._loaded)
        except BaseException:
            self._leave(case)
            raise
        return case

    def _leave(self, case: _Case) -> None:
        case.cursor.close()
        self._connection().execute(f"DETACH DATABASE IF EXISTS {case.name}")

    def _leave_all(self) -> None:
        while self._kept:
            self._leave(self._kept.pop())

    def close(self) -> None:
        """Close the shared connection; the next query opens a new one."""
        self._leave_all()
        if self._shared is not None:
            self._shared.close()
            self._shared = None
            self._loaded.clear()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._shared is None:
            self._shared = _connect(MEMORY)
            _lock(self._shared, self._readable)
        return self._shared

    def _fill(self, cursor: duckdb.DuckDBPyConnection, data: Data, loaded: set[str]) -> None:
        if data.script is None:
            self._show_real(cursor, data, loaded)
            return
        with loading("schema.sql"):
            cursor.execute(data.schema or "SELECT 1")
        if data.dataset and data.names_dataset:
            cursor.execute("CREATE SCHEMA dataset")
            for name in data.dataset.tables:
                real = self._load(cursor, data, name, loaded)
                cursor.execute(f'CREATE VIEW dataset."{name}" AS FROM {real}')
        with loading("the case's data"):
            cursor.execute(data.script)

    def _show_real(self, cursor: duckdb.DuckDBPyConnection, data: Data, loaded: set[str]) -> None:
        """Show the real tables through exactly the schema's columns."""
        assert data.dataset is not None
        if data.schema not in self._shapes:
            self._shapes[data.schema] = self._shape(cursor, data.schema)
        for name, columns in self._shapes[data.schema]:
            if name not in data.dataset.tables:
                raise BrokenData(f"schema.sql: data set {data.dataset.name} has no table {name}")
            real = self._load(cursor, data, name, loaded)
            listed = ", ".join(f'"{column}"' for column in columns)
            with loading("schema.sql against the data set"):
                cursor.execute(f'CREATE VIEW "{name}" AS SELECT {listed} FROM {real}')

    def _shape(self, cursor: duckdb.DuckDBPyConnection, schema: str) -> list[tuple[str, list[str]]]:
        """Return the tables of a schema with their columns, by trying it in a database of its own.

        Raises:
            BrokenData: the engine refuses the schema.
        """
        own = cursor.execute("SELECT current_database()").fetchall()[0][0]
        cursor.execute(f"ATTACH ':memory:' AS shape_{own}; USE shape_{own}")
        try:
            with loading("schema.sql"):
                cursor.execute(schema)
            return cursor.execute(
                "SELECT table_name, list(column_name ORDER BY column_index) "
                "FROM duckdb_columns() WHERE database_name = current_database() "
                "AND NOT internal GROUP BY 1 ORDER BY 1"
            ).fetchall()
        finally:
            cursor.execute(f"USE {own}; DETACH shape_{own}")

    def _load(
        self, cursor: duckdb.DuckDBPyConnection, data: Data, name: str, loaded: set[str]
    ) -> str:
        """Load a real table, once a connection; return the name it has there."""
        assert data.dataset is not None
        cursor.execute("ATTACH IF NOT EXISTS ':memory:' AS prep_data")
        real = f'prep_data."{data.dataset.name}_{name}"'
        if real not in loaded:
            from pytest_prep.content.dataset import locate, relation_sql

            table = data.dataset.tables[name]
            path = locate(data.dataset, name, data.cache)
            cursor.execute(f"CREATE TABLE {real} AS FROM {relation_sql(path, table)}")
            loaded.add(real)
        return real


class _Case(NamedTuple):
    """An attached database, and the cursor that sees it."""

    data: Data
    name: str
    cursor: duckdb.DuckDBPyConnection


class _Database:
    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def query(self, sql: str, wall: float | None = None) -> Ran:
        timer = threading.Timer(wall, self._cursor.interrupt) if wall else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            with translated():
                start = time.process_time()
                self._cursor.execute(sql)
                described = self._cursor.description or []
                if any(_ZONED in str(column[1]) for column in described):
                    zoneless = self._without_zones(sql, [str(column[1]) for column in described])
                    start = time.process_time()
                    self._cursor.execute(zoneless)
                rows = self._cursor.fetchall()
                cpu = time.process_time() - start
        finally:
            if timer:
                timer.cancel()
        return Ran(
            Table(
                columns=tuple(str(column[0]) for column in described),
                types=tuple(str(column[1]) for column in described),
                rows=rows,
            ),
            cpu,
        )

    def _without_zones(self, sql: str, types: list[str]) -> str:
        """Return a query with the result of ``sql``, points in time as timestamps in UTC.

        DuckDB hands out a TIMESTAMPTZ only where pytz is installed.
        """
        last = self._cursor.extract_statements(sql)[-1]
        if last.type.name != "SELECT":
            raise SqlError("a TIMESTAMP WITH TIME ZONE cannot be read here; cast it to TIMESTAMP")
        names = [f"c{i}" for i in range(len(types))]
        # A view, because a name may come twice, and a query may end in a comment.
        self._cursor.execute(
            f"CREATE OR REPLACE TEMP VIEW prep_zoned ({', '.join(names)}) AS {last.query}"
        )
        plain = [
            f"CAST({name} AS {kind.replace(_ZONED, 'TIMESTAMP')})" if _ZONED in kind else name
            for name, kind in zip(names, types, strict=True)
        ]
        return f"SELECT {', '.join(plain)} FROM temp.prep_zoned"

    def statements(self, sql: str) -> list[str]:
        with translated():
            return [statement.query for statement in self._cursor.extract_statements(sql)]


def _connect(memory: int) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:", config={**_CONFIG, "memory_limit": f"{memory}B"})
    # Or the verdict would depend on where the machine stands. (No cursor inherits a plain SET.)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection


def _lock(connection: duckdb.DuckDBPyConnection, readable: list[Path]) -> None:
    """Keep what runs from now on away from files, except those in the folders ``readable``."""
    folders = ", ".join("'" + str(path).replace("'", "''") + "'" for path in readable)
    connection.execute(
        f"SET allowed_directories = [{folders}]; SET enable_external_access = false; "
        "SET lock_configuration = true"
    )
