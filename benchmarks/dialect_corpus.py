"""Reads the corpus of queries in ``tests/dialect_corpus``, and what each query is judged to be.

A file a dialect, a TOML table a query: ``sql``; ``rows`` and ``source`` where the truth is written
by hand from a manual, else it was recorded by ``benchmarks/dialect_truth.py`` in ``recorded/``;
``refused`` (words of the reason) where the translation must refuse; ``ordered`` where the order of
rows counts; ``digits`` where the original engine cuts numbers off after so many. ``"NULL"`` in
``rows`` is NULL, ``rows = "error"`` an error. The queries of ``common.toml`` count for every
dialect that is not in their ``skip``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pytest_prep.judging.compare import Rules, Table, compare
from pytest_prep.judging.dialect import SUPPORTED, NotSupported, translate
from pytest_prep.judging.engine import SqlSyntaxError

CORPUS = Path(__file__).parent.parent / "tests" / "dialect_corpus"
SCHEMA = (CORPUS / "schema.sql").read_text(encoding="utf-8")
DATA = (CORPUS / "data.sql").read_text(encoding="utf-8")
ERROR = "error"


@dataclass(frozen=True, slots=True)
class Query:
    """One query of the corpus."""

    dialect: str
    name: str
    sql: str
    #: What the original engine returns; None: it refuses the query.
    rows: tuple[tuple[object, ...], ...] | None
    #: The manual's page, or "" where an engine was asked.
    source: str
    #: Words of the expected refusal, or "".
    refused: str
    ordered: bool
    digits: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a query: ``right``, ``refused``, ``stopped`` or ``wrong``.

    ``stopped``: the engine refused the translated query, and the original one does too.
    """

    word: str
    detail: str
    sql: str = ""


def read_corpus(dialect: str) -> list[Query]:
    """Return the queries of a dialect, its own and the common ones."""
    queries = []
    for name in (dialect, "common"):
        facts = _toml(CORPUS / f"{name}.toml")
        recorded = _toml(CORPUS / "recorded" / f"{name}.toml")
        for key, given in facts.items():
            if dialect in given.get("skip", ()):
                continue
            rows = given.get("rows", recorded.get(key, {}).get("rows"))
            if rows is None:
                raise ValueError(f"{name}.toml: [{key}] has no rows, and none were recorded")
            queries.append(
                Query(
                    dialect,
                    key,
                    given["sql"].strip(),
                    None if rows == ERROR else tuple(tuple(map(_cell, row)) for row in rows),
                    given.get("source", ""),
                    given.get("refused", ""),
                    given.get("ordered", False),
                    given.get("digits"),
                )
            )
    return queries


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _cell(value: object) -> object:
    return None if value == "NULL" else value


def outcome(query: Query, connection: Any) -> Outcome:
    """Translate a query, run it in DuckDB and compare.

    Args:
        query: the query.
        connection: a DuckDB connection with the corpus' tables.
    """
    import duckdb

    try:
        sql = translate(query.sql, query.dialect, "duckdb", SCHEMA).sql
    except (NotSupported, SqlSyntaxError) as error:
        return Outcome("refused", str(error))
    try:
        found = connection.execute(sql).fetchall()
        types = tuple(str(column[1]) for column in connection.description)
    except duckdb.Error as error:
        word = "stopped" if query.rows is None else "wrong"
        return Outcome(word, str(error).splitlines()[0], sql)
    if query.rows is None:
        return Outcome("wrong", "the original engine refuses it", sql)
    columns = tuple(f"c{i}" for i in range(len(types)))
    yours = Table(columns, types, [tuple(_rounded(c, query) for c in row) for row in found])
    truth = Table(columns, types, [tuple(_rounded(c, query) for c in row) for row in query.rows])
    if query.ordered:
        numbered = ((*columns, "place"), (*types, "INTEGER"))
        yours, truth = (
            Table(*numbered, [(*row, i) for i, row in enumerate(table.rows)])
            for table in (yours, truth)
        )
    if truth.rows and len(truth.rows[0]) != len(yours.columns):
        return Outcome("wrong", "another number of columns", sql)
    difference = compare(yours, truth, Rules())
    if difference is None:
        return Outcome("right", "", sql)
    return Outcome("wrong", f"{difference.summary}\n{found}\n{list(query.rows)}", sql)


def _rounded(cell: object, query: Query) -> object:
    """Cut a number where the original engine does, and read moments and texts alike."""
    if query.digits is not None and isinstance(cell, float | Decimal):
        return float(round(Decimal(str(cell)), query.digits))
    if isinstance(cell, dt.timedelta):
        return str(cell)
    if query.dialect == "sqlite" and isinstance(cell, dt.date):
        # SQLite's dates are texts.
        return str(cell)
    return cell


def database() -> Any:
    """Return a DuckDB connection with the corpus' tables."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    connection.execute(SCHEMA)
    connection.execute(DATA)
    return connection


__all__ = ["SUPPORTED", "Outcome", "Query", "database", "outcome", "read_corpus"]


def main() -> None:
    """Print what is judged of the corpus, a line a dialect, as Markdown."""
    connection = database()
    print("| dialect | queries | right | refused | wrong |")
    print("|---|---|---|---|---|")
    for dialect in SUPPORTED:
        words = [outcome(query, connection).word for query in read_corpus(dialect)]
        right = words.count("right") + words.count("stopped")
        counts = f"{right} | {words.count('refused')} | {words.count('wrong')}"
        print(f"| {dialect} | {len(words)} | {counts} |")


if __name__ == "__main__":
    main()
