"""Laws of the comparison, over random small tables with planted near ties."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pytest_prep.judging import matching
from pytest_prep.judging.compare import Rules, Table, compare
from pytest_prep.judging.difference import Difference

LAW = settings(deadline=None, database=None)

NAMES = ("a", "b", "c", "d")

#: Floats around few values, in steps of a bit more or less than half the tolerance: chains in which
#: neighbours are equal and the ends are not.
near_ties = st.builds(
    lambda base, steps: base + steps * 0.45e-9 * max(1.0, abs(base)),
    st.sampled_from([0.0, 1.0, -1.0, 1e6]),
    st.integers(-3, 3),
)
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "BIGINT": st.none() | st.integers(-2, 2) | st.sampled_from([2**60, 2**60 + 1]),
    "DOUBLE": st.none() | near_ties | st.sampled_from([math.nan, math.inf, -math.inf, -0.0]),
    "DECIMAL(10,2)": st.none() | st.sampled_from([Decimal("1.00"), Decimal("1.0"), Decimal("2.5")]),
    "BOOLEAN": st.none() | st.booleans(),
    "VARCHAR": st.none() | st.sampled_from(["", "a", "A", "1", "NULL", " a"]),
    "DATE": st.none() | st.sampled_from([dt.date(2020, 1, 1), dt.date(2020, 1, 2)]),
    "TIMESTAMP": st.sampled_from([dt.datetime(2020, 1, 1), dt.datetime(2020, 1, 1, 12)]),
    "INTEGER[]": st.lists(st.integers(0, 1) | st.none(), max_size=2),
    "DOUBLE[]": st.lists(near_ties, max_size=2),
    "STRUCT(k BIGINT, x DOUBLE)": st.fixed_dictionaries(
        {"k": st.integers(0, 1), "x": near_ties | st.just(math.nan)}
    ),
}


@st.composite
def tables(draw: st.DrawFn, types: tuple[str, ...], max_size: int = 6) -> Table:
    """Draw a table of these types."""
    rows = draw(st.lists(st.tuples(*(COLUMNS[kind] for kind in types)), max_size=max_size))
    return Table(NAMES[: len(types)], types, rows)


shapes = st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=3).map(tuple)
numeric_shapes = st.lists(
    st.sampled_from(["BIGINT", "DOUBLE", "DOUBLE", "DECIMAL(10,2)", "BOOLEAN"]),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Table, Table]:
    """Draw two tables that are often nearly the same, sometimes of other numeric types."""
    types = draw(shapes)
    yours = draw(tables(types))
    if draw(st.booleans()):
        return yours, draw(tables(types))
    rows = draw(st.permutations(yours.rows))
    changed = [tuple(_nudged(cell, draw(st.integers(-2, 2))) for cell in row) for row in rows]
    return yours, Table(yours.columns, types, changed)


def _nudged(cell: object, steps: int) -> object:
    if isinstance(cell, float) and math.isfinite(cell):
        return cell + steps * 0.45e-9 * max(1.0, abs(cell))
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and steps > 0:
        return dt.datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) and steps > 0:
        return int(cell)
    if isinstance(cell, list):
        return [_nudged(item, steps) for item in cell]
    if isinstance(cell, dict):
        return {key: _nudged(item, steps) for key, item in reversed(cell.items())}
    return cell


# The oracle: the rules once more, in the plainest way, on pairs of cells.


def cells_equal(a: Any, b: Any, *, rough: bool) -> bool:
    """Compare two cells by the rules; ``rough``: their column holds floats on some side."""
    if a is None or b is None:
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(
            cells_equal(x, y, rough=False) for x, y in zip(a, b, strict=True)
        )
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(cells_equal(a[k], b[k], rough=False) for k in a)
    numbers = (int, float, Decimal)
    if isinstance(a, numbers) and isinstance(b, numbers):
        if not (rough or isinstance(a, float) or isinstance(b, float)):
            return a == b
        if math.isnan(a) or math.isnan(b):
            return math.isnan(a) and math.isnan(b)
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return bool(_moment(a) == _moment(b))


def _moment(cell: Any) -> Any:
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime(cell.year, cell.month, cell.day)
    return cell


def rough_columns(yours: Table, expected: Table) -> list[bool]:
    """Say which columns hold a float, by type or by value, on either side."""
    rows = [*yours.rows, *expected.rows]
    return [
        "DOUBLE" in (mine, theirs) or any(isinstance(row[i], float) for row in rows)
        for i, (mine, theirs) in enumerate(zip(yours.types, expected.types, strict=True))
    ]


def rows_equal(a: Sequence[Any], b: Sequence[Any], rough: list[bool]) -> bool:
    """Compare two rows cell by cell."""
    return all(cells_equal(x, y, rough=loose) for x, y, loose in zip(a, b, rough, strict=True))


def bags_equal(yours: list[Any], expected: list[Any], rough: list[bool]) -> bool:
    """Look for a perfect matching by augmenting paths, one row after the other."""
    if len(yours) != len(expected):
        return False
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in range(len(expected)):
            if j not in seen and rows_equal(yours[i], expected[j], rough):
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    return all(place(i, set()) for i in range(len(yours)))


@given(pairs())
@settings(LAW, max_examples=600)
def test_a_difference_is_found_exactly_where_the_plain_rules_find_one(
    tables: tuple[Table, Table],
) -> None:
    """No difference if and only if the rows can be matched one to one."""
    yours, expected = tables
    equal = bags_equal(yours.rows, expected.rows, rough_columns(yours, expected))
    assert (compare(yours, expected) is None) == equal


@given(st.data(), numeric_shapes, numeric_shapes)
@settings(LAW, max_examples=300)
def test_numbers_of_all_types_compare_by_the_plain_rules(
    data: st.DataObject, mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    """The types of the two sides may differ; a float on one side is enough for a tolerance."""
    assume(len(mine) == len(theirs))
    yours, expected = data.draw(tables(mine)), data.draw(tables(theirs))
    equal = bags_equal(yours.rows, expected.rows, rough_columns(yours, expected))
    assert (compare(yours, expected) is None) == equal


@st.composite
def clouds(draw: st.DrawFn) -> tuple[Table, Table]:
    """Draw two tables of near ties in two columns, one the other with its values moved a bit."""
    rows = draw(st.lists(st.tuples(near_ties, near_ties), min_size=1, max_size=9))
    most = draw(st.integers(1, 3))
    moved: list[tuple[object, ...]] = [
        tuple(_nudged(cell, draw(st.integers(-most, most))) for cell in row)
        for row in draw(st.permutations(rows))
    ]
    types = ("DOUBLE", "DOUBLE")
    return Table(("a", "b"), types, [*rows]), Table(("a", "b"), types, moved)


@given(clouds())
@settings(LAW, max_examples=600)
def test_near_ties_in_two_floats_are_matched_as_well_as_one_can(
    tables: tuple[Table, Table],
) -> None:
    """Chains of near ties in two columns need a proper matching, not a greedy one."""
    yours, expected = tables
    equal = bags_equal(yours.rows, expected.rows, [True, True])
    assert (compare(yours, expected) is None) == equal


@given(clouds())
@settings(LAW, max_examples=300)
def test_beyond_the_cap_a_right_answer_stays_right(tables: tuple[Table, Table]) -> None:
    """Where too many pairs would have to be tried, equal results never count as different."""
    yours, expected = tables
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "PAIRS_TRIED", 0)
        if bags_equal(yours.rows, expected.rows, [True, True]):
            assert compare(yours, expected) is None


def in_order(yours: Table, expected: Table, places: list[int]) -> bool:
    """Cut the expected rows into blocks and compare block by block."""
    if len(yours.rows) != len(expected.rows):
        return False
    rough = rough_columns(yours, expected)
    cuts = [0]
    for i, (before, row) in enumerate(pairwise(expected.rows), start=1):
        if not all(cells_equal(before[p], row[p], rough=rough[p]) for p in places):
            cuts.append(i)
    return all(
        bags_equal(yours.rows[a:b], expected.rows[a:b], rough)
        for a, b in pairwise([*cuts, len(expected.rows)])
    )


@given(pairs(), st.data())
@settings(LAW, max_examples=300)
def test_an_order_is_compared_block_by_block(
    tables: tuple[Table, Table], data: st.DataObject
) -> None:
    """Rows equal in the order's columns may change places with each other, others may not."""
    yours, expected = tables
    places = data.draw(st.lists(st.integers(0, len(expected.columns) - 1), min_size=1, unique=True))
    rules = Rules(order=tuple(expected.columns[p] for p in places))
    assert (compare(yours, expected, rules) is None) == in_order(yours, expected, places)


@given(shapes.flatmap(tables))
@LAW
def test_every_result_equals_itself(table: Table) -> None:
    """Also with NaN, and with and without an order."""
    assert compare(table, table) is None
    assert compare(table, table, Rules(order=table.columns)) is None
    assert compare(table, table, Rules(by_name=True)) is None


@given(pairs())
@LAW
def test_equality_does_not_depend_on_the_side(tables: tuple[Table, Table]) -> None:
    """Both ways round there is a difference, or both ways there is none."""
    yours, expected = tables
    assert (compare(yours, expected) is None) == (compare(expected, yours) is None)


@given(pairs(), st.randoms(use_true_random=False))
@LAW
def test_the_order_of_rows_does_not_matter(tables: tuple[Table, Table], random: Any) -> None:
    """Without an order, any shuffle of your rows compares the same."""
    yours, expected = tables
    rows = list(yours.rows)
    random.shuffle(rows)
    shuffled = Table(yours.columns, yours.types, rows)
    assert (compare(yours, expected) is None) == (compare(shuffled, expected) is None)


@given(pairs())
@LAW
def test_names_do_not_matter_by_position(tables: tuple[Table, Table]) -> None:
    """Without by_name, columns may be called anything."""
    yours, expected = tables
    renamed = Table(tuple(f"x{i}" for i in range(len(yours.columns))), yours.types, yours.rows)
    assert (compare(yours, expected) is None) == (compare(renamed, expected) is None)


@given(pairs(), st.data())
@LAW
def test_the_order_of_columns_does_not_matter_by_name(
    tables: tuple[Table, Table], data: st.DataObject
) -> None:
    """With by_name, columns may come in any order and letter case."""
    yours, expected = tables
    places = data.draw(st.permutations(range(len(yours.columns))))
    moved = Table(
        tuple(yours.columns[p].upper() for p in places),
        tuple(yours.types[p] for p in places),
        [tuple(row[p] for p in places) for row in yours.rows],
    )
    by_name = Rules(by_name=True)
    assert (compare(moved, expected, by_name) is None) == (compare(yours, expected) is None)


@given(shapes.flatmap(tables), st.data())
@LAW
def test_a_row_more_or_less_is_always_a_difference(table: Table, data: st.DataObject) -> None:
    """Multiplicity counts: also one more copy of a row that is there already."""
    assume(table.rows)
    row = data.draw(st.sampled_from(table.rows))
    more = Table(table.columns, table.types, [*table.rows, row])
    assert compare(more, table) is not None
    assert compare(table, more) is not None


@given(pairs(), st.booleans())
@settings(LAW, max_examples=400)
def test_a_difference_survives_json_and_counts_right(
    tables: tuple[Table, Table], ordered: bool
) -> None:
    """The dict is plain data; lines are few, as wide as the header, and count all rows."""
    yours, expected = tables
    rules = Rules(order=expected.columns[:1] if ordered else ())
    difference = compare(yours, expected, rules)
    if difference is None:
        return
    assert Difference.from_dict(json.loads(json.dumps(difference.to_dict()))) == difference
    assert (difference.yours_count, difference.expected_count) == (
        len(yours.rows),
        len(expected.rows),
    )
    assert 0 < len(difference.lines) <= 10
    assert all(len(line.cells) == len(difference.columns) for line in difference.lines)
    balance = sum((line.mark == "+") - (line.mark == "-") for line in difference.lines)
    balance += difference.more_yours - difference.more_expected
    assert balance == len(yours.rows) - len(expected.rows)


@given(pairs())
@settings(LAW, max_examples=400)
def test_cells_that_differ_never_look_the_same(tables: tuple[Table, Table]) -> None:
    """Of a pair of rows the changed cells differ as text, and there is at least one."""
    difference = compare(*tables)
    for line in difference.lines if difference else ():
        if line.mark == "~":
            assert line.changed
            assert all(line.cells[i] != line.expected[i] for i in line.changed)
