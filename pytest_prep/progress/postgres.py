"""The progress store in a PostgreSQL database: a cohort's, or one learner's of many machines."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from pytest_prep.progress.events import Event
from pytest_prep.progress.rows import SCHEMA, TABLES, Row
from pytest_prep.progress.sql import SqlStore
from pytest_prep.progress.store import StoreError, Target, shown

if TYPE_CHECKING:
    import psycopg

_T = TypeVar("_T")
#: The advisory lock that writers take in turns.
_LOCK: Final = 0x70726570
#: Seconds to wait for the server.
_CONNECT: Final = 10
#: Text that sorts and compares as SQLite's does: by code points.
_TEXT: Final = 'TEXT COLLATE "C"'


class PostgresStore(SqlStore):
    """A store in the schema ``pytest_prep`` of a PostgreSQL database."""

    def __init__(self, target: Target) -> None:
        """Connect, and make the tables where there are none.

        Raises:
            StoreError: psycopg or the server is missing, the URL is wrong, or the tables are of
                another version. The password is in no message.
        """
        self._url = target.place
        self.learner = target.learner or login()
        self._connection: psycopg.Connection[Any]
        self._connect()

    # -- what SqlStore asks for

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._errors():
            return self._connection.execute(_pyformat(sql), values).fetchall()

    def _stream(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        with (
            self._errors(),
            self._connection.cursor("prep_events", withhold=True) as cursor,
        ):
            cursor.itersize = 2000
            cursor.execute(_pyformat(sql), values)
            yield from cursor

    def _write(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            with self._connection.cursor() as cursor:
                cursor.executemany(_pyformat(sql), rows)

    def _insert(self, rows: Sequence[Row]) -> list[int]:
        names = "id, time, day, kind, subject, learner, data, answer"
        arrays = ", ".join(["%s::text[]"] * 8)
        new = self._connection.execute(
            f"INSERT INTO event ({names}) SELECT * FROM unnest({arrays}) "
            "ON CONFLICT (id) DO NOTHING RETURNING id",
            [list(column) for column in zip(*rows, strict=True)],
        ).fetchall()
        ids = {id_ for (id_,) in new}
        # Of two rows with one id the first went in.
        places = {row[0]: place for place, row in reversed(list(enumerate(rows)))}
        return sorted(places[id_] for id_ in ids)

    # -- the connection

    def append(self, events: Iterable[Event]) -> int:
        """Keep events in one transaction; return how many of them were new."""
        kept = list(events)
        return self._connected(lambda: super(PostgresStore, self).append(kept))

    def _connected(self, work: Callable[[], _T]) -> _T:
        """Do something; once more with a new connection where the old one turns out to be lost."""
        try:
            return work()
        except StoreError:
            if not self._connection.closed:
                raise
            self._connect()
            return work()

    def _connect(self) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise StoreError(
                f"{shown(self._url)}: needs psycopg: pip install 'pytest-prep[postgres]'"
            ) from error
        if not self._url.startswith(("postgresql://", "postgres://")):
            raise StoreError(f"{shown(self._url)}: is no postgresql:// URL")
        try:
            psycopg.conninfo.conninfo_to_dict(self._url)
        except psycopg.Error:
            # libpq's message may quote a piece of the password.
            raise StoreError(
                f"{shown(self._url)}: the URL cannot be read; write it as "
                "postgresql://user:password@host:5432/database, with special characters of the "
                "password as %40 for @, %2F for / and so on"
            ) from None
        with self._errors():
            self._connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=_CONNECT,
                application_name="pytest-prep",
            )
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Make the tables unless they are there."""
        version = self._version()
        if version == 0:
            with self._transaction():
                version = self._version()
                if version == 0:
                    version = self._make_tables()
        if version != SCHEMA:
            raise StoreError(
                f"{shown(self._url)}: is of version {version}, this pytest-prep knows {SCHEMA}: "
                "update it with pip install -U pytest-prep, or name another database in PREP_STORE"
            )
        with self._errors():
            self._connection.execute("SET search_path = pytest_prep")

    def _version(self) -> int:
        """Return the version of the tables, 0 where there are none."""
        # Not by to_regclass: inside a transaction it may remember that there was no such table.
        if not self._rows(
            "SELECT 1 FROM pg_tables WHERE schemaname = 'pytest_prep' AND tablename = 'version'"
        ):
            return 0
        ((version,),) = self._rows("SELECT number FROM pytest_prep.version")
        return int(version)

    def _make_tables(self) -> int:
        execute = self._connection.execute
        execute("CREATE SCHEMA IF NOT EXISTS pytest_prep")
        execute("SET LOCAL search_path = pytest_prep")
        serial = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        for table in TABLES:
            execute(table.format(serial=serial, text=_TEXT))
        execute("CREATE TABLE version (number INTEGER NOT NULL)")
        execute("INSERT INTO version VALUES (%s)", (SCHEMA,))
        return SCHEMA

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the driver's errors into ours, without the password."""
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            told = " ".join(str(error).split()) or type(error).__name__
            for secret in secrets_of(self._url):
                told = told.replace(secret, "***")
            raise StoreError(f"{shown(self._url)}: {told}") from None

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def login() -> str:
    """Return the login name, or ``learner`` where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "learner")


def secrets_of(url: str) -> list[str]:
    """Return what must not be printed of a URL: its password, as written and as meant."""
    try:
        password = urlsplit(url).password or ""
    except ValueError:
        return []
    return sorted({password, unquote(password)} - {""}, key=len, reverse=True)


def _pyformat(sql: str) -> str:
    return sql.replace("?", "%s")
