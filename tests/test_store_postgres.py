"""The PostgreSQL store where something is wrong, and what it never prints; a cohort's katas."""

from __future__ import annotations

import os
import sys
from urllib.parse import quote, urlsplit

import pytest

from pytest_prep.progress.events import new_event
from pytest_prep.progress.postgres import login, secrets_of
from pytest_prep.progress.rows import SCHEMA
from pytest_prep.progress.store import StoreError, Target, open_store, shown

SQL = "sql/joins/no_orders"


@pytest.fixture
def url(postgres_url, tmp_path):
    """The URL of a database of one's own."""
    psycopg = pytest.importorskip("psycopg")
    name = f"prep_own_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


# -- what is shown


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("postgresql://me:geheim@host:5432/practice", "postgresql://host:5432/practice"),
        ("postgresql://me@host/practice", "postgresql://host/practice"),
        ("postgresql://host/practice?password=geheim", "postgresql://host/practice"),
        ("postgresql://me:ge/hei?m#@x@host/practice", "postgresql://host/practice"),
        ("/home/me@work/.prep/progress.sqlite3", "/home/me@work/.prep/progress.sqlite3"),
    ],
)
def test_a_place_is_shown_without_secrets(place: str, seen: str) -> None:
    """Neither user nor password nor options, however they are written."""
    assert shown(place) == str(Target(place)) == repr(Target(place)) == seen


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:geheim@127.0.0.1:1/practice",
        "postgresql://me:ge%68eim@127.0.0.1:1/practice",
        "postgresql://me:geheim@no.such.host.invalid/practice",
        "postgresql://me:geheim/x@127.0.0.1/practice",
        "postgresql://me:x@127.0.0.1:1/practice?password=geheim",
        "postgresql://me:x@127.0.0.1/practice?no_such_option=geheim",
        "mysql://me:geheim@127.0.0.1/practice",
        "http://geheim@127.0.0.1",
    ],
)
def test_no_error_tells_the_password(url: str) -> None:
    """No server, a wrong URL, another database: the message names the host only."""
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as error:
        open_store(Target(url, "ada"))
    assert "geheim" not in str(error.value)
    assert "ge%68eim" not in str(error.value)
    assert error.value.__cause__ is None
    assert urlsplit("//" + str(error.value).partition("://")[2]).netloc


def test_a_wrong_password_is_not_repeated(url: str) -> None:
    """The server's own refusal is passed on, without what was refused."""
    parts = urlsplit(url)
    wrong = url.replace(f":{quote(parts.password or '')}@", ":geheim%20wort@")
    with pytest.raises(StoreError, match="authentication failed") as error:
        open_store(Target(wrong))
    assert "geheim" not in str(error.value)
    assert secrets_of(wrong) == ["geheim%20wort", "geheim wort"]


def test_without_the_driver_the_mend_is_named(monkeypatch) -> None:
    """The extra that brings it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'pytest-prep\[postgres\]'"):
        open_store("postgresql://me:geheim@host/practice")


# -- versions and lost connections


def test_a_newer_store_is_refused_with_the_mend(url: str) -> None:
    """As the SQLite store does."""
    import psycopg

    open_store(Target(url)).close()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("UPDATE pytest_prep.version SET number = %s", (SCHEMA + 1,))
    with pytest.raises(StoreError, match=rf"version {SCHEMA + 1}.*pip install -U pytest-prep"):
        open_store(Target(url))


def test_a_lost_connection_is_made_again(url: str) -> None:
    """A server that was restarted under a long session costs no event."""
    import psycopg

    store = open_store(Target(url, "ada"))
    store.append([new_event("note", {"n": 1})])
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'pytest-prep' AND datname = current_database()"
        )
    assert store.append([new_event("note", {"n": 2})]) == 1
    assert [event.data["n"] for event in store.events()] == [1, 2]
    store.close()


def test_who_may_not_create_tables_is_told_so(url: str) -> None:
    """The server's refusal, in one line."""
    import psycopg

    role, host = f"guest_{os.getpid()}", urlsplit(url).netloc.rpartition("@")[2]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'geheim'")
        try:
            guest = f"postgresql://{role}:geheim@{host}{urlsplit(url).path}"
            with pytest.raises(StoreError, match="permission denied") as error:
                open_store(Target(guest))
            assert "\n" not in str(error.value)
        finally:
            server.execute(f"DROP ROLE {role}")


# -- a cohort


def test_a_cohort_s_attempts(url: str, katas, monkeypatch) -> None:
    """Sessions of several learners go to one database, each with its name; a login is one too."""
    monkeypatch.setenv("PREP_STORE", url)
    katas.solve(SQL)
    for learner in ("ada", "bob", ""):
        monkeypatch.setenv("PREP_LEARNER", learner)
        result = katas.run(f"katas/{SQL}")
        result.stdout.fnmatch_lines(["newly accepted: no_orders", "today: *"])
    store = open_store(Target(url, "ada"))
    assert [e.learner for e in store.events(everyone=True)] == ["ada", "bob", login()]
    assert len(list(store.events())) == 1
    store.close()
    assert not (katas.root / ".prep" / "progress.sqlite3").exists()


def test_a_server_that_is_away_changes_no_verdict(katas, monkeypatch) -> None:
    """One line says why nothing was recorded."""
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PREP_STORE", "postgresql://me:geheim@127.0.0.1:1/practice")
    katas.solve(SQL)
    result = katas.run(f"katas/{SQL}")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        ["accepted *", "not recorded: postgresql://127.0.0.1:1/practice: *"]
    )
    result.stdout.no_fnmatch_line("*geheim*")
