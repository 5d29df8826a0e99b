"""Fewer rows: the smallest part of a database on which the results still differ.

Up to :data:`EXHAUSTIVE` rows every part that keeps its foreign keys is tried, smallest first, so
what is found is minimal. Above, delta debugging (Zeller and Hildebrandt, IEEE TSE 28, 2002) brings
the rows down first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from pytest_prep.judging.counterexample.model import Cell, CellRow, Database
from pytest_prep.judging.counterexample.schema import Schema

#: A database with its rows in a list: the table and the row.
Flat = list[tuple[str, CellRow]]
#: Given databases, the places of those on which the results still differ.
StillWrong = Callable[[Sequence[Database]], list[int]]

EXHAUSTIVE = 10
#: Parts tried in one batch.
_AT_ONCE = 600


def flat(database: Database) -> Flat:
    """List all rows, table by table."""
    return [(name, row) for name, rows in database.items() for row in rows]


def nested(rows: Iterable[tuple[str, CellRow]], names: Iterable[str]) -> Database:
    """Undo :func:`flat`; ``names`` are all tables, also those without rows."""
    database: Database = {name: [] for name in names}
    for name, row in rows:
        database[name].append(row)
    return database


def shrink(
    schema: Schema, database: Database, still_wrong: StillWrong, deadline: float
) -> list[Database]:
    """Return the smallest parts that are still wrong, all of the same size; at least one.

    ``deadline`` is in CPU seconds of this process. The parts are of ``database`` itself, and valid
    where it is.
    """
    rows = _fewer(schema, flat(database), list(database), still_wrong, deadline)
    if len(rows) <= EXHAUSTIVE:
        smallest = _smallest(schema, rows, list(database), still_wrong, deadline)
        if smallest:
            return smallest
    return [nested(rows, database)]


def _fewer(
    schema: Schema, rows: Flat, names: Sequence[str], still_wrong: StillWrong, deadline: float
) -> Flat:
    """Leave out ever smaller chunks of rows until few enough are left, or no chunk can go."""
    chunks = 2
    while len(rows) > EXHAUSTIVE and time.process_time() < deadline:
        size = -(-len(rows) // chunks)
        starts = range(0, len(rows), size)
        parts = [rows[start : start + size] for start in starts]
        parts += [rows[:start] + rows[start + size :] for start in starts]
        closed = sorted((_without_orphans(schema, part) for part in parts), key=len)
        closed = [part for part in closed if len(part) < len(rows)]
        wrong = still_wrong([nested(part, names) for part in closed])
        if wrong:
            rows = closed[wrong[0]]
            chunks = max(2, min(chunks - 1, len(rows)))
        elif chunks >= len(rows):
            return rows
        else:
            chunks = min(2 * chunks, len(rows))
    return rows


def _smallest(
    schema: Schema, rows: Flat, names: Sequence[str], still_wrong: StillWrong, deadline: float
) -> list[Database]:
    for size, parts in _by_size(_closed_parts(schema, rows)):
        found = []
        for start in range(0, len(parts), _AT_ONCE):
            tried = [nested((rows[i] for i in part), names) for part in parts[start:][:_AT_ONCE]]
            found += [tried[place] for place in still_wrong(tried)]
        if found:
            return found
        if size >= len(rows) or time.process_time() > deadline:
            return []
    return []


def _by_size(
    parts: Iterator[tuple[int, ...]],
) -> Iterator[tuple[int, list[tuple[int, ...]]]]:
    """Collect parts of equal size; the parts come smallest first."""
    group: list[tuple[int, ...]] = []
    for part in parts:
        if group and len(part) != len(group[0]):
            yield len(group[0]), group
            group = []
        group.append(part)
    if group:
        yield len(group[0]), group


def _closed_parts(schema: Schema, rows: Flat) -> Iterator[tuple[int, ...]]:
    """Yield the parts, as indexes, in which each row that needs a parent has one."""
    parents = parents_of(schema, rows)
    for size in range(len(rows) + 1):
        for part in combinations(range(len(rows)), size):
            chosen = set(part)
            if all(any(i in chosen for i in wanted) for k in part for wanted in parents[k]):
                yield part


def parents_of(schema: Schema, rows: Flat) -> list[list[set[int]]]:
    """Return for each row, for each of its foreign keys that is not NULL, the rows it may mean."""
    tables = {table.name: table for table in schema.tables}
    found = []
    for name, row in rows:
        wanted = []
        for key in tables[name].foreign:
            cells: tuple[Cell, ...] = tuple(row[place] for place in key.columns)
            if None not in cells:
                wanted.append(
                    {
                        i
                        for i, (other, candidate) in enumerate(rows)
                        if other == key.table
                        and tuple(candidate[place] for place in key.referenced) == cells
                    }
                )
        found.append(wanted)
    return found


def _without_orphans(schema: Schema, rows: Flat) -> Flat:
    while True:
        kept = [
            row for row, wanted in zip(rows, parents_of(schema, rows), strict=True) if all(wanted)
        ]
        if len(kept) == len(rows):
            return rows
        rows = kept
