"""Explanations by the columns: how many, in which order, of which names and types."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain

from pytest_prep.judging.cells import as_float, is_number
from pytest_prep.judging.compare import Aligned, Table, permuted, same_bag, transformed
from pytest_prep.judging.explain.gap import Finding, Gap
from pytest_prep.judging.explain.shown import show
from pytest_prep.judging.explain.wording import listed, verb

#: How many orders of the columns are tried out.
_ORDERS = 24

#: How many partial orders are followed to find them.
_STEPS = 1000


def column_count(yours: Table, expected: Table) -> Finding | None:
    """Explain more or fewer columns than expected, naming them where the names tell."""
    n, m = len(yours.columns), len(expected.columns)
    if n == m:
        return None
    hint = f"Yours: {listed(yours.columns, 20)}. Expected: {listed(expected.columns, 20)}."
    missing = _without(expected.columns, yours.columns)
    extra = _without(yours.columns, expected.columns)
    if n < m and not extra:
        hint += f" Not in yours: {listed(missing)}."
    if n > m and not missing:
        hint += f" Not asked for: {listed(extra)}."
    noun = verb(n, "column", "columns")
    summary = f"Your result has {n} {noun}; {m} {verb(m, 'is', 'are')} expected."
    return Finding("column_count", summary, hint)


def column_names(yours: Table, expected: Table) -> Finding:
    """Explain names that do not fit, where columns go by name."""
    missing = _without(expected.columns, yours.columns)
    extra = _without(yours.columns, expected.columns)
    summary = (
        f"The columns {listed(missing)} are missing; yours has {listed(extra)} instead."
        if len(missing) > 1
        else f"The column {missing[0]} is missing; yours has {extra[0]} instead."
    )
    return Finding("column_names", summary, "In this kata columns are matched by name.")


def _without(names: Sequence[str], others: Sequence[str]) -> list[str]:
    rest = Counter(name.casefold() for name in others)
    left = []
    for name in names:
        if rest[name.casefold()]:
            rest[name.casefold()] -= 1
        else:
            left.append(name)
    return left


def column_order(gap: Gap) -> Finding | None:
    """Explain columns in another order: some permutation makes the results equal.

    If names alone tell of another order, that counts if more columns then hold the right values.
    """
    yours, expected = gap.aligned.yours, gap.aligned.expected
    width = len(gap.columns)
    if width < 2 or not (gap.only_yours and gap.only_expected):
        return None
    named = _by_names(yours, expected)
    same_count = len(yours.rows) == len(expected.rows)
    if not (named or same_count):
        return None
    mine, theirs = (
        [_Print.of([row[i] for row in side]) for i in range(width)]
        for side in (gap.yours, gap.expected)
    )
    candidates = [named] if named else []
    tried = chain(candidates, _by_values(mine, theirs)) if same_count else ()
    found = next((places for places in tried if same_bag(permuted(yours, places), expected)), None)
    equal = found is not None
    if found is None and named:
        fits_now = sum(mine[i].alike(theirs[i]) for i in range(width))
        fits_then = sum(mine[place].alike(theirs[i]) for i, place in enumerate(named))
        found = named if fits_then > fits_now else None
    if found is None:
        return None
    arrived = listed([gap.columns[found.index(j)] for j in range(width)], 20)
    summary = (
        f"The columns come in another order: yours {'hold' if equal else 'are named'} {arrived};"
        f" expected are {listed(gap.columns, 20)}."
    )
    hint = None if equal else "With the columns in the right order the rows would still differ."
    shown = gap.minus(range(min(3, len(expected.rows)))) + gap.plus(range(min(3, len(yours.rows))))
    return gap.with_lines("column_order", summary, hint, shown)


_NUMERIC = frozenset((int, bool, float, Decimal))


@dataclass(frozen=True, slots=True)
class _Print:
    """A column's fingerprint: alike for columns with the same values in any order.

    It only has to be quick: whether an order of the columns is right gets compared in full.
    """

    numbers: int
    total: float
    greatest: float
    others: int

    @classmethod
    def of(cls, cells: Sequence[object]) -> _Print:
        kinds = set(map(type, cells))
        if not kinds & _NUMERIC:
            return cls(0, 0.0, 0.0, sum(map(hash, cells)))
        others = 0
        if not kinds <= _NUMERIC:
            others = sum(hash(cell) for cell in cells if as_float(cell) is None)
        numbers = [number for number in map(as_float, cells) if number is not None]
        return cls(len(numbers), sum(map(abs, numbers)), max(numbers, default=0.0), others)

    def alike(self, other: _Print) -> bool:
        """Whether the two columns may hold the same values."""
        return (
            (self.numbers, self.others) == (other.numbers, other.others)
            and math.isclose(self.total, other.total, rel_tol=1e-6, abs_tol=1e-6)
            and math.isclose(self.greatest, other.greatest, rel_tol=1e-6, abs_tol=1e-6)
        )


def _by_names(yours: Table, expected: Table) -> list[int] | None:
    """Return the order that the names tell: for each expected column the place of yours."""
    names = [name.casefold() for name in yours.columns]
    wanted = [name.casefold() for name in expected.columns]
    if names == wanted or len(set(names)) < len(names) or set(names) != set(wanted):
        return None
    return [names.index(name) for name in wanted]


def _by_values(mine: list[_Print], theirs: list[_Print]) -> Iterator[list[int]]:
    """Generate some orders in which every column may hold the expected values."""
    options: list[list[int]] = []
    for wanted in theirs:
        options.append([j for j, own in enumerate(mine) if own.alike(wanted)])
        if not options[-1]:
            return
    waiting: list[list[int]] = [[]]
    found = 0
    for _ in range(_STEPS):
        if not waiting or found == _ORDERS:
            return
        places = waiting.pop()
        if len(places) == len(theirs):
            if places != sorted(places):  # the order that yours has already
                found += 1
                yield places
            continue
        free = [j for j in options[len(places)] if j not in places]
        waiting.extend([*places, j] for j in reversed(free))


_FAMILIES: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("booleans", (bool,)),
    ("numbers", (int, float, Decimal)),
    ("text", (str,)),
    ("dates", (dt.date,)),
    ("times of day", (dt.time,)),
    ("intervals", (dt.timedelta,)),
    ("lists", (list, tuple)),
    ("structs", (dict,)),
    ("bytes", (bytes,)),
)


def _family(kind: type) -> str:
    for name, types in _FAMILIES:
        if issubclass(kind, types):
            return name
    return kind.__name__


def _families(table: Table, column: int) -> set[str]:
    kinds = set(map(type, [row[column] for row in table.rows])) - {type(None)}
    return set(map(_family, kinds))


def column_type(gap: Gap) -> Finding | None:
    """Explain columns whose values can never be equal, as they are of another type."""
    yours, expected = gap.aligned.yours, gap.aligned.expected
    numeric = {"booleans", "numbers"}
    wrong = []
    for i in range(len(gap.columns)):
        mine, theirs = _families(yours, i), _families(expected, i)
        alike = mine & theirs or (mine <= numeric and theirs <= numeric)
        if mine and theirs and not alike:
            wrong.append((i, " or ".join(sorted(mine)), " or ".join(sorted(theirs))))
    if not wrong:
        return None
    parts = []
    for i, mine_are, theirs_are in wrong:
        mine_first = next(row[i] for row in yours.rows if row[i] is not None)
        parts.append(
            f"column {i + 1} ({gap.columns[i]}) holds {mine_are} where {theirs_are}"
            f" {'is' if theirs_are == 'text' else 'are'} expected ({_quoted(mine_first)})"
        )
    summary = f"{listed(parts)}."
    hint = _once_converted(gap, [i for i, _, _ in wrong])
    return gap.finding("type", summary[0].upper() + summary[1:], hint)


def _quoted(value: object) -> str:
    return repr(value) if isinstance(value, str) and len(value) < 30 else show(value)


def _once_converted(gap: Gap, columns: list[int]) -> str | None:
    """Say whether the results would be equal if the text were read as what is expected."""
    yours, expected = gap.aligned.yours, gap.aligned.expected
    if len(yours.rows) != len(expected.rows):
        return None
    for i in columns:
        mine, theirs = ([row[i] for row in table.rows] for table in (yours, expected))
        try:
            if any(isinstance(cell, str) for cell in mine):
                yours = transformed(yours, i, _read(mine, theirs), expected.types[i])
            else:
                expected = transformed(expected, i, _read(theirs, mine), yours.types[i])
        except ValueError:
            return None
    if Aligned(yours, expected).equal_as_bags():
        return "Only the type is wrong: the values themselves are right."
    return None


def _read(texts: Sequence[object], like: Sequence[object]) -> list[object]:
    """Read text as the type of the other side's values.

    Raises:
        ValueError: some value cannot be read so.
    """
    sample = next(value for value in like if value is not None)
    return [None if text is None else _read_one(text, sample) for text in texts]


_BOOLEANS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}


def _read_one(text: object, sample: object) -> object:
    if not isinstance(text, str):
        raise ValueError("not text")
    if isinstance(sample, bool):
        if text.strip().lower() not in _BOOLEANS:
            raise ValueError(text)
        return _BOOLEANS[text.strip().lower()]
    if is_number(sample):
        try:
            number = Decimal(text.strip())
        except InvalidOperation as error:
            raise ValueError(text) from error
        return float(number) if isinstance(sample, float) else number
    if isinstance(sample, dt.datetime | dt.date | dt.time):
        kind = dt.datetime if isinstance(sample, dt.date) else dt.time
        return kind.fromisoformat(text.strip())
    raise ValueError(f"{type(sample).__name__} has no text form")
