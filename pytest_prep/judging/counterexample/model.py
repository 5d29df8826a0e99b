"""What goes into a search and what comes out of it: plain data that crosses processes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from pytest_prep.judging.difference import Difference

#: ``differs``: the results are not equal. ``order-dependent``: the answer is right or wrong
#: depending on the order in which the rows were inserted. ``error``: the engine stopped the
#: answer with a message. ``timeout``: the answer did not end in time. ``memory``: it needed too
#: much.
Reason = Literal["differs", "order-dependent", "error", "timeout", "memory"]
REASONS: tuple[Reason, ...] = get_args(Reason)

#: A value as text that the column's type accepts, or None for NULL.
Cell = str | None
#: The cells of one row, in the order of the table's columns.
CellRow = tuple[Cell, ...]
#: The rows of every table, by the table's name.
Database = dict[str, list[CellRow]]


def seed_of(*texts: str) -> int:
    """Return a seed that depends on the texts only: the kata's id, its schema, the queries."""
    digest = hashlib.blake2b("\0".join(texts).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")


@dataclass(frozen=True, slots=True)
class Hints:
    """What an author may tell the search."""

    #: Values that columns should take, by ``table.column``, as text.
    domains: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table of a counterexample, with all its columns."""

    name: str
    columns: tuple[str, ...]
    #: The engine's names of the types.
    types: tuple[str, ...]
    #: Text that the column's type accepts; None for NULL. In the order of insertion.
    rows: tuple[CellRow, ...]
    #: Places of the columns that a query names; the others matter to the constraints only.
    named: tuple[int, ...]

    def literals(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as SQL literals."""
        return tuple(
            tuple(literal(cell, kind) for cell, kind in zip(row, self.types, strict=True))
            for row in self.rows
        )

    def display(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as text to show, in the columns :attr:`named`.

        NULL is ``NULL``. Text that could be misread (empty, ``NULL``, with blanks) is quoted.
        """
        return tuple(
            tuple(_display(row[i], self.types[i]) for i in self.named) for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as text: at most :data:`ROWS_SHOWN` rows of it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: All rows of the result.
    count: int


ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A database that satisfies the schema and on which the answer is wrong."""

    tables: tuple[ShownTable, ...]
    reason: Reason
    expected: Shown
    #: What the answer returned; None where it did not return.
    yours: Shown | None
    #: The engine's message where the answer failed.
    error: str | None
    #: None where there is nothing to compare with.
    difference: Difference | None
    #: Of reason ``order-dependent``: a right result of the answer, on the same rows in another
    #: order of insertion, is what is expected; this says so in one sentence. Empty otherwise.
    note: str = ""
    #: One sentence on a small change after which no difference was found; empty without one.
    meant: str = ""

    @property
    def size(self) -> int:
        """The number of rows in all tables."""
        return sum(len(table.rows) for table in self.tables)

    def database(self) -> Database:
        """Return the rows by table."""
        return {table.name: list(table.rows) for table in self.tables}

    def as_sql(self) -> str:
        """Return INSERTs to paste below the schema, parents before children."""
        statements = []
        for table in self.tables:
            if table.rows:
                listed = ", ".join(identifier(name) for name in table.columns)
                rows = ",\n".join(f"    ({', '.join(row)})" for row in table.literals())
                statements.append(
                    f"INSERT INTO {identifier(table.name)} ({listed}) VALUES\n{rows};\n"
                )
        return "".join(statements) or "-- no rows at all\n"

    def to_dict(self) -> dict[str, Any]:
        """Return it as str, int, None, list and dict only."""
        data = _listed(asdict(self))
        data["difference"] = self.difference.to_dict() if self.difference else None
        return data  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Counterexample:
        """Rebuild what :meth:`to_dict` returned, also after a trip through JSON.

        Raises:
            ValueError: ``data`` names no known reason.
        """
        if data["reason"] not in REASONS:
            raise ValueError(f"{data['reason']!r} is not a reason")
        return cls(
            tables=tuple(
                ShownTable(
                    t["name"],
                    tuple(t["columns"]),
                    tuple(t["types"]),
                    _rows(t["rows"]),
                    tuple(t["named"]),
                )
                for t in data["tables"]
            ),
            reason=data["reason"],
            expected=_shown(data["expected"]),
            yours=_shown(data["yours"]) if data["yours"] else None,
            error=data["error"],
            difference=Difference.from_dict(data["difference"]) if data["difference"] else None,
            note=data["note"],
            meant=data.get("meant", ""),
        )


@dataclass(frozen=True, slots=True)
class Search:
    """The outcome of a search."""

    #: None: no difference on :attr:`databases` databases. That is never "equivalent".
    counterexample: Counterexample | None
    #: How many databases both queries ran on.
    databases: int
    #: CPU seconds, shrinking included.
    cpu: float
    seed: int
    #: CPU seconds until the first database that differs; None where there is none.
    found: float | None = None

    @property
    def summary(self) -> str:
        """One sentence for people."""
        if self.counterexample is None:
            return f"no difference on {self.databases:,} databases"
        rows = self.counterexample.size
        return f"differs on a database of {rows} row{'' if rows == 1 else 's'}"


def identifier(name: str) -> str:
    """Quote a name where SQL needs it."""
    return name if name.isidentifier() and name.islower() else '"' + name.replace('"', '""') + '"'


_BARE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "U", "DECIMAL", "DOUBLE", "FLOAT")


def literal(cell: Cell, kind: str) -> str:
    """Write a cell as an SQL literal that a column of this type takes in an INSERT."""
    if cell is None:
        return "NULL"
    if kind == "BOOLEAN" or (kind.startswith(_BARE) and kind != "UUID" and cell[-1:].isdigit()):
        return cell if "[" not in kind else _quoted(cell)
    return _quoted(cell)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _display(cell: Cell, kind: str) -> str:
    if cell is None:
        return "NULL"
    misread = not cell or cell != cell.strip() or cell.upper() == "NULL" or not cell.isprintable()
    return _quoted(cell) if misread and kind == "VARCHAR" else cell


def _listed(value: Any) -> Any:
    """Replace tuples by lists, so that the data looks the same after a trip through JSON."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    return value


def _rows(rows: Sequence[Sequence[Cell]]) -> tuple[CellRow, ...]:
    return tuple(tuple(row) for row in rows)


def _shown(data: dict[str, Any]) -> Shown:
    rows = tuple(tuple(row) for row in data["rows"])
    return Shown(tuple(data["columns"]), rows, data["count"])
