"""One cell, made comparable: which Python values of a result count as equal.

Cells are first made *canonical*, so that Python's own ``==`` and ``hash`` decide wherever no float
is involved: ``1 == Decimal("1.00") == True`` with equal hashes already. What Python decides
otherwise is mended here: NaN equals NaN, a date equals its midnight, lists and structs have a hash.

Floats are equal within a tolerance. Where a column (or a leaf inside a nested column) holds a float
on either side, every number there is *approximate*; it is taken out of the row, and the exact rest
of the row is the key under which rows can be the same at all.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

Row = tuple[object, ...]
#: Where a leaf stands: the column's index, then list indexes and struct keys.
Path = tuple[object, ...]

#: Two numbers are equal within this, relative to the greater one or absolute.
TOLERANCE: Final = 1e-9

_FLOAT_TYPE = re.compile(r"(DOUBLE|FLOAT|REAL)", re.IGNORECASE)
_NUMBERS = (int, float, Decimal)


class _Mark:
    """A value that is equal to itself only, and stands for something that is no plain value."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


NAN: Final = _Mark("nan")
_NUMBER: Final = _Mark("number")
_LIST: Final = _Mark("list")
_STRUCT: Final = _Mark("struct")


def close(a: float, b: float) -> bool:
    """Whether two floats count as equal (never for NaN, which is no float here)."""
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def is_number(cell: object) -> bool:
    """Whether a canonical cell is a number; a bool is one, as it equals 0 or 1."""
    return isinstance(cell, _NUMBERS)


def canonical(cell: object) -> object:
    """Return a hashable cell which is ``==`` to another canonical one if both are exactly equal."""
    if isinstance(cell, float):
        return NAN if math.isnan(cell) else cell
    if isinstance(cell, Decimal):
        return NAN if cell.is_nan() else cell
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, list | tuple):
        return (_LIST, *map(canonical, cell))
    if isinstance(cell, dict):
        pairs = ((canonical(key), canonical(value)) for key, value in cell.items())
        return (_STRUCT, *sorted(pairs, key=lambda pair: order_key(pair[0])))
    if isinstance(cell, bytearray | memoryview):
        return bytes(cell)
    return cell


#: Types whose values are canonical already, unless NaNs or dates beside timestamps come up.
_PLAIN = frozenset(
    (int, bool, str, bytes, Decimal, float, dt.date, dt.datetime, dt.time, dt.timedelta, type(None))
)
_CLASHING = frozenset((dt.date, dt.datetime))
_WITH_NAN = frozenset((float, Decimal))


def canonical_columns(
    yours: list[Row], expected: list[Row], width: int
) -> tuple[list[Row], list[Row]]:
    """Make all cells of two lists of rows canonical; untouched lists are returned as they are.

    Whether a date must become a timestamp depends on both sides, so they are done together.
    """
    if not width:
        return yours, expected
    sides = (yours, expected)
    made: dict[int, tuple[list[object], ...]] = {}
    for i in range(width):
        columns = [[row[i] for row in rows] for rows in sides]
        kinds = {kind for column in columns for kind in set(map(type, column))}
        if not kinds <= _PLAIN or kinds >= _CLASHING or (kinds & _WITH_NAN and _nan_in(columns)):
            made[i] = tuple(list(map(canonical, column)) for column in columns)
    if not made:
        return yours, expected
    mine, theirs = (
        [
            tuple(made[i][side][n] if i in made else cell for i, cell in enumerate(row))
            for n, row in enumerate(rows)
        ]
        for side, rows in enumerate(sides)
    )
    return mine, theirs


def _nan_in(columns: Iterable[Sequence[object]]) -> bool:
    return any(any(map(operator.ne, column, column)) for column in columns)  # NaN alone is unequal


def order_key(cell: object) -> tuple[int, float, str]:
    """Return a key that sorts canonical cells of any types, numbers and times by their value."""
    if cell is None:
        return (9, 0.0, "")
    number = as_float(cell)
    if number is not None:
        return (0, number, str(cell) if isinstance(cell, int | Decimal) else "")
    if isinstance(cell, str):
        return (1, 0.0, cell)
    if isinstance(cell, dt.date | dt.time):
        return (2, 0.0, cell.isoformat())
    if isinstance(cell, dt.timedelta):
        return (3, cell.total_seconds(), "")
    return (4, 0.0, repr(cell))


def as_float(cell: object) -> float | None:
    """Return a number as a float; None for all else, and for an int beyond all floats."""
    if not isinstance(cell, _NUMBERS):
        return None
    try:
        return float(cell)
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class Approximate:
    """Which numbers of a row are compared within the tolerance."""

    #: Paths of numeric leaves where either side holds a float.
    paths: frozenset[Path]
    #: Columns that hold such a leaf.
    columns: tuple[int, ...]

    @classmethod
    def of(
        cls,
        yours: Sequence[Row],
        expected: Sequence[Row],
        types: Sequence[tuple[str, str]],
    ) -> Approximate:
        """Find the approximate numbers of two lists of canonical rows.

        Args:
            yours: rows of one side.
            expected: rows of the other.
            types: for each column the names of its two types, as the engine writes them.
        """
        paths: set[Path] = set()
        for i, names in enumerate(types):
            if any(map(_FLOAT_TYPE.match, names)):
                paths.add((i,))
            for rows in (yours, expected):
                column = [row[i] for row in rows]
                kinds = set(map(type, column))
                if float in kinds:
                    paths.add((i,))
                if tuple in kinds:
                    for cell in column:
                        paths.update(_float_leaves(cell, (i,)))
        columns = sorted({path[0] for path in paths if isinstance(path[0], int)})
        return cls(frozenset(paths), tuple(columns))

    def __bool__(self) -> bool:
        return bool(self.paths)

    def split(self, row: Row) -> tuple[Row, tuple[float, ...]]:
        """Split a canonical row: its exact part, with a mark for each number taken out, and these.

        Rows with different exact parts are never equal; those with equal ones have as many numbers.
        """
        key = list(row)
        numbers: list[float] = []
        for i in self.columns:
            cell = row[i]
            if type(cell) is float:
                numbers.append(cell)
                key[i] = _NUMBER
            else:
                key[i] = self._strip(cell, (i,), numbers)
        return tuple(key), tuple(numbers)

    def _strip(self, cell: object, path: Path, numbers: list[float]) -> object:
        if isinstance(cell, tuple):
            if cell[0] is _LIST:
                items = enumerate(cell[1:])
                return (_LIST, *(self._strip(item, (*path, i), numbers) for i, item in items))
            fields = ((key, self._strip(value, (*path, key), numbers)) for key, value in cell[1:])
            return (_STRUCT, *fields)
        number = as_float(cell) if path in self.paths else None
        if number is None:
            return cell
        numbers.append(number)
        return _NUMBER

    def same(self, column: int, yours: object, expected: object) -> bool:
        """Whether two canonical cells of one column are equal."""
        if yours == expected:
            return True
        if column not in self.columns:
            return False
        if type(yours) is float and type(expected) is float:
            return close(yours, expected)
        left: list[float] = []
        right: list[float] = []
        if self._strip(yours, (column,), left) != self._strip(expected, (column,), right):
            return False
        return all(map(close, left, right))

    def rounded(self, row: Row) -> Row:
        """Return a row in which equal approximate numbers are, almost always, the same number.

        No substitute for :func:`close`: two equal numbers on either side of a rounding border stay
        different. For explanations, which then only say less.
        """
        if not self.columns:
            return row
        cells = list(row)
        for i in self.columns:
            cell = row[i]
            if type(cell) is float:
                cells[i] = _coarse(cell)
                continue
            numbers: list[float] = []
            rest = self._strip(cell, (i,), numbers)
            if numbers:
                coarse = map(_coarse, numbers)
                cells[i] = next(coarse) if rest is _NUMBER else (rest, *coarse)
        return tuple(cells)


def _coarse(number: float) -> float:
    return 0.0 if abs(number) < TOLERANCE else float(f"{number:.8e}")


def _float_leaves(cell: object, path: Path) -> Iterator[Path]:
    if isinstance(cell, float):
        yield path
    elif isinstance(cell, tuple):
        items = enumerate(cell[1:]) if cell[0] is _LIST else cell[1:]
        for key, item in items:
            yield from _float_leaves(item, (*path, key))
