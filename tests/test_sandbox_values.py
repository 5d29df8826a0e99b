"""Results cross the boundary as plain data, exactly as they were."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.judging.sandbox.values import NoPlainData, table_from_bytes, table_to_bytes
from pytest_prep.judging.table import Table

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.decimals(allow_nan=False),
    st.dates(),
    st.datetimes().map(lambda moment: moment.replace(fold=0)),
    st.times().map(lambda moment: moment.replace(fold=0)),
    st.timedeltas(),
    st.binary(),
    st.uuids(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(deadline=None, database=None)
@given(st.lists(st.tuples(VALUES, st.integers(), st.floats(allow_nan=False))))
def test_a_round_trip(rows) -> None:
    """Every value comes back equal and of the same type."""
    table = Table(("a", "b", "c"), ("X", "BIGINT", "DOUBLE"), rows)
    back = table_from_bytes(table_to_bytes(table))
    assert back == table
    assert [[repr(v) for v in row] for row in back.rows] == [[repr(v) for v in r] for r in rows]


@pytest.mark.parametrize(
    "column",
    [
        [1, 2, 2**63],
        [True, False],
        [1, None],
        [math.inf, -0.0, 1e-300],
        [Decimal("1.10"), None],
        [date(2013, 1, 1), datetime(2013, 1, 1)],
        [time(1, 2, 3, 4), timedelta(days=-1, microseconds=1)],
        [b"\x00\xff", "\ud800"],
        [UUID(int=7), [1, {"a": (2,)}]],
    ],
)
def test_columns_of_every_form(column) -> None:
    """Raw numbers, JSON, one tag a column, a tag a value."""
    table = Table(("a",), ("X",), [(value,) for value in column])
    back = table_from_bytes(table_to_bytes(table))
    assert repr(back) == repr(table)


def test_nan_crosses() -> None:
    """NaN equals nothing, so it needs a test of its own."""
    (row,) = table_from_bytes(table_to_bytes(Table(("a",), ("DOUBLE",), [(math.nan,)]))).rows
    assert math.isnan(row[0])


@pytest.mark.parametrize("rows", [[], [(), ()]])
def test_no_rows_and_no_columns(rows) -> None:
    """Empty results keep their shape."""
    table = Table(() if rows else ("a",), () if rows else ("X",), rows)
    assert table_from_bytes(table_to_bytes(table)) == table


def test_unknown_types_are_refused() -> None:
    """What is not plain data is named, not guessed at."""
    with pytest.raises(NoPlainData, match="object"):
        table_to_bytes(Table(("a",), ("X",), [(object(),)]))
