"""PostgreSQL: a real server, reached by a URL.

A plain query runs in a read-only transaction that is rolled back, with the case's tables in it; any
other script gets a schema and a role of its own, both dropped afterwards.

Its CPU seconds are statement timing: the seconds from sending a query until its whole result is
here, on one server process, without parallel workers or just-in-time compilation. The server does
not tell a client what CPU time it used, and ``EXPLAIN ANALYZE`` would slow down what it measures.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pytest_prep.judging.engine import (
    BrokenData,
    Data,
    EngineUnavailable,
    Ran,
    SqlSyntaxError,
)
from pytest_prep.judging.engines.postgres_errors import (
    SYNTAX_ERROR,
    loading,
    refusal,
    translated,
)
from pytest_prep.judging.engines.postgres_schema import postgres_schema, with_dataset
from pytest_prep.judging.engines.script import POSTGRES, Statement, split
from pytest_prep.judging.engines.watch import MEMORY, Watch
from pytest_prep.judging.table import Table

if TYPE_CHECKING:
    import psycopg

    from pytest_prep.judging.engines.postgres_session import Connection, Session, Slot

#: Object identifiers from here on belong to types that users made.
_FIRST_USER_OID = 16384


class Postgres:
    """The engine of a PostgreSQL server."""

    name = "postgres"

    def __init__(self, url: str) -> None:
        """``url`` is a connection string of libpq; nothing is connected before it is needed.

        Its user should be allowed to create roles and schemas. Where it cannot create roles,
        answers run as this user.
        """
        self._url = url
        self._current: Session | None = None
        self._types: dict[tuple[int, int], str] = {}

    def check(self) -> None:
        """Connect.

        Raises:
            EngineUnavailable: psycopg or the server is missing.
        """
        self._session()

    def kinds(self, sql: str) -> list[str]:
        """Return the kind of each statement (see :class:`Engine`)."""
        found = split(sql, POSTGRES)
        for statement in found:
            self._parse(sql, statement)
        return [statement.kind for statement in found]

    @contextmanager
    def database(
        self, data: Data, *, alone: bool, memory: int | None = None
    ) -> Iterator[_Database]:
        """Open a database with ``data`` (see :class:`Engine`).

        ``memory`` limits what this process takes for a result; the server has no such limit for
        one query.
        """
        import psycopg

        session = self._session()
        slot = session.take(fresh=alone)
        try:
            try:
                slot.connection.execute("BEGIN")
                _fill(session, slot, data)
                slot.connection.execute("COMMIT" if alone else "SET TRANSACTION READ ONLY")
            except psycopg.OperationalError as error:
                raise EngineUnavailable(f"PostgreSQL: {error}") from error
            yield _Database(slot.connection, memory or MEMORY, self._types, rolls_back=not alone)
        finally:
            if alone:
                session.drop(slot)
            else:
                session.give_back(slot)

    def close(self) -> None:
        """Drop what this session made on the server, and leave it."""
        if self._current is not None:
            self._current.close()
            self._current = None

    def _session(self) -> Session:
        if self._current is not None and self._current.admin.closed:
            self._current = None
        if self._current is None:
            from pytest_prep.judging.engines.postgres_session import Session

            self._current = Session(self._url)
        return self._current

    def _parse(self, sql: str, statement: Statement) -> None:
        """Let the server parse a statement; names that it does not know are no matter here."""
        from psycopg import pq

        result = self._session().admin.pgconn.prepare(b"", statement.text.encode())
        if result.status != pq.ExecStatus.FATAL_ERROR:
            return
        field = pq.DiagnosticField
        if (result.error_field(field.SQLSTATE) or b"").decode() == SYNTAX_ERROR:
            message = (result.error_field(field.MESSAGE_PRIMARY) or b"").decode()
            position = (result.error_field(field.STATEMENT_POSITION) or b"").decode()
            raise refusal(SqlSyntaxError, sql, statement, message, position)


def _fill(session: Session, slot: Slot, data: Data) -> None:
    connection = slot.connection
    if data.script is None:
        _show_real(session, slot, data)
        return
    script = data.script
    with loading("schema.sql"):
        connection.execute(postgres_schema(data.schema).encode())
    if data.dataset and data.names_dataset:
        for name in data.dataset.tables:
            if name in script.lower():  # what the script reads, it names
                session.real_table(data.dataset, name, data.cache)
        script = with_dataset(script, session.real_schema(data.dataset))
    with loading("the case's data"):
        connection.execute(script.encode())
    if data.names_dataset:
        # Thousands of rows may have come in, and the planner knows nothing of them yet.
        for name in _tables(slot):
            connection.execute(f'ANALYZE "{name}"'.encode())


def _show_real(session: Session, slot: Slot, data: Data) -> None:
    """Show the real tables through exactly the schema's columns."""
    assert data.dataset is not None
    connection = slot.connection
    connection.execute("SAVEPOINT shape")
    with loading("schema.sql"):
        connection.execute(postgres_schema(data.schema).encode())
    tables = _tables(slot)
    connection.execute("ROLLBACK TO SAVEPOINT shape")
    for name, columns in tables.items():
        if name not in data.dataset.tables:
            raise BrokenData(f"schema.sql: data set {data.dataset.name} has no table {name}")
        real = session.real_table(data.dataset, name, data.cache)
        listed = ", ".join(f'"{column}"' for column in columns)
        with loading("schema.sql against the data set"):
            connection.execute(f'CREATE VIEW "{name}" AS SELECT {listed} FROM {real}'.encode())


def _tables(slot: Slot) -> dict[str, list[str]]:
    """Return the tables of a slot, by name, with the names of their columns."""
    tables: dict[str, list[str]] = {}
    found = slot.connection.execute(
        "SELECT relname::text, attname::text FROM pg_class JOIN pg_attribute ON attrelid = "
        "pg_class.oid WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND attnum > 0 "
        "AND NOT attisdropped ORDER BY relname, attnum",
        (slot.name,),
    )
    for table, column in found:
        tables.setdefault(str(table), []).append(str(column))
    return tables


class _Database:
    def __init__(
        self,
        connection: Connection,
        memory: int,
        types: dict[tuple[int, int], str],
        *,
        rolls_back: bool,
    ) -> None:
        self._connection = connection
        self._memory = memory
        self._types = types
        self._rolls_back = rolls_back

    def query(self, sql: str, wall: float | None = None) -> Ran:
        statements = split(sql, POSTGRES)
        limit = f"SET statement_timeout = {int(wall * 1000) if wall else 0}"
        self._connection.execute(
            (f"SAVEPOINT prep; {limit}" if self._rolls_back else limit).encode()
        )
        table = Table((), (), [])
        spent = 0.0
        watch = Watch(self._cancel, wall, self._memory)
        try:
            with watch:
                for statement in statements:
                    with translated(sql, statement, watch):
                        start = time.perf_counter()
                        cursor = self._connection.execute(statement.text.encode())
                        spent += time.perf_counter() - start
                        table = self._table(cursor)
        finally:
            self._tidy_up(canceled=watch.reason is not None)
        return Ran(table, spent)

    def statements(self, sql: str) -> list[str]:
        return [statement.text for statement in split(sql, POSTGRES)]

    def _table(self, cursor: psycopg.Cursor[tuple[object, ...]]) -> Table:
        result = cursor.pgresult
        if cursor.description is None or result is None:
            return Table((), (), [])
        rows = cursor.fetchall()
        types = [
            self._type_name(result.ftype(i), result.fmod(i)) for i in range(len(cursor.description))
        ]
        return Table(tuple(column.name for column in cursor.description), tuple(types), rows)

    def _type_name(self, oid: int, modifier: int) -> str:
        """Return the server's name of a type: ``integer``, ``numeric(10,2)``, ``date[]``."""
        if (oid, modifier) in self._types:
            return self._types[oid, modifier]
        row = self._connection.execute("SELECT format_type(%s, %s)", (oid, modifier)).fetchone()
        assert row is not None
        if oid < _FIRST_USER_OID:
            self._types[oid, modifier] = str(row[0])
        return str(row[0])

    def _cancel(self) -> None:
        import psycopg

        with suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=5)

    def _tidy_up(self, *, canceled: bool) -> None:
        """Leave the connection ready for the next query, and undo what a plain one set."""
        import psycopg

        failed = self._connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
        if self._rolls_back:
            command = b"ROLLBACK TO SAVEPOINT prep"
        elif failed:
            command = b"ROLLBACK"
        elif canceled:
            command = b"SELECT 1"
        else:
            return
        # A cancellation may arrive when its query is over, and then stops the next one.
        for _ in range(3):
            try:
                self._connection.execute(command)
            except psycopg.errors.QueryCanceled:
                continue
            except psycopg.Error:
                # The connection is lost; the query's own error has said so.
                return
            return
