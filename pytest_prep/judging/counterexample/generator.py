"""Small databases drawn by chance, each in another manner (swarm testing).

A database whose columns take few different values has ties, matches and duplicates; one with a run
of consecutive values has gaps and islands; one where most children share a parent has fan-out. No
single manner finds all mistakes, so each database draws its own. After Groce et al., Swarm
Testing (ISSTA 2012).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from pytest_prep.judging.counterexample.clues import MOST_ROWS, Clues
from pytest_prep.judging.counterexample.domains import Domain, edges, grouped
from pytest_prep.judging.counterexample.manner import Manner
from pytest_prep.judging.counterexample.model import Cell, CellRow, Database
from pytest_prep.judging.counterexample.pools import Pool
from pytest_prep.judging.counterexample.schema import Column, Ref, Schema, TableShape

_ROWS = (0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8)
_RUN_KINDS = frozenset({"int", "date", "timestamp"})
_TRIES = 5
#: As many literals make a domain of their own: one group of each.
_COVERED = 6


class Generator:
    """Draws databases that satisfy all but the CHECKs over several columns."""

    def __init__(
        self, schema: Schema, pools: dict[Ref, Pool], clues: Clues, chance: random.Random
    ) -> None:
        self._schema = schema
        self.pools = pools
        #: The source of chance that everything is drawn from.
        self.chance = chance
        self._counts = sorted(n for n in clues.counts if 2 <= n <= MOST_ROWS)
        self.groups = grouped(schema, clues)
        self._domains = {
            root: Domain.of([pools[ref] for ref in self.groups if self.groups[ref] == root])
            for root in set(self.groups.values())
        }
        self._columns = {ref: schema.column(ref) for ref in pools}
        self._allowed = {ref: frozenset(pool.values) for ref, pool in pools.items()}
        #: By table, two columns that share a domain and refer to no other table.
        self.edges = edges(schema, self.groups)
        #: Set where a recursion did not end: two columns of a table that share a domain (the two
        #: ends of an edge) then only lead forward, so that there are no circles.
        self.forward_only = False

    def database(self) -> Database:
        """Draw one database."""
        manner = Manner.drawn(self.chance)
        drawing = _Drawing(self, manner)
        database: Database = {}
        for table in self._schema.tables:
            database[table.name] = drawing.table(table, self._rows(), database)
        return database

    def _rows(self) -> int:
        chance = self.chance
        if self._counts and chance.random() < 0.35:
            return max(0, chance.choice(self._counts) + chance.choice((-1, 0, 0, 1, 1, 2)))
        return chance.choice(_ROWS)

    def active(self, root: Ref, manner: Manner) -> list[str]:
        """Draw the few values that the columns of a domain take in one database."""
        domain = self._domains[root]
        values = domain.values
        if not values:
            return []
        chance = self.chance
        if manner.covering and 1 <= len(domain.exact) <= _COVERED:
            return domain.exact
        usual = manner.domain
        size = min(len(values), chance.choice((1, usual, usual, usual + 1, 4)))
        if manner.runs:
            start = chance.randrange(len(values) - size + 1)
            return values[start : start + size]
        chosen: dict[str, None] = {}
        for _ in range(size):
            source = values
            if domain.special and chance.random() < manner.special:
                source = domain.special
                if domain.exact and chance.random() < 0.5:
                    source = domain.exact
            chosen[chance.choice(source)] = None
        return list(chosen)

    def column(self, ref: Ref) -> Column:
        """Return a column of the schema."""
        return self._columns[ref]

    def allowed(self, ref: Ref) -> frozenset[str]:
        """Return the values that a column may take at all."""
        return self._allowed[ref]

    def around_exact(self, ref: Ref) -> list[str]:
        """Return a column's values in a new order, one of the literals first."""
        domain = self._domains[self.groups[ref]]
        values = [value for value in domain.values if value in self._allowed[ref]]
        self.chance.shuffle(values)
        start = self.chance.choice(domain.exact) if domain.exact else None
        return sorted(values, key=lambda value: value != start)

    def forward(self, table: TableShape, row: list[Cell]) -> bool:
        """Whether columns that share a domain ascend within the row; they are swapped if not."""
        ends: dict[Ref, list[int]] = {}
        for place in range(len(table.columns)):
            ends.setdefault(self.groups[(table.name, place)], []).append(place)
        for root, places in ends.items():
            cells = [row[place] for place in places]
            if len(places) > 1 and None not in cells:
                order = self._domains[root].values.index
                cells.sort(key=lambda cell: order(cell or ""))
                if len(set(cells)) < len(cells):
                    return False
                for place, cell in zip(places, cells, strict=True):
                    row[place] = cell
        return True


class _Drawing:
    """One database in the making."""

    def __init__(self, generator: Generator, manner: Manner) -> None:
        self._generator = generator
        self._manner = manner
        self._chance = generator.chance
        self._random = generator.chance.random
        self._domains: dict[Ref, list[str]] = {}
        self._chains: dict[Ref, list[str]] = {}
        self._null_rates: dict[Ref, float] = {}
        self._taken: dict[Ref, list[str]] = {}
        #: How many values or parents were dealt out, by column or foreign key.
        self._dealt: dict[Ref, int] = {}

    def table(self, table: TableShape, count: int, database: Database) -> list[CellRow]:
        manner, chance, generator = self._manner, self._chance, self._generator
        rows: list[CellRow] = []
        seen: list[set[tuple[Cell, ...]]] = [set() for _ in table.keys]
        parents: list[tuple[Cell, ...] | None] = [None] * len(table.foreign)
        runs = self._runs(table, count)
        owned = {place for key in table.foreign for place in key.columns}
        for number in range(count):
            for attempt in range(_TRIES):
                row: list[Cell] = [None] * len(table.columns)
                copied = rows and chance.random() < manner.copying
                if copied:
                    row = list(chance.choice(rows))
                redrawn = self._redrawn(table) if copied else range(len(table.columns))
                for place in redrawn:
                    if place in owned:
                        continue
                    run = runs.get(place)
                    # A run that breaks a key gives way to any value on the last attempts.
                    if run is not None and attempt < _TRIES - 2:
                        row[place] = run[number]
                    else:
                        row[place] = self._cell((table.name, place), fresh=attempt >= 2)
                if not (copied and chance.random() < 0.5) and not self._refer(
                    table, row, parents, rows, database
                ):
                    continue
                if manner.chained:
                    self._chain(table, row, number)
                if generator.forward_only and not generator.forward(table, row):
                    continue
                if self._unique(table, row, seen):
                    rows.append(tuple(row))
                    break
        chance.shuffle(rows)
        return rows

    def _redrawn(self, table: TableShape) -> Sequence[int]:
        """Return the places that a copy changes: the columns of keys, and one or two others."""
        places = {place for key in table.keys for place in self._chance.sample(key, 1)}
        places.add(self._chance.randrange(len(table.columns)))
        return sorted(places)

    def _cell(self, ref: Ref, *, fresh: bool) -> Cell:
        null_rate = self._null_rate(ref)
        if null_rate and self._random() < null_rate:
            return None
        values: Sequence[str] = self._generator.pools[ref].values if fresh else self._values(ref)
        if not values:
            return None
        if self._manner.dealt:
            self._dealt[ref] = turn = self._dealt.get(ref, 0) + 1
            return values[turn % len(values)]
        return values[int(self._random() * len(values))]

    def _null_rate(self, ref: Ref) -> float:
        """Return how often a column is NULL: some columns never are while others mostly are."""
        rate = self._null_rates.get(ref)
        if rate is None:
            usual = self._manner.null_rate
            nullable = usual and not self._generator.column(ref).not_null
            rate = self._chance.choice((0.0, usual, usual, 0.9)) if nullable else 0.0
            self._null_rates[ref] = rate
        return rate

    def _values(self, ref: Ref) -> Sequence[str]:
        """Return the values a column takes in this database: its domain's, as far as it may."""
        found = self._taken.get(ref)
        if found is None:
            generator = self._generator
            root = generator.groups[ref]
            if root not in self._domains:
                self._domains[root] = generator.active(root, self._manner)
            allowed = generator.allowed(ref)
            found = [value for value in self._domains[root] if value in allowed]
            self._taken[ref] = found = found or list(generator.pools[ref].values)
        return found

    def _runs(self, table: TableShape, count: int) -> dict[int, list[str]]:
        """Draw consecutive values for some columns: keys of one column, and ordered ones by run."""
        chance, generator = self._chance, self._generator
        runs: dict[int, list[str]] = {}
        for place, column in enumerate(table.columns):
            if column.kind not in _RUN_KINDS:
                continue
            alone = (place,) in table.keys
            if alone and column.kind == "int" and chance.random() < 0.7:
                values = [str(i) for i in range(1, count + 1)]
                if set(values) <= generator.allowed((table.name, place)) or count > 6:
                    chance.shuffle(values)
                    runs[place] = values
            elif self._manner.runs and chance.random() < 0.7:
                values = list(generator.pools[(table.name, place)].values)
                if values:
                    runs[place] = _run(values, count, chance)
        return runs

    def _refer(
        self,
        table: TableShape,
        row: list[Cell],
        parents: list[tuple[Cell, ...] | None],
        rows: list[CellRow],
        database: Database,
    ) -> bool:
        """Fill in the foreign keys; False where a parent is needed and there is none."""
        chance = self._chance
        for i, key in enumerate(table.foreign):
            optional = not any(table.columns[place].not_null for place in key.columns)
            # Rows refer to earlier ones only, so that a table refers to itself without cycles.
            candidates = rows if key.table == table.name else database[key.table]
            rate = max(self._manner.null_rate, 0.15 if key.table == table.name else 0.0)
            if not candidates or (optional and chance.random() < rate):
                if not optional:
                    return False
                for place in key.columns:
                    row[place] = None
                continue
            same = parents[i]
            if same is None or self._manner.dealt or chance.random() >= self._manner.fan_out:
                if self._manner.dealt:
                    turn = self._dealt.get((table.name, -1 - i), 0)
                    self._dealt[(table.name, -1 - i)] = turn + 1
                    parent = candidates[turn % len(candidates)]
                else:
                    parent = candidates[int(chance.random() * len(candidates))]
                same = tuple(parent[place] for place in key.referenced)
                parents[i] = same
            for place, cell in zip(key.columns, same, strict=True):
                row[place] = cell
        return True

    def _chain(self, table: TableShape, row: list[Cell], number: int) -> None:
        """Lead from a value to the next where two columns share a domain: a path of edges."""
        ends = self._generator.edges.get(table.name)
        if ends is None:
            return
        first = (table.name, ends[0])
        if first not in self._chains:
            values = self._generator.around_exact((table.name, ends[0]))
            self._chains[first] = values
        values = self._chains[first]
        if len(values) > 1:
            row[ends[0]] = values[number % len(values)]
            row[ends[1]] = values[(number + 1) % len(values)]

    def _unique(
        self, table: TableShape, row: list[Cell], seen: list[set[tuple[Cell, ...]]]
    ) -> bool:
        keys = [tuple(row[place] for place in key) for key in table.keys]
        for key, taken in zip(keys, seen, strict=True):
            if None not in key and key in taken:
                return False
        for key, taken in zip(keys, seen, strict=True):
            taken.add(key)
        return True


def _run(values: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Walk up sorted values, now and then staying or leaving one out; wrap around at the end."""
    at = chance.randrange(len(values))
    staying, skipping = chance.choice(((0.0, 0.0), (0.0, 0.25), (0.3, 0.0), (0.2, 0.2)))
    found = []
    for _ in range(count):
        found.append(values[at % len(values)])
        drawn = chance.random()
        at += 0 if drawn < staying else 2 if drawn < staying + skipping else 1
    return found
