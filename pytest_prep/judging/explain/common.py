"""What the missing rows, or the rows too many, have in common and the others do not."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pytest_prep.judging.cells import Row, as_float, close, is_number, order_key
from pytest_prep.judging.explain.gap import Gap
from pytest_prep.judging.explain.shown import show

Which = Literal["missing", "extra"]


#: Of a few rows, two are soon the greatest by chance: there must be so many ways to choose two.
_CHANCES = 10


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the rows in question and of all rows of the other side."""

    name: str
    inside: list[object]
    outside: list[object]
    which: Which

    @property
    def all_of_them(self) -> str:
        n = len(self.inside)
        if n == 1:
            return f"The {self.which} row"
        return f"Both {self.which} rows" if n == 2 else f"All {n:,} {self.which} rows"

    @property
    def verb_s(self) -> str:
        return "s" if len(self.inside) == 1 else ""

    @property
    def others(self) -> str:
        return "none of yours does" if self.which == "missing" else "no expected row does"


def in_common(
    gap: Gap, which: Which, indexes: Sequence[int], rows: Sequence[Row], others: Sequence[Row]
) -> str | None:
    """Return what is true of all rows in question and of no other: no, one or two sentences.

    Args:
        gap: the two results.
        which: what the rows in question are.
        indexes: their places in ``rows``.
        rows: all rows of their side, canonical.
        others: all rows of the other side, canonical.
    """
    if not others:
        return None
    columns = [
        _Column(name, [rows[i][k] for i in indexes], [row[k] for row in others], which)
        for k, name in enumerate(gap.columns)
    ]
    for patterns, most in ((_SETTING_APART, 2), (_TIES, 1)):
        found = (next(filter(None, map(pattern, columns)), None) for pattern in patterns)
        if sentences := list(filter(None, found)):
            return " ".join(sentences[:most])
    return None


def _null(column: _Column) -> str | None:
    if any(cell is not None for cell in column.inside) or None in column.outside:
        return None
    return f"{column.all_of_them} hold{column.verb_s} NULL in {column.name}; {column.others}."


def _zero(column: _Column) -> str | None:
    if not all(is_number(cell) and cell == 0 for cell in column.inside) or 0 in column.outside:
        return None
    if any(isinstance(cell, bool) for cell in column.inside):
        return None
    return f"{column.all_of_them} hold{column.verb_s} 0 in {column.name}; {column.others}."


def _blank(column: _Column) -> str | None:
    if any(cell != "" for cell in column.inside) or "" in column.outside:
        return None
    text = f"hold{column.verb_s} the empty text in {column.name}"
    return f"{column.all_of_them} {text}; {column.others}."


def _other_form(column: _Column) -> str | None:
    """Notice text that is there too, in another letter case or with other white space."""
    if column.which == "missing" or not all(isinstance(cell, str) for cell in column.inside):
        return None
    if not set(column.inside).isdisjoint(column.outside):
        return None
    forms = {cell.strip().casefold() for cell in column.outside if isinstance(cell, str)}
    texts = [cell for cell in column.inside if isinstance(cell, str)]
    if not all(text.strip().casefold() in forms for text in texts):
        return None
    what = "white space or letter case"
    return (
        f"{column.all_of_them} differ{column.verb_s} in {column.name} only by {what} from an"
        f" expected row: {texts[0]!r}."
    )


def _same_value(column: _Column) -> str | None:
    value = column.inside[0]
    if len(column.inside) < 2 or value is None or any(cell != value for cell in column.inside):
        return None
    if value in column.outside or value in (0, ""):  # said already
        return None
    return f"{column.all_of_them} have {column.name} = {show(_date(value))}; {column.others}."


def _beyond(column: _Column) -> str | None:
    """Notice rows above the greatest or below the least value of the other side."""
    if not _ordered([*column.inside, *column.outside]):
        return None
    n = len(set(column.inside))  # a single value is said as such
    if n < 2 or math.comb(min(n + len(column.outside), 100), 2) < _CHANCES:
        return None
    inside, outside = (
        sorted(cells, key=order_key)
        for cells in (column.inside, [cell for cell in column.outside if cell is not None])
    )
    if not outside or None in inside:
        return None
    whose = "in yours" if column.which == "missing" else "expected"
    if order_key(inside[0]) > order_key(outside[-1]):
        nearest, edge = inside[0], outside[-1]
        words = ("after", "last") if isinstance(edge, dt.date) else ("above", "greatest")
    elif order_key(inside[-1]) < order_key(outside[0]):
        nearest, edge = inside[-1], outside[0]
        words = ("before", "first") if isinstance(edge, dt.date) else ("below", "least")
    else:
        return None
    number = as_float(nearest)
    if number is not None and close(number, as_float(edge) or 0.0):
        return None
    return (
        f"{column.all_of_them} have {column.name} {words[0]} {show(_date(edge))},"
        f" the {words[1]} {whose}."
    )


def _tie_at_the_edge(column: _Column) -> str | None:
    """Notice rows that tie with the least or greatest row of the other side."""
    value = column.inside[0]
    if value is None or not _ordered(column.outside):
        return None
    if any(cell != value for cell in column.inside):
        return None
    present = sorted((cell for cell in column.outside if cell is not None), key=order_key)
    if len(set(present)) < 2 or value not in (present[0], present[-1]):
        return None
    edge = "least" if value == present[0] else "greatest"
    whose = "a row of yours" if column.which == "missing" else "an expected row"
    return (
        f"{column.all_of_them} tie{column.verb_s} with {whose}: {column.name} ="
        f" {show(_date(value))}, the {edge} value."
    )


def _one_of_each(column: _Column) -> str | None:
    """Notice that one side has one row for each value where the other has several."""
    if len(column.outside) < 2:
        return None
    present = Counter(column.outside)
    if max(present.values()) > 1 or any(cell not in present for cell in column.inside):
        return None
    some = f"{len(set(column.inside)):,} of them"
    if column.which == "missing":
        return (
            f"Yours has one row for each {column.name}; for {some} more are expected"
            " (ties, or rows that belong together)."
        )
    return (
        f"One row is expected for each {column.name}; for {some} yours has more"
        " (ties, or a join that repeats rows)."
    )


#: What sets the rows in question apart, the most telling first.
_SETTING_APART: tuple[Callable[[_Column], str | None], ...] = (
    _null,
    _zero,
    _blank,
    _other_form,
    _same_value,
    _beyond,
)

#: What they share with others, where nothing sets them apart.
_TIES: tuple[Callable[[_Column], str | None], ...] = (_tie_at_the_edge, _one_of_each)


def _ordered(cells: Sequence[object]) -> bool:
    """Whether the values are numbers or dates, not text."""
    known = [cell for cell in cells if cell is not None]
    return all(map(is_number, known)) or all(isinstance(cell, dt.date) for cell in known)


def _date(cell: object) -> object:
    """Show a midnight as the date that it most likely was: both count as equal."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell
