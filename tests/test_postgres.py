"""What is PostgreSQL's own: roles and schemas that go away, and servers that are not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlsplit

import pytest

from pytest_prep.judging.engine import Data, EngineUnavailable, SqlError
from pytest_prep.judging.engines.postgres import Postgres

DATA = Data("CREATE TABLE t (x INTEGER);", "INSERT INTO t VALUES (1);", False, None, Path())


@pytest.fixture
def admin(postgres_url):
    """A connection of one's own to the server."""
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def engine(postgres_url):
    """An engine, closed afterwards."""
    engine = Postgres(postgres_url)
    yield engine
    engine.close()


def remains(admin) -> set[str]:
    """Return the names of the engine's schemas and roles that the server has."""
    found = admin.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'prep\\_%' "
        "UNION SELECT rolname FROM pg_roles WHERE rolname LIKE 'prep\\_%'"
    )
    return {name for (name,) in found}


def test_a_closed_engine_leaves_nothing_on_the_server(engine, admin):
    """Schemas, roles and what answers made are dropped."""
    before = remains(admin)
    with engine.database(DATA, alone=False) as plain, engine.database(DATA, alone=True) as own:
        plain.query("SELECT * FROM t")
        own.query("CREATE TABLE u (x INTEGER); INSERT INTO u VALUES (1)")
        assert remains(admin) - before
    engine.close()
    assert remains(admin) == before


def test_answers_run_without_the_rights_of_the_urls_user(engine):
    """A role of their own can do nothing beyond its schema, and cannot become another."""
    with engine.database(DATA, alone=True) as database:
        found = database.query(
            "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = session_user"
        )
        assert found.table.rows == [(False, False, False)]
        for sql in (
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "SELECT pg_read_file('/etc/passwd')",
            "RESET ROLE; RESET SESSION AUTHORIZATION; CREATE SCHEMA mine",
        ):
            with pytest.raises(SqlError):
                database.query(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH gone AS (DELETE FROM t RETURNING x) SELECT * FROM gone",
        "SELECT * INTO u FROM t",
    ],
)
def test_a_query_changes_nothing(engine, sql):
    """What looks like a query and writes is refused: its transaction is read-only."""
    with engine.database(DATA, alone=False) as database:
        with pytest.raises(SqlError, match="read-only"):
            database.query(sql)
        assert database.query("SELECT count(*) FROM t").table.rows == [(1,)]


def test_a_query_changes_no_setting_for_the_next(engine):
    """Settings and locks of a query are gone with it."""
    with engine.database(DATA, alone=False) as database:
        database.query("SELECT set_config('timezone', 'Asia/Tokyo', false), pg_advisory_lock(7)")
    with engine.database(DATA, alone=False) as database:
        assert database.query("SELECT current_setting('timezone')").table.rows == [("UTC",)]
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7"
        assert database.query(held).table.rows == [(0,)]


def test_types_have_the_servers_names(engine):
    """Also with their length, and of types that a script makes."""
    with engine.database(DATA, alone=True) as database:
        types = database.query(
            "CREATE TYPE mood AS ENUM ('good'); "
            "SELECT 1::numeric(10, 2), 'a'::varchar(3), ARRAY[1], 'good'::mood"
        ).table.types
    assert types == ("numeric(10,2)", "character varying(3)", "integer[]", "mood")


KILLED = """
    import os, sys
    from pathlib import Path
    from pytest_prep.judging.engine import Data
    from pytest_prep.judging.engines.postgres import Postgres

    data = Data("CREATE TABLE t (x INTEGER);", "", False, None, Path())
    with Postgres(sys.argv[1]).database(data, alone=True) as database:
        print("open", flush=True)
        database.query("SELECT pg_sleep(60)")
    """


def test_what_a_killed_run_left_is_dropped_by_the_next(postgres_url, admin):
    """A living run's things stay, whoever starts meanwhile."""
    before = remains(admin)
    child = subprocess.Popen(
        [sys.executable, "-c", dedent(KILLED), postgres_url], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    started_meanwhile = Postgres(postgres_url)
    started_meanwhile.check()
    started_meanwhile.close()
    left = remains(admin) - before
    assert left
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    deadline = time.monotonic() + 20
    while remains(admin) & left and time.monotonic() < deadline:
        time.sleep(0.2)  # until the server has noticed that the run is gone
        next_one = Postgres(postgres_url)
        next_one.check()
        next_one.close()
    assert remains(admin) == before


@pytest.fixture
def plain_user(postgres_url, admin):
    """The URL of a user who may create schemas and no roles."""
    admin.execute("CREATE ROLE someone LOGIN PASSWORD 'secret'")
    admin.execute("GRANT CREATE ON DATABASE postgres TO someone")
    parts = urlsplit(postgres_url)
    yield parts._replace(netloc=f"someone:secret@{parts.hostname}:{parts.port}").geturl()
    admin.execute("DROP OWNED BY someone CASCADE")
    admin.execute("DROP ROLE someone")


def test_a_user_who_cannot_create_roles_will_do(plain_user, admin):
    """Answers then run as this user, in a schema that is dropped too."""
    before = remains(admin)
    engine = Postgres(plain_user)
    for alone in (False, True):
        with engine.database(DATA, alone=alone) as database:
            assert database.query("SELECT current_user, x FROM t").table.rows == [("someone", 1)]
    engine.close()
    assert remains(admin) == before


def test_a_user_who_cannot_create_schemas_is_told_so(plain_user, admin):
    """The message names the right that is missing."""
    admin.execute("REVOKE CREATE ON DATABASE postgres FROM someone")
    engine = Postgres(plain_user)
    with (
        pytest.raises(EngineUnavailable, match="needs CREATE on its database"),
        engine.database(DATA, alone=False),
    ):
        pass
    engine.close()


@pytest.mark.parametrize(
    "url", ["postgresql://me:secret@127.0.0.1:1/practice", "postgresql://me:secret@[", "nonsense"]
)
def test_a_server_that_is_not_there_is_one_line_without_the_password(url):
    """Whatever is wrong with the URL."""
    pytest.importorskip("psycopg")
    with pytest.raises(EngineUnavailable) as caught:
        Postgres(url).check()
    assert "\n" not in str(caught.value)
    assert "PREP_POSTGRES" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_without_psycopg_the_message_names_the_extra(monkeypatch):
    """The engine's driver is optional."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'pytest-prep\[postgres\]'"):
        Postgres("postgresql://localhost/practice").check()
