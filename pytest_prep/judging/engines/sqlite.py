"""SQLite: every case has an in-memory database of its own; the standard library brings it along.

Dates and times are text to SQLite, decimals are floats and truth values are 0 and 1, so that is
what the comparison sees, on both sides: ``'2013-01-01'``, ``'2013-01-01 05:00:00'``, ``9.5``,
``1``. Real data are converted to that form when they are loaded.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from pytest_prep.content.dataset import Dataset, locate, relation_sql
from pytest_prep.judging.engine import BrokenData, Data, Ran
from pytest_prep.judging.engines.script import SQLITE, Statement, split
from pytest_prep.judging.engines.sqlite_errors import translated
from pytest_prep.judging.engines.watch import MEMORY, Watch
from pytest_prep.judging.table import Table

#: Bytes that one value may have: a function that makes a longer one cannot be interrupted.
VALUE = 10**8

#: What an answer may ask or set: nothing that reaches a file or outlives the database.
_PRAGMAS = frozenset(
    (
        *("foreign_keys", "foreign_key_check", "foreign_key_list", "recursive_triggers"),
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"),
        *("integrity_check", "quick_check"),
    )
)
_FORBIDDEN = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
_FUNCTIONS = frozenset(("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"))

#: Of these DuckDB types SQLite takes the Python value as it is; of all others the text.
_AS_IS = ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "DOUBLE", "FLOAT", "VARCHAR", "BOOLEAN")

_names = count()


class SQLite:
    """The engine of the standard library's sqlite3."""

    name = "sqlite"

    def __init__(self) -> None:
        """Start without a database; real data are loaded when a case first needs them."""
        #: Data set → its real tables, read from the files once.
        self._real: dict[str, _RealTables] = {}

    def kinds(self, sql: str) -> list[str]:
        """Return the kind of each statement (see :class:`Engine`)."""
        found = split(sql, SQLITE)
        connection = _connect()
        try:
            connection.set_authorizer(_authorize)
            for statement in found:
                with translated(sql, statement, syntax_only=True):
                    explain = "" if statement.kind == "EXPLAIN" else "EXPLAIN "
                    connection.execute(f"{explain}{statement.text}")
        finally:
            connection.close()
        return [statement.kind for statement in found]

    @contextmanager
    def database(
        self, data: Data, *, alone: bool, memory: int | None = None
    ) -> Iterator[_Database]:
        """Open a database with ``data`` (see :class:`Engine`).

        ``alone`` makes no difference: every database stands alone. ``memory`` is how much the
        process may grow while a statement runs.
        """
        connection = _connect()
        try:
            self._fill(connection, data)
            yield _Database(connection, memory or MEMORY)
        finally:
            connection.close()

    def close(self) -> None:
        """Forget the real data; the next case that needs them reads them again."""
        for tables in self._real.values():
            tables.close()
        self._real.clear()

    def _fill(self, connection: sqlite3.Connection, data: Data) -> None:
        if data.script is None:
            self._show_real(connection, data)
            return
        with _loading("schema.sql"):
            connection.executescript(data.schema)
        if data.dataset and data.names_dataset:
            # What the script reads, it names.
            named = [name for name in data.dataset.tables if name in data.script.lower()]
            self._attach(connection, data, named, "dataset")
        with _loading("the case's data"):
            connection.executescript(data.script)

    def _show_real(self, connection: sqlite3.Connection, data: Data) -> None:
        """Show the real tables through exactly the schema's columns."""
        assert data.dataset is not None
        shape = _connect()
        try:
            with _loading("schema.sql"):
                shape.executescript(data.schema)
            tables = {
                name: [column[1] for column in shape.execute(f"PRAGMA table_info({_name(name)})")]
                for (name,) in shape.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
                )
            }
        finally:
            shape.close()
        for name in tables:
            if name not in data.dataset.tables:
                raise BrokenData(f"schema.sql: data set {data.dataset.name} has no table {name}")
        self._attach(connection, data, list(tables), "prep_data")
        for name, columns in tables.items():
            listed = ", ".join(map(_name, columns))
            with _loading("schema.sql against the data set"):
                # Only temporary views may look into another database.
                query = f"SELECT {listed} FROM prep_data.{_name(name)}"
                connection.execute(f"CREATE TEMP VIEW {_name(name)} AS {query}")
                connection.execute(f"SELECT {listed} FROM {_name(name)} LIMIT 0")

    def _attach(
        self, connection: sqlite3.Connection, data: Data, tables: list[str], alias: str
    ) -> None:
        """Make real tables visible as ``<alias>.<table>``, for reading only."""
        assert data.dataset is not None
        real = self._real.get(data.dataset.name)
        if real is None:
            real = self._real[data.dataset.name] = _RealTables()
        for table in tables:
            real.load(data.dataset, table, data)
        connection.execute(f"ATTACH ? AS {alias}", (f"{real.uri}&mode=ro",))


class _RealTables:
    """The real tables of one data set, in memory, shared by the cases."""

    def __init__(self) -> None:
        # SQLite's in-memory file system (3.36 and later): other connections can open it by name.
        self.uri = f"file:/pytest-prep-{next(_names)}?vfs=memdb"
        try:
            self._connection = sqlite3.connect(self.uri, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise BrokenData(f"SQLite {sqlite3.sqlite_version} cannot share memory: {error}") from (
                error
            )
        self._loaded: set[str] = set()

    def load(self, dataset: Dataset, name: str, data: Data) -> None:
        """Load a table, unless it is there."""
        if name in self._loaded:
            return
        import duckdb

        table = dataset.tables[name]
        path = locate(dataset, name, data.cache)
        declared = ", ".join(f"{_name(column)} {type_}" for column, type_ in table.columns)
        read = ", ".join(
            _name(column) if type_ in _AS_IS else f"CAST({_name(column)} AS VARCHAR)"
            for column, type_ in table.columns
        )
        marks = ", ".join("?" * len(table.columns))
        with duckdb.connect(":memory:", config={"threads": "1"}) as reader:
            rows = reader.execute(f"SELECT {read} FROM {relation_sql(path, table)}")
            with self._connection:  # all of it, or nothing
                self._connection.execute("BEGIN")
                self._connection.execute(f"CREATE TABLE {_name(name)} ({declared})")
                insert = f"INSERT INTO {_name(name)} VALUES ({marks})"
                while batch := rows.fetchmany(10_000):
                    self._connection.executemany(insert, batch)
        self._loaded.add(name)

    def close(self) -> None:
        self._connection.close()


class _Database:
    def __init__(self, connection: sqlite3.Connection, memory: int) -> None:
        self._connection = connection
        self._memory = memory
        connection.set_authorizer(_authorize)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE)

    def query(self, sql: str, wall: float | None = None) -> Ran:
        statements = split(sql, SQLITE)
        columns: tuple[str, ...] = ()
        rows: list[tuple[object, ...]] = []
        with Watch(self._connection.interrupt, wall, self._memory) as watch:
            start = time.process_time()
            for statement in statements:
                with translated(sql, statement, watch):
                    cursor = self._connection.execute(statement.text)
                    rows = cursor.fetchall()
                    columns = tuple(column[0] for column in cursor.description or ())
            cpu = time.process_time() - start
        declared = self._declared(statements[-1]) if columns else []
        types = tuple(
            (declared[i] if i < len(declared) else "") or _type_of([row[i] for row in rows])
            for i in range(len(columns))
        )
        return Ran(Table(columns, types, rows), cpu)

    def statements(self, sql: str) -> list[str]:
        return [statement.text for statement in split(sql, SQLITE)]

    def _declared(self, statement: Statement) -> list[str]:
        """Return the declared type of each column of a query, "" for an expression.

        SQLite tells it of a view only; what is no query has no view and no types.
        """
        if statement.kind != "SELECT":
            return []
        self._connection.set_authorizer(None)
        try:
            self._connection.execute(f'CREATE TEMP VIEW "prep types" AS {statement.text}')
            found = self._connection.execute('PRAGMA table_info("prep types")').fetchall()
            self._connection.execute('DROP VIEW temp."prep types"')
        except sqlite3.Error:
            return []
        finally:
            self._connection.set_authorizer(_authorize)
        return [column[2] for column in found]


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", uri=True, isolation_level=None)
    # Without it a runaway recursion fills the disk.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _authorize(
    action: int, first: str | None, second: str | None, database: str | None, source: str | None
) -> int:
    """Keep an answer away from files and from settings that outlive its database."""
    if action in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _type_of(values: list[object]) -> str:
    """Return SQLite's name for the type of values that have no declared one."""
    found = {type(value) for value in values} - {type(None)}
    if not found:
        return "NULL"
    if len(found) == 1:
        return {int: "INTEGER", float: "REAL", str: "TEXT", bytes: "BLOB"}[found.pop()]
    return "REAL" if found == {int, float} else "ANY"


def _name(name: str) -> str:
    # Not by double quotes: SQLite takes an unknown name in these for a text.
    return "`" + name.replace("`", "``") + "`"


@contextmanager
def _loading(part: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise BrokenData(f"{part}: {error}") from error
