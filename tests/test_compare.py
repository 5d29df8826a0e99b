"""When two results are equal, rule by rule."""

from __future__ import annotations

import datetime as dt
import math
import time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from pytest_prep.judging.compare import Rules, Table, compare


def table(*rows: tuple[Any, ...], types: str = "", columns: str = "") -> Table:
    """Return a table; types and columns separated by blanks, made up where left out."""
    width = len(rows[0]) if rows else len(columns.split())
    return Table(
        tuple(columns.split()) or tuple(f"c{i}" for i in range(width)),
        tuple(types.split("|")) if types else ("ANY",) * width,
        list(rows),
    )


def equal(yours: Table, expected: Table, **rules: Any) -> bool:
    """Whether two tables compare equal."""
    return compare(yours, expected, Rules(**rules)) is None


def cells_equal(a: object, b: object, types: tuple[str, str] = ("ANY", "ANY")) -> bool:
    """Whether results of this one cell compare equal, both ways round."""
    one, other = table((a,), types=types[0]), table((b,), types=types[1])
    assert equal(one, other) == equal(other, one)
    return equal(one, other)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1, Decimal("1.00")),
        (Decimal("2.50"), Decimal("2.5")),
        (True, 1),
        (False, Decimal(0)),
        (True, 1.0),
        (0.1 + 0.2, 0.3),
        (Decimal("0.3"), 0.1 + 0.2),
        (1e-10, 0),
        (0.0, -0.0),
        (math.nan, math.nan),
        (math.inf, math.inf),
        (None, None),
        (dt.date(2024, 2, 29), dt.datetime(2024, 2, 29)),
        ([1, None], [Decimal(1), None]),
        ([1, 2], (1, 2)),
        ([0.1 + 0.2], [0.3]),
        ([dt.date(2024, 2, 29)], [dt.datetime(2024, 2, 29)]),
        ({"a": 1, "b": 0.3}, {"b": 0.1 + 0.2, "a": True}),
        ({1: [math.nan]}, {Decimal("1.0"): [math.nan]}),
        ([], []),
        (b"ab", b"ab"),
        (UUID(int=7), UUID(int=7)),
        (10**400, 10**400),
    ],
)
def test_equal_cells(a: object, b: object) -> None:
    """Values that count as equal, whatever types carry them."""
    assert cells_equal(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1, 2),
        (2**60, 2**60 + 1),
        (Decimal("1.00"), Decimal("1.0000000001")),
        (1.0, 1.00000001),
        (1_000_000_000.0, 1_000_000_003.0),
        (1, "1"),
        (1.5, "1.5"),
        ("a", "A"),
        ("a", "a "),
        ("", None),
        (0, None),
        (math.nan, None),
        (math.nan, 0.0),
        (math.inf, -math.inf),
        (math.inf, 1e308),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 0, 0, 1)),
        (dt.time(), dt.timedelta()),
        ([1, 2], [2, 1]),
        ([1], [1, None]),
        ([1], 1),
        ([1], ["1"]),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": None}),
        ({"a": 1}, [1]),
        ([], None),
        (b"ab", "ab"),
        (10**400, 10**400 + 1),
    ],
)
def test_unequal_cells(a: object, b: object) -> None:
    """Values that do not count as equal, though some languages would think so."""
    assert not cells_equal(a, b)


def test_integers_are_exact_beyond_the_reach_of_floats() -> None:
    """2**60 + 1 is no float; a column without floats has no tolerance."""
    assert not cells_equal(2**60, 2**60 + 1, ("BIGINT", "BIGINT"))


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT", "REAL", "double precision", "float8"])
def test_a_float_column_on_either_side_brings_the_tolerance(kind: str) -> None:
    """The declared type counts, also where the values happen to be integers."""
    near = (3_000_000_000, 3_000_000_001)
    assert not cells_equal(*near)
    assert cells_equal(*near, (kind, "BIGINT"))


def test_one_float_value_makes_its_column_approximate() -> None:
    """An engine without declared types still has floats; the other column stays exact."""
    yours = table((3_000_000_000, 1), (2, 3_000_000_000))
    expected = table((3_000_000_001, 1), (2.0, 3_000_000_000))
    assert equal(yours, expected)
    wrong = table((3_000_000_000, 1), (2, 3_000_000_001))
    assert not equal(wrong, expected)


def test_a_struct_is_approximate_only_in_its_float_fields() -> None:
    """An id beside an amount must match exactly."""
    one, other = ({"id": 3_000_000_000 + i, "amount": 0.5} for i in range(2))
    assert not cells_equal(one, other)
    assert cells_equal({"id": 1, "amount": 0.1 + 0.2}, {"id": 1, "amount": 0.3})


def test_the_number_of_columns_must_match_even_without_rows() -> None:
    """An empty result is no excuse."""
    assert not equal(table(columns="a"), table(columns="a b"))
    assert equal(table(columns="a b"), table(columns="c d"))


def test_rows_are_a_bag() -> None:
    """Order does not matter, multiplicity does."""
    assert equal(table((1,), (2,), (1,)), table((2,), (1,), (1,)))
    assert not equal(table((1,), (2,), (2,)), table((2,), (1,), (1,)))
    assert not equal(table((1,), (1,)), table((1,)))


def test_columns_go_by_position() -> None:
    """Names do not matter unless the kata says so."""
    assert equal(table((1, 2), columns="x y"), table((1, 2), columns="a b"))
    assert not equal(table((2, 1), columns="b a"), table((1, 2), columns="a b"))


def test_columns_go_by_name_where_asked() -> None:
    """Then their order and letter case are free, and the set of names is not."""
    expected = table((1, 2), columns="a b")
    assert equal(table((2, 1), columns="B a"), expected, by_name=True)
    assert not equal(table((1, 2), columns="b a"), expected, by_name=True)
    assert not equal(table((1, 2), columns="a c"), expected, by_name=True)
    assert not equal(table((1, 1), columns="a a"), expected, by_name=True)
    twice = table((1, 2, 3), columns="a a b")
    assert equal(table((3, 1, 2), columns="b a a"), twice, by_name=True)


def test_an_order_is_checked_where_asked() -> None:
    """The same rows in another order are then a difference."""
    expected = table((1, "a"), (2, "b"), columns="n t")
    yours = table((2, "b"), (1, "a"), columns="n t")
    assert equal(yours, expected)
    assert not equal(yours, expected, order=("n",))


def test_ties_of_an_order_may_come_in_any_order() -> None:
    """Blocks of rows with equal order columns are compared as bags."""
    expected = table((1, "a"), (1, "b"), (None, "c"), (None, "d"), columns="n t")
    assert equal(table((1, "b"), (1, "a"), (None, "d"), (None, "c")), expected, order=("N",))
    assert not equal(table((1, "b"), (None, "c"), (1, "a"), (None, "d")), expected, order=("n",))


def test_ties_by_rounding_noise_are_ties() -> None:
    """Two sums that differ in the last bit only have no order worth asking for."""
    expected = table((0.3, "a"), (0.1 + 0.2, "b"), (0.5, "c"), columns="x t")
    yours = table((0.1 + 0.2, "b"), (0.3, "a"), (0.5, "c"), columns="x t")
    assert equal(yours, expected, order=("x",))


def test_an_order_by_an_unknown_column_is_the_katas_fault() -> None:
    """It is refused, also where the results are equal."""
    with pytest.raises(ValueError, match="no column 'x'"):
        compare(table((1,)), table((1,)), Rules(order=("x",)))


def test_a_close_partner_is_not_taken_from_a_row_that_needs_it() -> None:
    """Closeness is not transitive: the two zeros are identical, yet others need them."""
    step = 0.9e-9
    assert not equal(table((-step,)), table((step,)))
    assert equal(table((0.0,), (-step,)), table((step,), (0.0,)))
    assert equal(table((0.0, 1.0), (-step, 1.0)), table((step, 1.0), (0.0, 1.0)))


def test_two_floats_a_row_are_matched_together() -> None:
    """Each column alone could be matched in sorted order, the rows cannot."""
    yours = table((0.0, 0.0), (5e-10, 5.0))
    expected = table((0.0, 5.0), (5e-10, 0.0))
    assert equal(yours, expected)
    assert not equal(yours, table((0.0, 5.0), (5e-10, 1.0)))


def test_mixed_types_in_one_column_do_not_break_sorting() -> None:
    """NULL, NaN, text, numbers and lists may meet in one column of an untyped engine."""
    cells: list[object] = [None, math.nan, "a", 1, 2.5, [1], {"k": 1}, dt.date(2020, 1, 1), b"x"]
    rows = [(cell, 0.5) for cell in cells]
    assert equal(table(*rows), table(*reversed(rows)))
    assert not equal(table(*rows), table(*rows[1:], ("b", 0.5)))


ROWS = 340_000


@pytest.fixture(scope="module")
def large() -> list[list[tuple[object, ...]]]:
    """Return the same 340,000 rows of five columns twice: equal objects, not the same ones."""
    start = dt.datetime(2013, 1, 1)
    return [
        [
            (
                i // 7,
                f"N{i % 4000}",
                Decimal(i * 7919 % 1_000_000).scaleb(-2),
                start + dt.timedelta(minutes=i * 31 % 500_000),
                i * 0.1,
            )
            for i in range(ROWS)
        ]
        for _ in range(2)
    ]


def cpu_seconds(yours: list[Any], expected: list[Any], order: tuple[str, ...] = ()) -> float:
    """Return the CPU time of one comparison of equal results."""
    columns, types = tuple("abcde"), ("BIGINT", "VARCHAR", "DECIMAL(10,2)", "TIMESTAMP", "DOUBLE")
    tables = [Table(columns, types, rows) for rows in (yours, expected)]
    start = time.process_time()
    assert compare(tables[0], tables[1], Rules(order=order)) is None
    return time.process_time() - start


def test_large_results_compare_quickly(large: list[list[Any]]) -> None:
    """The limits are several times what it takes: they catch a quadratic step, not a slow machine.

    Measured: 0.03 s in the same order, 0.9 s in another, 2.5 s with noise in another.
    """
    yours, expected = large
    shuffled = yours[1::2] + yours[::2]
    noisy = [(*row[:4], row[4] * (1 + 1e-15)) for row in shuffled]
    assert cpu_seconds(yours, expected) < 0.5
    assert cpu_seconds(yours, expected, order=("a",)) < 0.5
    assert cpu_seconds(shuffled, expected) < 6
    assert cpu_seconds(noisy, expected) < 15


def test_long_chains_of_near_ties_take_no_quadratic_time() -> None:
    """Every row is close to its neighbours in two columns, and none is decided by one alone."""
    n = 30_000
    chain = [
        (1e9 * (1 + 4e-10 * (i % 2000)), 1e9 * (1 + 4e-10 * (i * 7919 % 2000))) for i in range(n)
    ]
    moved = [(x * (1 + 5e-10), y * (1 - 5e-10)) for x, y in reversed(chain)]
    tables = [Table(("x", "y"), ("DOUBLE", "DOUBLE"), [*rows]) for rows in (chain, moved)]
    start = time.process_time()
    assert compare(tables[0], tables[1]) is None
    assert time.process_time() - start < 10
