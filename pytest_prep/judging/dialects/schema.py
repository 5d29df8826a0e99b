"""The kata's tables, for sqlglot: columns, types and keys out of ``schema.sql``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kata's CREATE TABLE statements say; every name in lower case."""

    #: Table → column → type.
    tables: dict[str, dict[str, exp.DataType]]
    #: Table → the columns of its primary key.
    keys: dict[str, frozenset[str]]


def read_schema(sql: str) -> Schema:
    """Read the CREATE TABLE statements of a script in DuckDB's SQL."""
    import sqlglot
    from sqlglot import exp

    tables: dict[str, dict[str, exp.DataType]] = {}
    keys: dict[str, frozenset[str]] = {}
    for statement in sqlglot.parse(sql, read="duckdb"):
        if not isinstance(statement, exp.Create) or statement.kind != "TABLE":
            continue
        name = statement.find(exp.Table)
        if name is None:
            continue
        columns: dict[str, exp.DataType] = {}
        key: set[str] = set()
        for column in statement.find_all(exp.ColumnDef):
            stated = column.args["kind"]
            # A type with parameters would hide a wider one beside it in an expression.
            plain = stated.this in (exp.DType.DECIMAL, *exp.DataType.TEXT_TYPES)
            columns[column.name.lower()] = exp.DataType(this=stated.this) if plain else stated
            if column.find(exp.PrimaryKeyColumnConstraint):
                key.add(column.name.lower())
        for constraint in statement.find_all(exp.PrimaryKey):
            key.update(part.name.lower() for part in constraint.expressions)
        tables[name.name.lower()] = columns
        keys[name.name.lower()] = frozenset(key)
    return Schema(tables, keys)
