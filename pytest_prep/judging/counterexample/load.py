"""Rows into real tables, with all their constraints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pytest_prep.judging.counterexample.model import CellRow, Database
from pytest_prep.judging.counterexample.schema import Schema, TableShape
from pytest_prep.judging.counterexample.workbench import quoted

if TYPE_CHECKING:
    import duckdb


def insert(cursor: duckdb.DuckDBPyConnection, schema: Schema, database: Database) -> None:
    """Insert a database into the tables of the cursor's schema.

    Raises:
        duckdb.Error: a constraint refuses it.
    """
    for table in schema.tables:
        rows = database[table.name]
        for part in _generations(table, rows) if table.refers_to_itself else [rows]:
            if part:
                casts = ", ".join(f"CAST(unnest(?::VARCHAR[]) AS {c.type})" for c in table.columns)
                columns = [list(column) for column in zip(*part, strict=True)]
                cursor.execute(f"INSERT INTO {quoted(table.name)} SELECT {casts}", columns)


def _generations(table: TableShape, rows: Sequence[CellRow]) -> list[list[CellRow]]:
    """Split rows so that those a row refers to come before: DuckDB checks statement by statement.

    Rows whose parent comes nowhere are a last part of their own, for the engine to refuse.
    """
    parts: list[list[CellRow]] = []
    waiting = list(rows)
    own = [key for key in table.foreign if key.table == table.name]
    while waiting:
        known = [
            {tuple(row[i] for i in key.referenced) for part in parts for row in part} for key in own
        ]
        ready = [
            row
            for row in waiting
            if all(
                None in (cells := tuple(row[i] for i in key.columns)) or cells in there
                for key, there in zip(own, known, strict=True)
            )
        ]
        parts.append(ready or waiting)
        waiting = [row for row in waiting if row not in ready] if ready else []
    return parts
