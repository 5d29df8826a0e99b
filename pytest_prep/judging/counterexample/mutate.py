"""Databases near those that were interesting: where the reference returned something new."""

from __future__ import annotations

from collections.abc import Hashable

from pytest_prep.judging.counterexample.generator import Generator
from pytest_prep.judging.counterexample.model import Cell, CellRow, Database
from pytest_prep.judging.counterexample.schema import Schema, TableShape
from pytest_prep.judging.counterexample.trial import Round
from pytest_prep.judging.counterexample.workbench import Failure

_KEPT = 80


class Breeding:
    """Keeps databases that gave new results and makes variants of them."""

    def __init__(self, schema: Schema, generator: Generator) -> None:
        self._schema = schema
        self._generator = generator
        self._seen: set[Hashable] = set()
        self._kept: list[Database] = []

    def learn(self, databases: dict[int, Database]) -> None:
        """Keep the databases that :meth:`interesting` named; the oldest ones go."""
        self._kept = [*databases.values(), *self._kept][:_KEPT]

    def interesting(self, ran: Round, most: int = 30) -> list[int]:
        """Return the numbers of databases with results of a shape not seen before.

        Databases where the answer's intermediate state is rare (a group that passes HAVING, a
        match of an anti-join) show as results that are not empty.
        """
        found = []
        for number, rows in ran.expected.items():
            yours = ran.yours.get(number)
            other = 0 if yours is None or isinstance(yours, Failure) else len(yours)
            distinct = len(set(map(repr, rows)))
            nulls = sum(cell is None for row in rows for cell in row)
            shape = (min(len(rows), 6), min(distinct, 5), min(nulls, 3), min(other, 6))
            if rows and (shape not in self._seen):
                self._seen.add(shape)
                found.append(number)
        rich = sorted(ran.expected, key=lambda n: -len(ran.expected[n]))
        return [*found, *[n for n in rich if n not in found]][:most]

    def variant(self) -> Database | None:
        """Change a kept database in a few places; keys and references are left to repair."""
        if not self._kept:
            return None
        chance = self._generator.chance
        database = {name: list(rows) for name, rows in chance.choice(self._kept).items()}
        for _ in range(chance.choice((1, 1, 2, 2, 3, 5))):
            table = chance.choice(self._schema.tables)
            self._change(table, database[table.name])
        return database

    def _change(self, table: TableShape, rows: list[CellRow]) -> None:
        chance = self._generator.chance
        drawn = chance.random()
        if not rows:
            return
        at = chance.randrange(len(rows))
        if drawn < 0.1:
            del rows[at]
            return
        row = list(rows[at])
        places = [chance.randrange(len(table.columns))]
        if drawn < 0.5:  # a further row, so with another key
            places += [chance.choice(key) for key in table.keys]
        for place in places:
            row[place] = self._cell(table, place, rows)
        if drawn < 0.5:
            rows.insert(chance.randrange(len(rows) + 1), tuple(row))
        else:
            rows[at] = tuple(row)

    def _cell(self, table: TableShape, place: int, rows: list[CellRow]) -> Cell:
        chance = self._generator.chance
        drawn = chance.random()
        if drawn < 0.15 and not table.columns[place].not_null:
            return None
        if drawn < 0.45:
            return chance.choice(rows)[place]
        pool = self._generator.pools[(table.name, place)]
        special = sorted(pool.special)
        values = special if special and chance.random() < 0.5 else pool.values
        return chance.choice(values) if values else None
