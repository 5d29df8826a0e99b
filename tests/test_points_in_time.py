"""DuckDB's points in time: readable without pytz, and the same wherever the machine stands."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pytest_prep.judging.engine import Data, SqlError
from pytest_prep.judging.engines.duckdb import DuckDB

NOW = dt.datetime(1970, 1, 1, 0, 0, 1)
DATA = Data("CREATE TABLE t (a INTEGER);", "INSERT INTO t VALUES (1);", False, None, Path())


@pytest.fixture(params=[False, True], ids=["shared", "alone"])
def database(request, monkeypatch):
    """A database on a machine in New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    engine = DuckDB([])
    with engine.database(DATA, alone=request.param) as database:
        yield database
    engine.close()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        pytest.param("SELECT to_timestamp(a), a FROM t; -- the end", [(NOW, 1)], id="column"),
        pytest.param("SELECT a AS x, to_timestamp(a) AS x FROM t", [(1, NOW)], id="name-twice"),
        pytest.param("SELECT [to_timestamp(a)] FROM t", [([NOW],)], id="list"),
        pytest.param("SELECT {'at': to_timestamp(a)} FROM t", [({"at": NOW},)], id="struct"),
        pytest.param("SELECT to_timestamp(a)::TIMESTAMP FROM t", [(NOW,)], id="cast"),
        pytest.param("SELECT to_timestamp(a)::VARCHAR FROM t", [("1970-01-01 00:00:01+00",)]),
        pytest.param(
            "SELECT to_timestamp(a + n) FROM t, (VALUES (2), (0), (1)) AS v (n) ORDER BY n DESC",
            [(NOW + dt.timedelta(seconds=n),) for n in (2, 1, 0)],
            id="order",
        ),
    ],
)
def test_a_point_in_time_is_its_timestamp_in_utc(database, sql, rows):
    """Also inside lists and structs; casts do not heed the machine's zone either."""
    assert database.query(sql).table.rows == rows


def test_one_that_cannot_be_read_is_told(database):
    """Where the last statement is no plain query, the message says what to write."""
    with pytest.raises(SqlError, match="cast it to TIMESTAMP"):
        database.query("PIVOT (SELECT a, to_timestamp(a) AS w FROM t) ON a USING max(w)")


def test_ctrl_c_during_a_query_is_an_interrupt():
    """DuckDB turns it into an error of its own; the run must stop, and not go on."""
    engine = DuckDB([])
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    endless = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n FROM r) SELECT max(n) FROM r"
    with engine.database(DATA, alone=False) as database:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            database.query(endless, wall=20)
    engine.close()
