"""The tables of a schema with their constraints, as DuckDB's catalogue tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import duckdb

Kind = Literal[
    "int", "decimal", "float", "text", "date", "timestamp", "time", "bool", "enum", "other"
]

#: A column by the place of its table's name and its own: ``("orders", 2)``.
Ref = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    #: The engine's name of the type.
    type: str
    kind: Kind
    not_null: bool


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns, by place, whose values must stand in columns of another row."""

    columns: tuple[int, ...]
    table: str
    referenced: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK: its expression and the places of the columns it reads."""

    expression: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table."""

    name: str
    columns: tuple[Column, ...]
    #: Places of the columns of each PRIMARY KEY or UNIQUE constraint, the primary key first.
    keys: tuple[tuple[int, ...], ...]
    foreign: tuple[ForeignKey, ...]
    checks: tuple[Check, ...]

    @property
    def refers_to_itself(self) -> bool:
        """Whether a foreign key of the table points into the table."""
        return any(key.table == self.name for key in self.foreign)


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables, parents before children."""

    sql: str
    tables: tuple[TableShape, ...]

    def table(self, name: str) -> TableShape:
        """Return the table of that name."""
        return next(table for table in self.tables if table.name == name)

    def column(self, ref: Ref) -> Column:
        """Return a column."""
        return self.table(ref[0]).columns[ref[1]]


def read_schema(connection: duckdb.DuckDBPyConnection, sql: str) -> Schema:
    """Read the tables of the connection's current database, made by the script ``sql``."""
    columns: dict[str, list[Column]] = {}
    for table, name, kind, nullable in connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE database_name = current_database() AND NOT internal ORDER BY table_oid, column_index"
    ).fetchall():
        columns.setdefault(table, []).append(Column(name, kind, kind_of(kind), not nullable))
    found: dict[str, list[tuple[str, str, list[str], str, list[str]]]] = {}
    for table, *rest in connection.execute(
        "SELECT table_name, constraint_type, expression, constraint_column_names, "
        "referenced_table, referenced_column_names FROM duckdb_constraints() "
        "WHERE database_name = current_database() ORDER BY table_oid, constraint_index"
    ).fetchall():
        found.setdefault(table, []).append(tuple(rest))
    places = {table: {c.name: i for i, c in enumerate(cs)} for table, cs in columns.items()}
    shapes = []
    for table, listed in columns.items():
        own = places[table]
        keys: list[tuple[int, ...]] = []
        foreign: list[ForeignKey] = []
        checks: list[Check] = []
        for kind, expression, names, other, referenced in found.get(table, []):
            here = tuple(own[name] for name in names if name in own)
            if kind == "PRIMARY KEY":
                keys.insert(0, here)
            elif kind == "UNIQUE":
                keys.append(here)
            elif kind == "CHECK":
                checks.append(Check(expression, tuple(sorted(set(here)))))
            elif kind == "FOREIGN KEY":
                there = tuple(places[other][name] for name in referenced)
                foreign.append(ForeignKey(here, other, there))
        shapes.append(TableShape(table, tuple(listed), tuple(keys), tuple(foreign), tuple(checks)))
    return Schema(sql, tuple(_parents_first(shapes)))


def kind_of(name: str) -> Kind:
    """Return the kind of values a type of DuckDB holds."""
    if name.endswith("]") or name.startswith(("STRUCT", "MAP", "UNION")):
        return "other"
    for start, kind in _KINDS:
        if name.startswith(start):
            return kind
    return "other"


_KINDS: tuple[tuple[str, Kind], ...] = (
    ("TINYINT", "int"),
    ("SMALLINT", "int"),
    ("INTEGER", "int"),
    ("BIGINT", "int"),
    ("HUGEINT", "int"),
    ("UTINYINT", "int"),
    ("USMALLINT", "int"),
    ("UINTEGER", "int"),
    ("UBIGINT", "int"),
    ("UHUGEINT", "int"),
    ("DECIMAL", "decimal"),
    ("DOUBLE", "float"),
    ("FLOAT", "float"),
    ("VARCHAR", "text"),
    ("DATE", "date"),
    ("TIMESTAMP", "timestamp"),
    ("TIME", "time"),
    ("BOOLEAN", "bool"),
    ("ENUM", "enum"),
)


def _parents_first(shapes: Sequence[TableShape]) -> list[TableShape]:
    """Sort tables so that each comes after those it refers to; DuckDB allows no cycles of them."""
    done: list[TableShape] = []
    waiting = list(shapes)
    while waiting:
        names = {table.name for table in done}
        ready = [t for t in waiting if all(k.table in {*names, t.name} for k in t.foreign)]
        done += ready or waiting
        waiting = [table for table in waiting if table not in done]
    return done
