"""Asks real engines what the queries of ``tests/dialect_corpus`` return, and records it.

    python benchmarks/dialect_truth.py postgres "host=127.0.0.1 port=54329 user=postgres"
    python benchmarks/dialect_truth.py mysql "unix_socket=/tmp/mysqld.sock user=root"
    python benchmarks/dialect_truth.py sqlite
    python benchmarks/dialect_truth.py spark

Needs ``psycopg``, ``pymysql`` or ``pyspark`` (which needs Java) for the engine that is asked. The
servers' tables ``staff`` and ``sales`` are dropped and made anew: point it at a scratch database.
Recording PostgreSQL also records the queries of ``common.toml``; recording another engine checks
that it agrees there.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from dialect_corpus import CORPUS, DATA, SCHEMA

Ask = Callable[[str], Iterable[Iterable[Any]]]


def postgres(address: str) -> Ask:
    """PostgreSQL 15, locale C.UTF-8."""
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    connection.execute("DROP TABLE IF EXISTS staff, sales")
    for statement in _statements(SCHEMA.replace("DOUBLE", "DOUBLE PRECISION") + DATA):
        connection.execute(statement)
    return lambda sql: connection.execute(sql).fetchall()


def mysql(address: str) -> Ask:
    """MariaDB 10.11 with MySQL 8's SQL mode and a case-insensitive collation."""
    import pymysql  # type: ignore[import-untyped]

    options: dict[str, Any] = dict(part.split("=", 1) for part in address.split())
    cursor = pymysql.connect(charset="utf8mb4", autocommit=True, **options).cursor()
    for statement in (
        "SET sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO'",
        "CREATE DATABASE IF NOT EXISTS corpus COLLATE utf8mb4_unicode_ci",
        "USE corpus",
        "DROP TABLE IF EXISTS staff, sales",
        *_statements(
            SCHEMA.replace("VARCHAR", "VARCHAR(100)").replace("TIMESTAMP", "DATETIME") + DATA
        ),
    ):
        cursor.execute(statement)

    def ask(sql: str) -> Any:
        cursor.execute(sql)
        return cursor.fetchall()

    return ask


def sqlite(address: str) -> Ask:
    """Python's sqlite3."""
    connection = sqlite3.connect(address or ":memory:")
    connection.executescript(SCHEMA + DATA)
    return lambda sql: connection.execute(sql).fetchall()


def spark(address: str) -> Ask:
    """Spark 3.5, not in ANSI mode."""
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    session = (
        SparkSession.builder.master(address or "local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    types = {"VARCHAR": "STRING", "INTEGER": "INT"}
    for name, rows in re.findall(r"INSERT INTO (\w+) VALUES(.*?);", DATA, re.DOTALL):
        body = re.search(rf"CREATE TABLE {name} \((.*?)\n\);", SCHEMA, re.DOTALL)
        assert body is not None
        columns = re.findall(r"^ +(\w+) (\w+(?:\(\d+, \d+\))?)", body[1], re.MULTILINE)
        casts = ", ".join(f"CAST({c} AS {types.get(t, t)}) AS {c}" for c, t in columns)
        names = ", ".join(c for c, _ in columns)
        session.sql(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {casts} FROM VALUES {rows} AS v({names})"
        )
    return lambda sql: session.sql(sql).collect()


def _statements(script: str) -> list[str]:
    return [part for part in script.split(";") if part.strip()]


def record(name: str, ask: Ask) -> None:
    """Ask the queries of a file that have no rows of their own, and write what came."""
    queries = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))
    lines = ["# Recorded by benchmarks/dialect_truth.py: not to be edited."]
    for key, facts in queries.items():
        if "rows" not in facts:
            lines.append(f"[{key}]\nrows = {answer(ask, facts['sql'])}\n")
    (CORPUS / "recorded").mkdir(exist_ok=True)
    path = CORPUS / "recorded" / f"{name}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def answer(ask: Ask, sql: str) -> str:
    """Return the rows as TOML, or ``"error"``."""
    try:
        rows = [list(row) for row in ask(sql.strip())]
    except Exception as error:
        print(f"{sql.strip()}\n    {str(error).splitlines()[0]}")
        return '"error"'
    return "[" + ", ".join(_toml(row) for row in rows) + "]"


def _toml(value: Any) -> str:
    if value is None:
        return '"NULL"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(float(value))
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(str(value))


def check_common(name: str, ask: Ask) -> None:
    """Compare an engine's answers to the common queries with what SQLite said."""
    queries = tomllib.loads((CORPUS / "common.toml").read_text(encoding="utf-8"))
    recorded = tomllib.loads((CORPUS / "recorded" / "common.toml").read_text(encoding="utf-8"))
    for key, facts in queries.items():
        if name in facts.get("skip", ()) or "rows" in facts:
            continue
        theirs = tomllib.loads(f"rows = {answer(ask, facts['sql'])}")["rows"]
        if _plain(theirs) != _plain(recorded[key]["rows"]):
            print(f"{key}: {name} disagrees: {theirs}")


def _plain(rows: Any) -> Any:
    """Return rows with numbers to nine digits and dates as text, sorted."""
    if isinstance(rows, str):
        return rows
    return sorted(
        [str(round(float(cell), 9)) if isinstance(cell, int | float) else str(cell) for cell in row]
        for row in rows
    )


if __name__ == "__main__":
    engine, address = sys.argv[1], " ".join(sys.argv[2:])
    chosen = {"postgres": postgres, "mysql": mysql, "sqlite": sqlite, "spark": spark}[engine]
    asking = chosen(address)
    if engine == "postgres":
        record("common", asking)
    else:
        check_common(engine, asking)
    record(engine, asking)
