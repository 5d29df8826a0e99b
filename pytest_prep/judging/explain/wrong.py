"""The wrong values of one column beside the expected ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pytest_prep.judging.cells import is_number
from pytest_prep.judging.difference import Kind
from pytest_prep.judging.explain.shown import show_column
from pytest_prep.judging.explain.wording import count


@dataclass(frozen=True, slots=True)
class Pattern:
    """What all wrong values of a column are."""

    kind: Kind
    sentence: str


class Wrong:
    """The wrong values of one column."""

    def __init__(self, name: str, cells: Sequence[tuple[object, object]], total: int) -> None:
        """Take what one column holds in paired rows.

        Args:
            name: the column's.
            cells: yours and expected, canonical, of every row where they differ; at least one.
            total: rows of the expected result.
        """
        self.name = name
        self.cells = cells
        self.total = total

    @cached_property
    def numbers(self) -> list[tuple[Decimal, Decimal]] | None:
        """The values as decimal numbers; None if not all of them are finite numbers."""
        if not all(is_number(a) and is_number(b) for a, b in self.cells):
            return None
        pairs = [(_decimal(a), _decimal(b)) for a, b in self.cells]
        return pairs if all(a.is_finite() and b.is_finite() for a, b in pairs) else None

    @cached_property
    def noise(self) -> Decimal:
        """How far from a pattern, relative to the number, values may be and still follow it."""
        floats = any(isinstance(a, float) or isinstance(b, float) for a, b in self.cells)
        return Decimal("1e-9" if floats else "1e-30")

    @cached_property
    def varied(self) -> bool:
        """Whether at least two different values are expected, so that a pattern is no chance."""
        first = self.cells[0][1]
        return any(expected != first for _, expected in self.cells)

    def who(self, singular: str = "is", plural: str = "are") -> str:
        """Return the subject, every value or how many, and the verb that goes with it."""
        n = len(self.cells)
        if n < self.total:
            verb = singular if n == 1 else plural
            return f"{count(n)} of {count(self.total)} values in {self.name} {verb}"
        return f"Every value in {self.name} {singular}" if n > 1 else f"{self.name} {singular}"

    def example(self) -> str:
        """Return one wrong value and what it should be."""
        mine, theirs = show_column([_shorter(cell) for cell in self.cells[0]])
        return f"{mine} instead of {theirs}"


def _decimal(cell: object) -> Decimal:
    if isinstance(cell, float):
        return Decimal(f"{cell:.15g}")  # 0.1 + 0.2 has one decimal, not seventeen
    assert isinstance(cell, int | Decimal)
    return Decimal(cell)


def _shorter(cell: object) -> object:
    """Show a midnight as the date that it may have been: both count as equal."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell
