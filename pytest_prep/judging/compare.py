"""Rows against rows: is there a difference.

The rules: as many columns; by position, or by name where the kata asks; rows as a bag, or block by
block where it asks for an order; cells as :mod:`pytest_prep.judging.cells` says. What a difference
*is* gets worked out only where there is one, in :mod:`pytest_prep.judging.explain`.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from pytest_prep.judging.bags import Counts, unmatched
from pytest_prep.judging.cells import Approximate, Row, canonical_columns
from pytest_prep.judging.matching import Unmatched
from pytest_prep.judging.table import Rules as Rules
from pytest_prep.judging.table import Table as Table

if TYPE_CHECKING:
    from pytest_prep.judging.difference import Difference


def compare(yours: Table, expected: Table, rules: Rules | None = None) -> Difference | None:
    """Compare a result with the expected one; None means that they are equal.

    Args:
        yours: what the answer returned.
        expected: what the reference returned.
        rules: the kata's; by default the order is ignored and columns go by position.

    Raises:
        ValueError: ``rules.order`` names a column that ``expected`` does not have.
    """
    with _uncollected():
        return _compare(yours, expected, rules or Rules())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector of cycles: none are made here, and it would walk all rows again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _compare(yours: Table, expected: Table, rules: Rules) -> Difference | None:
    places = order_places(expected, rules)
    arranged = arrange(yours, expected, rules)
    aligned = None
    if arranged is not None:
        if arranged.rows == expected.rows:  # what == takes for equal, the rules do too
            return None
        aligned = Aligned(arranged, expected)
        if aligned.equal_in_order(places) if places else aligned.equal_as_bags():
            return None
    from pytest_prep.judging.explain import describe

    return describe(yours, expected, rules, aligned)


def order_places(expected: Table, rules: Rules) -> tuple[int, ...]:
    """Return the indexes of the columns that order the expected rows.

    Raises:
        ValueError: there is no such column.
    """
    names = [name.casefold() for name in expected.columns]
    for name in rules.order:
        if name.casefold() not in names:
            raise ValueError(f"order: the expected result has no column {name!r}")
    return tuple(names.index(name.casefold()) for name in rules.order)


def arrange(yours: Table, expected: Table, rules: Rules) -> Table | None:
    """Bring your columns into the expected order; None where they are not the same columns."""
    if len(yours.columns) != len(expected.columns):
        return None
    if not rules.by_name:
        return yours
    free = [name.casefold() for name in yours.columns]
    places = []
    for name in expected.columns:
        if name.casefold() not in free:
            return None
        places.append(free.index(name.casefold()))
        free[places[-1]] = "\0"  # a name may come twice; no name holds a NUL
    return permuted(yours, places)


def permuted(table: Table, places: Sequence[int]) -> Table:
    """Return a table whose column ``i`` is column ``places[i]`` of the given one."""
    if list(places) == list(range(len(table.columns))):
        return table
    # Not a single column, or it would be in its place: itemgetter gives tuples.
    rows: list[tuple[object, ...]] = list(map(itemgetter(*places), table.rows))
    return Table(
        tuple(table.columns[i] for i in places), tuple(table.types[i] for i in places), rows
    )


class Aligned:
    """Two tables with the same columns in the same order, and what was found out about them."""

    def __init__(self, yours: Table, expected: Table) -> None:
        self.yours = yours
        self.expected = expected

    @cached_property
    def canonical(self) -> tuple[list[Row], list[Row]]:
        """The rows of both sides with canonical cells."""
        return canonical_columns(self.yours.rows, self.expected.rows, len(self.expected.columns))

    @cached_property
    def approximate(self) -> Approximate:
        """The numbers that are compared within the tolerance."""
        types = list(zip(self.yours.types, self.expected.types, strict=True))
        return Approximate.of(*self.canonical, types)

    @cached_property
    def unmatched(self) -> Unmatched:
        """The indexes of the rows without a partner on the other side."""
        yours, expected = self.canonical
        untouched = yours is self.yours.rows and expected is self.expected.rows
        counts = self._counts if untouched else None
        return unmatched(yours, expected, self.approximate, counts)

    @cached_property
    def _counts(self) -> Counts | None:
        """How often each row comes, cells as they are; None if some have no hash."""
        try:
            return Counter(self.yours.rows), Counter(self.expected.rows)
        except TypeError:  # lists and dicts
            return None

    def equal_as_bags(self) -> bool:
        """Whether the same rows come equally often."""
        if len(self.yours.rows) != len(self.expected.rows):
            return False
        # The quick way first: identical bags of cells as they are, are equal by the rules too.
        # (dict's equality, as Counter's own is a loop in Python.)
        counts = self._counts
        return bool(counts and dict.__eq__(*counts)) or self.unmatched == ([], [])

    def equal_in_order(self, places: tuple[int, ...]) -> bool:
        """Whether each block of rows that are equal in these columns has its rows in its place."""
        if len(self.yours.rows) != len(self.expected.rows):
            return False
        return self.first_misplaced(places) is None

    def first_misplaced(self, places: tuple[int, ...]) -> tuple[int, int] | None:
        """Return the first block, as start and end, whose rows yours does not have there."""
        yours, expected = self.canonical
        for start, end in self.blocks(places):
            mine, theirs = yours[start:end], expected[start:end]
            if mine != theirs and unmatched(mine, theirs, self.approximate) != ([], []):
                return start, end
        return None

    def blocks(self, places: tuple[int, ...]) -> list[tuple[int, int]]:
        """Split the expected rows where the value of one of these columns changes.

        Floats change only by more than the tolerance: an order within it would be an order by
        noise. So a chain of near ties is one block.
        """
        rows = self.canonical[1]
        borders = [0]
        for i, (before, row) in enumerate(pairwise(rows), start=1):
            if not all(self.approximate.same(place, before[place], row[place]) for place in places):
                borders.append(i)
        return list(pairwise([*borders, len(rows)]))


def same_bag(yours: Table, expected: Table) -> bool:
    """Whether two tables with as many columns hold the same rows, by position and in any order."""
    return Aligned(yours, expected).equal_as_bags()


def transformed(table: Table, column: int, cells: Sequence[object], kind: str) -> Table:
    """Return a table with other cells in one column."""
    rows = [
        (*row[:column], cell, *row[column + 1 :])
        for row, cell in zip(table.rows, cells, strict=True)
    ]
    types = (*table.types[:column], kind, *table.types[column + 1 :])
    return replace(table, rows=rows, types=types)
