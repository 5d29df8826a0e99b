"""Plainer values: 1 rather than 4711, a value that is there already rather than a new one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from pytest_prep.judging.counterexample.model import Cell, Database
from pytest_prep.judging.counterexample.pools import Pool
from pytest_prep.judging.counterexample.schema import Kind, Ref, Schema
from pytest_prep.judging.counterexample.shrink import StillWrong

#: Rounds of trying, replacements tried a value, and databases tried a round.
_ROUNDS = 4
_PLAINER = 5
_MOST = 300
_MARGIN = 1e-6

#: One replacement: the cells (table, row, column), and what they become.
Change = tuple[tuple[tuple[str, int, int], ...], Cell]


class Readable:
    """How readable databases of one schema are, and how to make one more so."""

    def __init__(self, schema: Schema, pools: dict[Ref, Pool], groups: dict[Ref, Ref]) -> None:
        """``groups`` names for each column the one that stands for its domain."""
        self._schema = schema
        self._pools = pools
        self._groups = groups
        self._plainest: dict[Ref, list[str]] = {}

    def cost(self, database: Database) -> float:
        """Return how much there is to take in; less is better."""
        total = 0.0
        distinct: set[tuple[Ref, Cell]] = set()
        for name, rows in database.items():
            for row in rows:
                for place, cell in enumerate(row):
                    ref = (name, place)
                    total += 0.2 * self.cell_cost(ref, cell)
                    distinct.add((self._groups[ref], cell))
        return total + sum(0.1 + self.cell_cost(root, cell) for root, cell in distinct)

    def cell_cost(self, ref: Ref, cell: Cell) -> float:
        """Return how odd one value is."""
        if cell is None:
            return 1.5
        cost = _oddness(cell, self._schema.column(ref).kind)
        pool = self._pools[ref]
        return min(cost, 0.3 if cell in pool.exact else 0.6) if cell in pool.special else cost

    def simplify(self, database: Database, still_wrong: StillWrong, deadline: float) -> Database:
        """Return a database of as many rows that is still wrong and no harder to read.

        ``still_wrong`` must also leave out databases that break a constraint. ``deadline`` is in
        CPU seconds of this process.
        """
        for _ in range(_ROUNDS):
            if time.process_time() > deadline:
                break
            better = self._better(database, still_wrong)
            if better is None:
                break
            database = better
        return database

    def _better(self, database: Database, still_wrong: StillWrong) -> Database | None:
        cost = self.cost(database)
        gains: list[tuple[float, int, Change]] = []
        for change in self._changes(database):
            gain = cost - self.cost(_changed(database, change))
            if gain > _MARGIN:
                gains.append((gain, len(gains), change))
        gains = sorted(gains, key=lambda entry: (-entry[0], entry[1]))[:_MOST]
        wrong = still_wrong([_changed(database, change) for _, _, change in gains])
        if not wrong:
            return None
        # All that help, one on top of the other, the best first: how many go together?
        chain = []
        touched: set[tuple[str, int, int]] = set()
        current = database
        for place in wrong:
            cells, value = gains[place][2]
            if touched.isdisjoint(cells):
                touched |= set(cells)
                current = _changed(current, (cells, value))
                chain.append(current)
        together = [place for place in still_wrong(chain) if self.cost(chain[place]) < cost]
        if not together:
            return _changed(database, gains[wrong[0]][2])
        return min((chain[place] for place in together), key=self.cost)

    def _changes(self, database: Database) -> Iterator[Change]:
        """Yield a plainer value for all cells that share one, and for each cell by itself."""
        places: dict[tuple[Ref, str], list[tuple[str, int, int]]] = {}
        values: dict[Ref, set[str]] = {}
        for name, i, place, cell in _cells(database):
            if cell is not None:
                root = self._groups[(name, place)]
                places.setdefault((root, cell), []).append((name, i, place))
                values.setdefault((name, place), set()).add(cell)
        for (root, cell), cells in places.items():
            for plainer in self._plainer(root, cell):
                yield tuple(cells), plainer
        for name, i, place, cell in _cells(database):
            ref = (name, place)
            for value in {**dict.fromkeys(sorted(values.get(ref, ()))), **self._plainer(ref, cell)}:
                if value != cell:
                    yield ((name, i, place),), value

    def _plainer(self, ref: Ref, cell: Cell) -> dict[str, None]:
        if ref not in self._plainest:
            values = sorted(self._pools[ref].values, key=lambda v: (self.cell_cost(ref, v), v))
            self._plainest[ref] = values
        cost = self.cell_cost(ref, cell)
        found = [v for v in self._plainest[ref] if self.cell_cost(ref, v) < cost - _MARGIN]
        return dict.fromkeys(found[:_PLAINER])

    def sorted(self, database: Database) -> Database:
        """Return the rows of each table in the order of its values."""
        kinds = {t.name: [column.kind for column in t.columns] for t in self._schema.tables}
        return {
            name: sorted(rows, key=lambda row: list(map(_order, row, kinds[name])))
            for name, rows in database.items()
        }


def _cells(database: Database) -> Iterator[tuple[str, int, int, Cell]]:
    for name, rows in database.items():
        for i, row in enumerate(rows):
            for place, cell in enumerate(row):
                yield name, i, place, cell


def _changed(database: Database, change: Change) -> Database:
    cells, value = change
    changed = dict(database)
    for name, i, place in cells:
        rows = list(changed[name])
        row = list(rows[i])
        row[place] = value
        rows[i] = tuple(row)
        changed[name] = rows
    return changed


_MIDNIGHT = re.compile(r" 00:00:00$")


def _oddness(cell: str, kind: Kind) -> float:
    if kind in ("int", "decimal", "float"):
        try:
            number = float(cell)
        except ValueError:
            return 3.0
        if number != int(number):
            return 1.0 + 0.1 * len(cell)
        if 1 <= number <= 9:
            return 0.05 * (number - 1)
        if number == 0:
            return 0.5
        digits = str(abs(int(number)))
        round_number = digits.rstrip("0") in ("1", "2", "5")
        return (0.45 if round_number else 0.6) + 0.1 * len(digits) + (number < 0)
    if kind == "text":
        if not cell:
            return 1.5
        if len(cell) == 1 and cell.islower():
            return 0.05 * (ord(cell) - ord("a")) if cell <= "j" else 0.5
        odd = sum(not c.isalnum() for c in cell)
        return 0.2 + 0.08 * len(cell) + 0.4 * odd
    if kind == "date":
        return _date_oddness(cell)
    if kind == "timestamp":
        return _date_oddness(cell[:10]) + (0.0 if _MIDNIGHT.search(cell) else 0.3)
    return 0.1 if cell in ("true", "[]") else 0.2


def _date_oddness(cell: str) -> float:
    year, month, day = cell.rsplit("-", 2)
    return (
        (0.0 if year == "2024" else 0.3)
        + (0.0 if month == "01" else 0.2)
        + 0.02 * (int(day) - 1 if day.isdigit() else 30)
    )


def _order(cell: Cell, kind: Kind) -> tuple[int, float, str]:
    if cell is None:
        return (2, 0.0, "")
    if kind in ("int", "decimal", "float"):
        try:
            return (0, float(cell), "")
        except ValueError:
            return (1, 0.0, cell)
    return (1, 0.0, cell)
