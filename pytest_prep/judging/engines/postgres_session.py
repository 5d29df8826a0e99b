"""What one session has on a PostgreSQL server: roles, schemas and real data, gone afterwards.

Everything is called ``prep_<oid of the database>_<number of the session>_…``. A session holds an
advisory lock on its number; what carries a number that nobody holds was left by a session that was
killed, and the next one drops it.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.dataset import Dataset, locate, relation_sql
from pytest_prep.judging.engine import EngineUnavailable
from pytest_prep.judging.engines.postgres_schema import type_name

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[object, ...]]

#: The first half of every lock's key: "prep" in ASCII.
_LOCK = 0x70726570
#: What the server may write to disk for one connection, where we may say so.
_TEMPORARY = "2GB"
#: Seconds until a server that does not answer counts as absent.
_PATIENCE = 5


@dataclass
class Slot:
    """A schema with a connection to it, through a role that owns nothing else."""

    name: str
    connection: Connection
    #: The role's name, or None where the URL's user cannot make roles.
    role: str | None


class Session:
    """A connection that makes roles and schemas for the answers, and drops them again."""

    def __init__(self, url: str) -> None:
        """Connect, and drop what killed sessions left.

        Raises:
            EngineUnavailable: psycopg is not installed, or no server answers.
        """
        try:
            import psycopg
        except ImportError as error:
            raise EngineUnavailable(
                "PostgreSQL needs psycopg: pip install 'pytest-prep[postgres]'"
            ) from error
        self._url = url
        try:
            psycopg.conninfo.conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            # Its message would show the password.
            raise EngineUnavailable(
                "the value of PREP_POSTGRES or prep_postgres is not a URL of PostgreSQL, such as "
                "postgresql://user:password@host/database"
            ) from None
        try:
            self.admin: Connection = self._connect()
        except psycopg.Error as error:
            # The message may span lines; the first says which server and why.
            reason = str(error).strip().split("\n")[0]
            raise EngineUnavailable(
                f"no PostgreSQL at the URL of PREP_POSTGRES or prep_postgres: {reason}"
            ) from error
        self.admin.execute("SET synchronous_commit = off; SET lock_timeout = '5s'")
        row = self.admin.execute(
            "SELECT (SELECT oid::text FROM pg_database WHERE datname = current_database()), "
            "rolsuper, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row is not None
        database, self._superuser, self._makes_roles = row
        self._notices_loss = self._can_set("client_connection_check_interval", "1s")
        self._family = f"prep_{database}_"
        self._drop_left_over()
        number = secrets.randbelow(2**31)
        self.admin.execute(f"SELECT pg_advisory_lock({_LOCK}, {number})")
        self._prefix = f"{self._family}{number}_"
        self._count = 0
        self._idle: list[Slot] = []
        self._loaded: set[str] = set()

    # -- slots

    def take(self, *, fresh: bool) -> Slot:
        """Return an empty slot; ``fresh`` for one that nobody used.

        Raises:
            EngineUnavailable: the URL's user must not make schemas, or the server is gone.
        """
        if self._idle and not fresh:
            return self._idle.pop()
        try:
            return self._slot()
        except _database_error() as error:
            reason = str(error).strip().split("\n")[0]
            raise EngineUnavailable(
                f"PostgreSQL makes no schema for an answer: {reason}; "
                "the URL's user needs CREATE on its database"
            ) from error

    def give_back(self, slot: Slot) -> None:
        """Take back a slot in which nothing was committed."""
        try:
            slot.connection.rollback()
            slot.connection.execute("DISCARD ALL")
            self._set_up(slot)
        except _database_error():
            self.drop(slot)
        else:
            self._idle.append(slot)

    def drop(self, slot: Slot) -> None:
        """Drop a slot, with everything its role made anywhere in the database."""
        slot.connection.close()
        self._drop(slot.name, role=slot.role is not None)

    def close(self) -> None:
        """Drop everything that this session made."""
        for slot in self._idle:
            self.drop(slot)
        self._idle.clear()
        with suppress(_database_error()):
            for schema in self._schemas(self._prefix):
                self._drop(schema, role=False)
        self.admin.close()

    def _slot(self) -> Slot:
        self._count += 1
        name = f"{self._prefix}{self._count}"
        if not self._makes_roles:
            self.admin.execute(f'CREATE SCHEMA "{name}"'.encode())
            slot = Slot(name, self._connect(), None)
            self._set_up(slot)
            return slot
        password = secrets.token_hex(16)
        self.admin.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{password}'".encode())
        if self._superuser:
            limit = f"ALTER ROLE \"{name}\" SET temp_file_limit = '{_TEMPORARY}'"
        else:
            limit = f'GRANT "{name}" TO CURRENT_USER'
        schema = f'CREATE SCHEMA "{name}" AUTHORIZATION "{name}"'
        self.admin.execute(f"{limit}; {schema}".encode())
        try:
            connection = self._connect(user=name, password=password)
        except _database_error():
            # The server knows its users by other means than passwords.
            connection = self._connect()
        slot = Slot(name, connection, name)
        self._set_up(slot)
        return slot

    def _connect(self, user: str | None = None, password: str | None = None) -> Connection:
        import psycopg

        return psycopg.connect(
            self._url,
            autocommit=True,
            connect_timeout=_PATIENCE,
            client_encoding="UTF8",
            user=user,
            password=password,
        )

    def _set_up(self, slot: Slot) -> None:
        """Set what every answer starts with: its schema, one process, UTC."""
        settings = (
            f'search_path = "{slot.name}"',
            "timezone = 'UTC'",
            "datestyle = 'ISO, YMD'",
            "max_parallel_workers_per_gather = 0",
            "jit = off",
            "synchronous_commit = off",
            *(["client_connection_check_interval = '1s'"] if self._notices_loss else []),
            *([f'ROLE "{slot.role}"'] if slot.role else []),
        )
        slot.connection.execute("; ".join(f"SET {setting}" for setting in settings).encode())

    # -- real data

    def real_table(self, dataset: Dataset, name: str, cache: Path) -> str:
        """Return the quoted name of a real table, loaded once a session and read-only.

        Raises:
            DatasetError: its file cannot be used.
        """
        schema = self.real_schema(dataset)
        real = f'"{schema}"."{name}"'
        if real not in self._loaded:
            path = locate(dataset, name, cache)
            table = dataset.tables[name]
            columns = ", ".join(f'"{column}" {type_name(type_)}' for column, type_ in table.columns)
            with self.admin.transaction():
                self.admin.execute(
                    f'CREATE SCHEMA IF NOT EXISTS "{schema}"; '
                    f'GRANT USAGE ON SCHEMA "{schema}" TO PUBLIC; '
                    f"CREATE TABLE {real} ({columns})".encode()
                )
                with (
                    _as_csv(relation_sql(path, table)) as blocks,
                    self.admin.cursor() as cursor,
                    cursor.copy(f"COPY {real} FROM STDIN (FORMAT csv)".encode()) as copy,
                ):
                    for block in blocks:
                        copy.write(block)
                self.admin.execute(
                    f"ANALYZE {real}; GRANT SELECT ON {real} TO PUBLIC; "
                    # Where answers run as the tables' owner, it must not change them either.
                    f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {real} FROM CURRENT_USER".encode()
                )
            self._loaded.add(real)
        return real

    def real_schema(self, dataset: Dataset) -> str:
        """Return the name of the schema with a data set's real tables."""
        return f"{self._prefix}{dataset.name}"

    # -- what is left over

    def _drop_left_over(self) -> None:
        """Drop what sessions left that are gone: whose lock nobody holds."""
        found = defaultdict(set)
        for name in (*self._schemas(self._family), *self._roles(self._family)):
            number = name.removeprefix(self._family).partition("_")[0]
            if number.isdecimal():
                found[number].add(name)
        for number, names in found.items():
            key = f"{_LOCK}, {number}"
            row = self.admin.execute(f"SELECT pg_try_advisory_lock({key})".encode()).fetchone()
            if row != (True,):
                continue
            roles = self._roles(f"{self._family}{number}_")
            for name in names:
                self._drop(name, role=name in roles)
            self.admin.execute(f"SELECT pg_advisory_unlock({key})".encode())

    def _drop(self, name: str, *, role: bool) -> None:
        """Drop a schema, or a role with all it owns; what resists is left to the next session."""
        with suppress(_database_error()):
            if role:
                self.admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s",
                    (name,),
                )
                self.admin.execute(f'DROP OWNED BY "{name}" CASCADE; DROP ROLE "{name}"'.encode())
            else:
                self.admin.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())

    def _schemas(self, prefix: str) -> list[str]:
        return self._names(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", prefix
        )

    def _roles(self, prefix: str) -> list[str]:
        query = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)"
        return self._names(query, prefix)

    def _names(self, query: str, prefix: str) -> list[str]:
        return [str(name) for (name,) in self.admin.execute(query.encode(), (prefix,))]

    def _can_set(self, setting: str, value: str) -> bool:
        try:
            self.admin.execute(f"SET {setting} = '{value}'".encode())
        except _database_error():
            return False
        return True


def _database_error() -> type[Exception]:
    import psycopg

    return psycopg.Error


@contextmanager
def _as_csv(relation: str) -> Iterator[Iterator[bytes]]:
    """Give the rows of a DuckDB relation as blocks of CSV: "" is an empty text, nothing is NULL."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="pytest-prep-") as folder:
        path = Path(folder) / "table.csv"
        with duckdb.connect(":memory:", config={"threads": "1"}) as reader:
            reader.execute(f"COPY (FROM {relation}) TO '{path}' (FORMAT csv, HEADER false)")
        with path.open("rb") as file:
            yield iter(lambda: file.read(1 << 20), b"")
