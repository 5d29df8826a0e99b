"""Sample data for the tables of a schema, made up by Faker under a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

    from pytest_prep.judging.counterexample.schema import Column, TableShape

#: Rows of each table in the sample, and in the first edge case.
ROWS, FEW = 6, 2
#: So often a row that the schema refuses is made anew.
TRIES = 40
#: Share of NULLs where they are allowed.
NULLS = 0.2
_START = date(2024, 1, 1)
_TEXTS = re.compile(r"'((?:[^']|'')*)'")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
#: Words in a column's name → Faker's provider.
_PROVIDERS = (
    ("email", "email"), ("city", "city"), ("country", "country"), ("street", "street_name"),
    ("address", "street_address"), ("company", "company"), ("phone", "phone_number"),
    ("job", "job"), ("url", "url"), ("colour", "color_name"), ("color", "color_name"),
    ("name", "last_name"), ("title", "word"),
)  # fmt: skip


class SchemaBroken(Exception):
    """The schema cannot be used; ``str(error)`` is the engine's message."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an SQL kata can begin with."""

    #: CREATE TABLE statements.
    schema: str
    #: INSERTs of the sample.
    sample: str
    #: INSERTs of the first edge case.
    few: str
    #: A query that stands in for the reference.
    reference: str
    #: Its result on the sample, as a Markdown table.
    example: str


def draft(schema: str, seed: int) -> Draft:
    """Return rows for the tables of a schema, and a query of them.

    Args:
        schema: CREATE TABLE statements for DuckDB.
        seed: the same seed gives the same rows.

    Raises:
        SchemaBroken: the engine refuses the schema, or it makes no table.
    """
    import duckdb

    from pytest_prep.judging.counterexample.schema import read_schema

    scripts = []
    tables: tuple[TableShape, ...] = ()
    for number in (ROWS, FEW):
        with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
            try:
                connection.execute(schema)
            except duckdb.Error as error:
                raise SchemaBroken(f"the schema: {error}".split("\n")[0]) from error
            tables = read_schema(connection, schema).tables
            if not tables:
                raise SchemaBroken("the schema makes no table")
            scripts.append(_fill(connection, tables, _Maker(seed + (number == FEW)), number))
    # parents come first: the last table is what the kata is about
    table = tables[-1]
    columns = ", ".join(column.name for column in table.columns)
    query = f"SELECT {columns}\nFROM {table.name};\n"
    sample, few = scripts
    return Draft(schema, sample, few, query, _example(schema, sample, query))


def _example(schema: str, sample: str, query: str) -> str:
    """Return the result of a query on the sample as a Markdown table."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
        connection.execute(schema)
        connection.execute(sample)
        connection.execute(query)
        names = [column[0] for column in connection.description or []]
        rows = [[_cell(value) for value in row] for row in connection.fetchall()]
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return "NULL" if value is None else str(value)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[TableShape, ...],
    maker: _Maker,
    number: int,
) -> str:
    """Insert rows that the schema accepts; return them as a script."""
    import duckdb

    kept: dict[str, list[list[object]]] = {}
    script = []
    for table in tables:
        rows: list[list[object]] = []
        kept[table.name] = rows
        places = ", ".join("?" * len(table.columns))
        for _ in range(number):
            for _ in range(TRIES):
                row = maker.row(table, len(rows) + 1, kept)
                try:
                    connection.execute(f"INSERT INTO {table.name} VALUES ({places})", row)
                except duckdb.Error:
                    continue
                rows.append(row)
                break
        if rows:
            lines = ",\n".join(f"    ({', '.join(map(_literal, row))})" for row in rows)
            script.append(f"INSERT INTO {table.name} VALUES\n{lines};\n")
    return "\n".join(script)


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


class _Maker:
    """Makes values that suit a column's name, type and CHECKs."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - sample data
        self._fake: Any = None
        try:
            from faker import Faker
        except ImportError:
            return
        self._fake = Faker("en_GB")
        self._fake.seed_instance(seed)

    def row(
        self, table: TableShape, number: int, kept: dict[str, list[list[object]]]
    ) -> list[object]:
        """Return a row; ``number`` counts the table's rows from 1."""
        values: list[object] = [
            self._value(table, place, column, number) for place, column in enumerate(table.columns)
        ]
        for key in table.foreign:
            parents = kept.get(key.table, [])
            if parents:
                parent = self._random.choice(parents)
                for own, theirs in zip(key.columns, key.referenced, strict=True):
                    values[own] = parent[theirs]
        return values

    def _value(self, table: TableShape, place: int, column: Column, number: int) -> object:
        is_key = (place,) in table.keys
        if not column.not_null and not is_key and self._random.random() < NULLS:
            return None
        checks = " ".join(c.expression for c in table.checks if place in c.columns)
        make: dict[str, Callable[[], object]] = {
            "int": lambda: number if is_key else self._number(column.name, checks),
            "decimal": lambda: Decimal(self._random.randrange(100, 20_000)) / 100,
            "float": lambda: self._random.randrange(100, 20_000) / 100,
            "date": lambda: _START + timedelta(days=self._random.randrange(60)),
            "timestamp": lambda: (
                datetime(2024, 1, 1, 8) + timedelta(minutes=5 * self._random.randrange(4000))
            ),
            "bool": lambda: self._random.random() < 0.5,
        }
        if column.kind in make:
            return make[column.kind]()
        return self._text(column.name.lower(), checks, number)

    def _number(self, name: str, checks: str) -> int:
        bounds = [int(float(number)) for number in _NUMBERS.findall(checks)]
        if "year" in name and not bounds:
            return self._random.randrange(2015, 2025)
        low, high = (min(bounds), max(bounds)) if len(bounds) > 1 else (1, 50)
        return self._random.randint(low, max(low, high))

    def _text(self, name: str, checks: str, number: int) -> str:
        allowed = [text.replace("''", "'") for text in _TEXTS.findall(checks)]
        if allowed:
            return str(self._random.choice(allowed))
        if self._fake is None:
            return f"{name} {number}"
        provider = next((p for word, p in _PROVIDERS if word in name), None)
        if provider is not None:
            return str(getattr(self._fake, provider)())
        return str(self._fake.bothify("??##")).upper()
