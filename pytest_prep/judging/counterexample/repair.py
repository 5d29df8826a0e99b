"""Statements that delete, in all databases of a batch, the rows that violate a constraint."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_prep.judging.counterexample.schema import ForeignKey, Schema, TableShape


@dataclass(frozen=True, slots=True)
class Deletion:
    """A DELETE, to be repeated until it deletes nothing where that is said."""

    sql: str
    repeated: bool = False


def deletions(schema: Schema) -> list[Deletion]:
    """Return DELETEs in an order that leaves valid databases.

    Rows that violate a NOT NULL, a CHECK or a key go first, then orphans, parents' tables before
    their children's.
    """
    statements = []
    for table in schema.tables:
        conditions = [f"({check.expression}) IS FALSE" for check in table.checks]
        conditions += [f"{_quoted(c.name)} IS NULL" for c in table.columns if c.not_null]
        if conditions:
            condition = " OR ".join(conditions)
            statements.append(Deletion(f"DELETE FROM {_place(table.name)} WHERE {condition}"))
        statements += [Deletion(_same_key(table, key)) for key in table.keys]
        statements += [
            # A row that is deleted may leave orphans in its own table.
            Deletion(_orphans(schema, table, key), repeated=key.table == table.name)
            for key in table.foreign
        ]
    return statements


def _same_key(table: TableShape, key: tuple[int, ...]) -> str:
    """Delete all rows but the first of those with the same key; NULLs are never the same."""
    names = [_quoted(table.columns[place].name) for place in key]
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    return (
        f"DELETE FROM {_place(table.name)} WHERE rowid IN (SELECT rowid FROM "
        f"{_place(table.name)} WHERE {known} QUALIFY row_number() OVER "
        f"(PARTITION BY __db, {', '.join(names)} ORDER BY rowid) > 1)"
    )


def _orphans(schema: Schema, table: TableShape, key: ForeignKey) -> str:
    """Delete rows without a parent, and those that are their own parent.

    DuckDB checks a row against the rows before it, so it takes no row that refers to itself.
    """
    names = [schema.table(key.table).columns[place].name for place in key.referenced]
    mine = [_quoted(table.columns[place].name) for place in key.columns]
    theirs = [f"there.{_quoted(name)}" for name in names]
    known = " AND ".join(f"here.{name} IS NOT NULL" for name in mine)
    equal = " AND ".join(f"here.{a} = {b}" for a, b in zip(mine, theirs, strict=True))
    other = " AND there.rowid <> here.rowid" if key.table == table.name else ""
    return (
        f"DELETE FROM {_place(table.name)} AS here WHERE {known} AND NOT EXISTS (SELECT 1 FROM "
        f"{_place(key.table)} AS there WHERE there.__db = here.__db AND {equal}{other})"
    )


def _place(table: str) -> str:
    return f"batch.{_quoted(table)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
