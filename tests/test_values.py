"""Two Python values: agreement by our own walk, and the difference in one sentence."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_prep.judging.values import agree, disagreement

pd = pytest.importorskip("pandas")

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats()
    | st.decimals(allow_nan=False)
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner)
    ),
    max_leaves=8,
)


@dataclass
class Point:
    """Stands for an answer's own class."""

    x: int
    y: int


class Yes:
    """Claims to equal everything, and looks like 3."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(3)

    def __repr__(self) -> str:
        return "3"


@given(VALUES)
def test_a_value_agrees_with_itself(value: object) -> None:
    """NaN too, wherever it stands."""
    assert disagreement(value, value) == ""


@given(VALUES, VALUES)
def test_agreement_has_no_side(one: object, other: object) -> None:
    """Whichever is the learner's."""
    assert agree(one, other) == agree(other, one)


@given(st.lists(st.integers()), st.lists(st.integers()))
def test_plain_lists_agree_as_python_says(one: list[int], other: list[int]) -> None:
    """Where ``==`` can be trusted it is what decides."""
    assert agree(one, other) == (one == other)


@pytest.mark.parametrize(
    ("yours", "expected"),
    [
        (1.0, 1),
        (0.1 + 0.2, 0.3),
        (math.nan, math.nan),
        (Decimal("1.50"), Decimal("1.5")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (Counter("aab"), Counter("baa")),
        ({1, 2}, {2, 1}),
        ([Point(1, 2)], [Point(1, 2)]),
    ],
)
def test_what_agrees(yours: object, expected: object) -> None:
    """Numbers by value, containers by content."""
    assert disagreement(yours, expected) == ""


@pytest.mark.parametrize(
    ("yours", "expected", "told"),
    [
        ([2, 1], [1, 2], "the right items in another order, from [0] on"),
        ([1], [1, 2], "1 item instead of 2: 2 is missing"),
        ([1, 1, 2], [1, 2], "3 items instead of 2: 1 is too many again"),
        ([9, 9, 9], [1, 2], "3 items instead of 2; the first difference is at [0]"),
        ((1,), [1], "a tuple where a list is expected: (1,)"),
        (None, 3, "None where an int is expected: None"),
        (True, 1, "a bool where an int is expected: True"),
        ("3", 3, "a str where an int is expected: '3'"),
        ({"a": 1}, {"a": 2}, "at ['a']: 1 instead of 2"),
        ({"a": 1}, {"b": 1}, "key 'b' is missing; key 'a' is not expected"),
        ({1, 2}, {2, 3}, "3 is missing; 1 is too many"),
        ([{"x": [1, 2]}], [{"x": [1, 5]}], "at [0]['x'][1]: 2 instead of 5"),
        ([7, 8, 3], [1, 2, 3], "at [0]: 7 instead of 1 (and 1 more of 3 items differ)"),
        (Point(1, 2), Point(1, 3), "at ['y']: 2 instead of 3"),
        (defaultdict(int), {}, "a defaultdict where a dict is expected: *"),
        (OrderedDict(a=1), {"a": 1}, "an OrderedDict where a dict is expected: *"),
        (1.1, 1.2, "1.1 instead of 1.2"),
    ],
)
def test_what_differs_is_said(yours: object, expected: object, told: str) -> None:
    """The place, what stands there, and what should."""
    found = disagreement(yours, expected)
    assert found == told or (told.endswith("*") and found.startswith(told[:-1]))


@pytest.mark.parametrize("hidden", [Yes(), [Yes()], {"a": Yes()}, (1, Yes())])
def test_an_object_that_equals_everything_does_not_pass(hidden: object) -> None:
    """Its type tells, whatever it says of itself."""
    plain = {list: [3], dict: {"a": 3}, tuple: (1, 3)}.get(type(hidden), 3)
    assert "a Yes where an int is expected" in disagreement(hidden, plain)


FRAME = pd.DataFrame({"city": ["Oslo", "Rome", "Bern"], "n": [1.0, 2.0, 3.0]})


@pytest.mark.parametrize(
    ("yours", "told"),
    [
        (FRAME, ""),
        (FRAME.iloc[::-1].reset_index(drop=True), "the right rows in another order"),
        (FRAME.drop(columns="n"), "columns: missing 'n'"),
        (FRAME.assign(m=1), "columns: not expected 'm'"),
        (FRAME[["n", "city"]], "the columns are in another order: *"),
        (FRAME.head(1), "1 row instead of 3"),
        (FRAME.set_axis([5, 6, 7]), "the values are right, the index is not: [5, 6, 7] *"),
        (
            FRAME.astype({"n": int}),
            "the values are right, a type is not: 'n' is int64, not float64",
        ),
        (FRAME.assign(n=[1, 9, 3.0]), "1 of 6 values differ; the first: 'n', row 1: 9.0 *"),
        (FRAME.assign(n=None), "3 of 6 values differ, all of them missing values; *"),
        (FRAME["n"], "a Series where a DataFrame is expected"),
        ([1], "a list where a DataFrame is expected"),
    ],
)
def test_frames(yours: object, told: str) -> None:
    """Columns, rows, order, index, types and values, in that order."""
    found = disagreement(yours, FRAME)
    assert found == told or (told.endswith("*") and found.startswith(told[:-1]))


def test_series() -> None:
    """A series has a name beside its values."""
    numbers = FRAME["n"]
    assert disagreement(numbers, numbers.copy()) == ""
    assert disagreement(numbers.rename("m"), numbers) == "the series is named 'm', not 'n'"
