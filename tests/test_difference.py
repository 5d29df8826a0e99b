"""What is said of a difference: its kind, a sentence with counts, and the rows that show it."""

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal
from typing import Any

import pytest

from pytest_prep.judging.compare import Rules, Table, compare
from pytest_prep.judging.difference import KINDS, Difference, Kind
from pytest_prep.judging.explain.shown import show_column

Rows = list[tuple[Any, ...]]

CARRIERS: Rows = [("UA", 10, 303.96), ("DL", 20, 12.5), ("AA", 30, 7.25), ("B6", 40, 0.5)]
HEADER = "carrier n total"


def table(columns: str, rows: Rows) -> Table:
    """Return a table with columns separated by blanks, types unknown."""
    names = tuple(columns.split())
    return Table(names, ("ANY",) * len(names), rows)


def differ(columns: str, yours: Rows, expected: Rows, **rules: Any) -> Difference:
    """Return how rows of the same columns differ."""
    difference = compare(table(columns, yours), table(columns, expected), Rules(**rules))
    assert difference is not None
    return difference


def changed(column: int, value: Any) -> Rows:
    """Return the carriers with one column put through a function."""
    return [(*row[:column], value(row[column]), *row[column + 1 :]) for row in CARRIERS]


def marks(difference: Difference) -> str:
    """Return the marks of all lines."""
    return "".join(line.mark for line in difference.lines)


def test_equal_results_have_no_difference() -> None:
    """None means equal."""
    assert compare(table(HEADER, CARRIERS), table(HEADER, CARRIERS[::-1])) is None


# Columns


def test_missing_column() -> None:
    """The count comes first, and the names say which one it is."""
    yours = table("carrier n", [row[:2] for row in CARRIERS])
    difference = compare(yours, table(HEADER, CARRIERS))
    assert difference is not None
    assert difference.kind == "column_count"
    assert difference.summary == "Your result has 2 columns; 3 are expected."
    assert difference.hint_pattern is not None
    assert difference.hint_pattern.endswith("Not in yours: total.")


def test_extra_column() -> None:
    """Also by name, and for empty results."""
    difference = compare(table("a b c", []), table("a b", []), Rules(by_name=True))
    assert difference is not None
    assert difference.kind == "column_count"
    assert "Not asked for: c." in (difference.hint_pattern or "")


def test_columns_in_another_order() -> None:
    """A permutation of the columns makes the results equal, whatever their names."""
    yours = table("x y z", [(n, total, carrier) for carrier, n, total in CARRIERS])
    difference = compare(yours, table(HEADER, CARRIERS))
    assert difference is not None
    assert difference.kind == "column_order"
    assert difference.summary == (
        "The columns come in another order: yours hold n, total and carrier;"
        " expected are carrier, n and total."
    )
    assert difference.hint_pattern is None


def test_columns_in_another_order_by_their_names() -> None:
    """If names tell and most values fit then, that is said before anything else is wrong."""
    rows = [(n, carrier, total + n) for carrier, n, total in CARRIERS]
    difference = compare(table("n carrier total", rows), table(HEADER, CARRIERS))
    assert difference is not None
    assert difference.kind == "column_order"
    assert "yours are named n, carrier and total" in difference.summary
    assert (
        difference.hint_pattern
        == "With the columns in the right order the rows would still differ."
    )


def test_misleading_names_do_not_make_a_column_order() -> None:
    """Names in another order prove nothing where the values fit no better."""
    yours = table("n carrier total", changed(2, lambda total: total * 3))
    difference = compare(yours, table(HEADER, CARRIERS))
    assert difference is not None
    assert difference.kind == "factor"


def test_wrong_column_names() -> None:
    """Where columns go by name."""
    difference = compare(
        table("carrier n sum", CARRIERS), table(HEADER, CARRIERS), Rules(by_name=True)
    )
    assert difference is not None
    assert difference.kind == "column_names"
    assert difference.summary == "The column total is missing; yours has sum instead."


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        (["10", "20"], [10, 20], "holds text where numbers are expected ('10')"),
        ([10, 20], ["10", "20"], "holds numbers where text is expected (10)"),
        (["true", "f"], [True, False], "holds text where booleans are expected ('true')"),
        (
            ["2024-01-01", None],
            [dt.date(2024, 1, 1), None],
            "holds text where dates are expected ('2024-01-01')",
        ),
        (
            ["2024-01-01 10:00:00"] * 2,
            [dt.datetime(2024, 1, 1, 10)] * 2,
            "holds text where dates are expected ('2024-01-01 10:00:00')",
        ),
    ],
)
def test_right_values_of_the_wrong_type(
    mine: list[object], theirs: list[object], words: str
) -> None:
    """Text is never a number, a date or a boolean; that the values are right is said too."""
    difference = differ(
        "k v", list(zip("ab", mine, strict=True)), list(zip("ab", theirs, strict=True))
    )
    assert difference.kind == "type"
    assert difference.summary == f"Column 2 (v) {words}."
    assert difference.hint_pattern == "Only the type is wrong: the values themselves are right."
    assert set(marks(difference)) == {"~"}


def test_wrong_values_of_the_wrong_type() -> None:
    """The values are not called right where they are not."""
    difference = differ("k v", [("a", "1"), ("b", "x")], [("a", 1), ("b", 2)])
    assert difference.kind == "type"
    assert difference.hint_pattern is None


# Rows


def test_empty_result() -> None:
    """Nothing else can be said, and the first expected rows are shown."""
    expected = [(i,) for i in range(12)]
    difference = differ("n", [], expected)
    assert difference.kind == "empty"
    assert difference.summary == "Your result is empty; 12 rows are expected."
    assert marks(difference) == "-" * 10
    assert (difference.more_yours, difference.more_expected) == (0, 2)
    assert (difference.yours_count, difference.expected_count) == (0, 12)


def test_rows_where_none_is_expected() -> None:
    """The opposite of an empty result."""
    difference = differ("n", [(1,)], [])
    assert difference.kind == "extra_rows"
    assert difference.summary == "1 row too many: no row is expected."


def test_wrong_order() -> None:
    """The first row out of place is named and shown after the last right one."""
    yours = [CARRIERS[0], CARRIERS[2], CARRIERS[1], CARRIERS[3]]
    difference = differ(HEADER, yours, CARRIERS, order=("n",))
    assert difference.kind == "row_order"
    assert difference.summary == (
        "The 4 rows are right, but not in the order asked for (by n): row 2 is the first out of"
        " place."
    )
    assert marks(difference) == " -+-+"
    assert difference.lines[1].cells == ("DL", "20", "12.5")
    assert difference.lines[2].cells == ("AA", "30", "7.25")


@pytest.mark.parametrize(
    ("mine", "theirs", "hint"),
    [
        ([3, 2, 1], [1, 2, 3], "Yours is the expected order from the end to the beginning."),
        (
            [None, 1, 2],
            [1, 2, None],
            "NULL in n comes first in yours and last in the expected order.",
        ),
        (
            [1, 2, None],
            [None, 1, 2],
            "NULL in n comes last in yours and first in the expected order.",
        ),
        ([1, 10, 2], [1, 2, 10], "Yours is in the order of n as text (1, 10, 2)."),
        (["Apr", "Jan", "Mar"], ["Jan", "Mar", "Apr"], "Yours is in alphabetical order of n."),
        ([2, 3, 1, 4], [1, 2, 3, 4], None),
    ],
)
def test_what_order_it_is_instead(mine: list[Any], theirs: list[Any], hint: str | None) -> None:
    """If it can be seen; otherwise nothing is said."""
    difference = differ("n", [(n,) for n in mine], [(n,) for n in theirs], order=("n",))
    assert difference.kind == "row_order"
    assert difference.hint_pattern == hint


def test_only_the_second_order_column_is_wrong() -> None:
    """Also where swapping the columns would turn one order into the other."""
    rows: Rows = [(1, 1), (1, 2), (2, 1), (2, 2)]
    difference = differ("a b", [rows[1], rows[0], *rows[2:]], rows, order=("a", "b"))
    assert difference.kind == "row_order"
    assert (
        difference.hint_pattern == "The order by a is right; the order by b within equal a is not."
    )


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (CARRIERS[:2], "2 rows too many: 2 rows appear twice"),
        (CARRIERS[:1], "1 row too many: 1 row appears twice"),
        (CARRIERS[:1] * 2, "2 rows too many: 1 row appears 3 times"),
        (CARRIERS * 2, "8 rows too many: every one of the 4 rows appears 3 times"),
        (
            [CARRIERS[0], CARRIERS[1], CARRIERS[1]],
            "3 rows too many: 2 rows appear more than once, up to 3 times",
        ),
    ],
)
def test_duplicated_rows(extra: Rows, words: str) -> None:
    """How many rows, how often, and what repeats rows."""
    difference = differ(HEADER, CARRIERS + extra, CARRIERS)
    assert difference.kind == "duplicate_rows"
    assert difference.summary == (f"{words} (a join that repeats rows, or UNION ALL, does this).")
    assert marks(difference).startswith(" +")


def test_copies_beside_right_copies() -> None:
    """Where some rows are right to come twice, only the rest is too many."""
    difference = differ("n", [(1,)] * 4 + [(2,)] * 2, [(1,)] * 2 + [(2,)])
    assert difference.summary.startswith(
        "3 rows too many: every one of the 2 rows appears more often than expected"
    )


def test_duplicates_of_floats_with_noise() -> None:
    """Copies need not be identical, only equal within the tolerance."""
    noisy = changed(2, lambda total: total * (1 + 1e-15))
    assert differ(HEADER, CARRIERS + noisy, CARRIERS).kind == "duplicate_rows"


def test_removed_duplicates() -> None:
    """Each row is there, but not as often as it should be."""
    difference = differ(HEADER, CARRIERS, CARRIERS + CARRIERS[:2])
    assert difference.kind == "duplicates_removed"
    assert difference.summary == (
        "2 rows are missing: 2 rows that should come more than once come once"
        " (DISTINCT, UNION and GROUP BY remove repeats)."
    )
    assert marks(difference) == " - -"


MAY = [(dt.datetime(2005, 5, day), 100 + day) for day in range(20, 31)]


@pytest.mark.parametrize(
    ("columns", "present", "missing", "hint"),
    [
        (
            "title rating",
            [("a", "PG"), ("b", "G")],
            [("c", None), ("d", None)],
            "Both missing rows hold NULL in rating; none of yours does.",
        ),
        (
            "film copies",
            [("a", 1), ("b", 2)],
            [("c", 0)],
            "The missing row holds 0 in copies; none of yours does.",
        ),
        (
            "carrier n",
            [("UA", 1), ("DL", 4)],
            [("HA", 2), ("HA", 3), ("HA", 1)],
            "All 3 missing rows have carrier = HA; none of yours does.",
        ),
        (
            "paid amount",
            MAY,
            [(dt.datetime(2005, 5, 31, 10), 120), (dt.datetime(2005, 5, 31, 11), 101)],
            "Both missing rows have paid after 2005-05-30, the last in yours.",
        ),
        (
            "name n",
            [("a", 9), ("b", 8), ("c", 7)],
            [("d", 7)],
            "The missing row ties with a row of yours: n = 7, the least value.",
        ),
        (
            "origin dest n",
            [("X", "a", 9), ("Y", "b", 8), ("Z", "q", 5)],
            [("X", "c", 9), ("Y", "d", 8)],
            "Yours has one row for each origin; for 2 of them more are expected"
            " (ties, or rows that belong together).",
        ),
        ("a n", [("a", 1), ("b", 3)], [("c", 2)], None),
    ],
)
def test_missing_rows(columns: str, present: Rows, missing: Rows, hint: str | None) -> None:
    """What the missing rows have in common and yours have not, if anything."""
    difference = differ(columns, present, present + missing)
    assert difference.kind == "missing_rows"
    n, total = len(missing), len(present) + len(missing)
    verb = "is" if n == 1 else "are"
    assert difference.summary == (
        f"{n} of {total} expected rows {verb} missing; the rest is right."
    )
    assert difference.hint_pattern == hint
    assert marks(difference) == "-" * n


@pytest.mark.parametrize(
    ("columns", "right", "extra", "hint"),
    [
        (
            "title rating",
            [("a", "PG"), ("b", "G")],
            [("c", None)],
            "The extra row holds NULL in rating; no expected row does.",
        ),
        (
            "genre films",
            [("Drama", 7), ("Comedy", 8)],
            [("", 2)],
            "The extra row holds the empty text in genre; no expected row does.",
        ),
        (
            "genre films",
            [("Drama", 7), ("Comedy", 8)],
            [(" Drama", 2), ("COMEDY", 7)],
            "Both extra rows differ in genre only by white space or letter case from an expected"
            " row: ' Drama'.",
        ),
        (
            "tail flight",
            [("N1", 7), ("N2", 8), ("N3", 9)],
            [("N1", 6), ("N2", 8.5)],
            "One row is expected for each tail; for 2 of them yours has more"
            " (ties, or a join that repeats rows).",
        ),
        (
            "name n",
            [("a", 9), ("b", 8), ("c", 7)],
            [("d", 7)],
            "The extra row ties with an expected row: n = 7, the least value.",
        ),
    ],
)
def test_extra_rows(columns: str, right: Rows, extra: Rows, hint: str) -> None:
    """Likewise for rows that are too many."""
    difference = differ(columns, right + extra, right)
    n = len(extra)
    assert difference.kind == "extra_rows"
    assert difference.summary == (
        f"{n} row{'s' if n > 1 else ''} too many; the {len(right)} expected rows are all there."
    )
    assert difference.hint_pattern == hint
    assert marks(difference) == "+" * n


# Cells


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ([1.2345, 2.71828], [1.23, 2.72], "equal to the expected one once rounded to 2 decimals"),
        ([1.23, 2.72], [1.2345, 2.71828], "the expected one rounded to 2 decimals, where more are"),
        ([1.22, 2.71], [1.23, 2.72], "off by one in the last decimal"),
        ([0.10000000149, 2.7000000477], [0.1, 2.7], "equal to the expected one once rounded to 1"),
        ([1234.56789, 0.5000003], [1234.56788, 0.5000001], "in the first six digits"),
        ([Decimal("0.33"), Decimal("0.67")], [1 / 3, 2 / 3], "rounded to 2 decimals"),
    ],
)
def test_rounding(mine: list[Any], theirs: list[Any], words: str) -> None:
    """Numbers equal once they are rounded alike, and which side has the decimals."""
    difference = differ(
        "k avg", list(zip("ab", mine, strict=True)), list(zip("ab", theirs, strict=True))
    )
    assert difference.kind == "rounding"
    assert words in difference.summary


@pytest.mark.parametrize(
    ("mine", "theirs", "kind", "words"),
    [
        (None, 0, "null_for_zero", "is NULL where 0 is expected"),
        (0, None, "zero_for_null", "is 0 where NULL is expected"),
        ("", None, "empty_text_for_null", "is the empty text where NULL is expected"),
        (None, "", "null_for_empty_text", "is NULL where the empty text is expected"),
    ],
)
def test_nothing_of_another_kind(mine: object, theirs: object, kind: Kind, words: str) -> None:
    """NULL, 0 and the empty text are told apart."""
    right: Rows = [("b", theirs if theirs is not None else mine), ("c", None)]
    difference = differ("k v", [("a", mine), *right], [("a", theirs), *right])
    assert difference.kind == kind
    assert difference.summary.startswith(f"1 of 3 values in v {words}")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (3, "3 × the expected one (a join that repeats rows before the sum does this)"),
        (100, "100 × the expected one (a percentage instead of a share)"),
        (0.01, "1/100 of the expected one (a share instead of a percentage)"),
        (60, "60 × the expected one (another unit of time)"),
        (0.5, "1/2 of the expected one"),
        (1.609344, "1.609344 × the expected one: "),
        (-2, "-2 × the expected one: "),
    ],
)
def test_constant_factor(by: float, words: str) -> None:
    """Every wrong value is the same multiple of the expected one."""
    difference = differ(HEADER, changed(2, lambda total: total * by), CARRIERS)
    assert difference.kind == "factor"
    assert difference.summary.startswith(f"Every value in total is {words}")


def test_varying_whole_multiples() -> None:
    """A join repeats some rows more often than others before the sum."""
    yours = [
        (carrier, n, total * k)
        for (carrier, n, total), k in zip(CARRIERS, (2, 3, 5, 32), strict=True)
    ]
    difference = differ(HEADER, yours, CARRIERS)
    assert difference.kind == "factor"
    assert "a whole multiple of the expected one, 2 to 32 ×" in difference.summary


def test_the_same_factor_in_two_columns() -> None:
    """The first column is the summary, the others follow."""
    yours = [(carrier, n * 3, total * 3) for carrier, n, total in CARRIERS]
    difference = differ(HEADER, yours, CARRIERS)
    assert difference.kind == "factor"
    assert difference.summary.startswith("Every value in n is 3 ×")
    assert (difference.hint_pattern or "").startswith("Every value in total is 3 ×")


def test_one_value_alone_has_no_odd_factor() -> None:
    """Any two numbers have some ratio: a single one says nothing unless it is plain."""
    kinds = {
        (16348, 1444): "one_column",
        (7, 1): "one_column",
        (4, 2): "one_column",
        (911.88, 303.96): "factor",
        (12.5, 0.125): "factor",
    }
    assert {pair: differ("n", [pair[:1]], [pair[1:]]).kind for pair in kinds} == kinds


def test_one_short_number_is_no_rounding() -> None:
    """1.5 beside 1 is a half more; a whole column of such pairs is a rounding."""
    right: Rows = [("c", 2.5)]
    assert differ("k v", [("a", 1.5), *right], [("a", 1.0), *right]).kind == "one_column"
    mine, theirs = [("a", 1.4), ("b", 6.7), ("c", 3.1)], [("a", 1), ("b", 7), ("c", 3)]
    assert differ("k v", mine, theirs).kind == "rounding"


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ([11, 21], [10, 20], "1 more than expected: 11 instead of 10"),
        ([7, 17], [10, 20], "3 less than expected"),
        (
            [dt.date(2024, 1, 2), dt.date(2024, 3, 1)],
            [dt.date(2024, 1, 1), dt.date(2024, 2, 29)],
            "1 day later than expected: 2024-01-02 instead of 2024-01-01",
        ),
        (
            [dt.datetime(2024, 1, 1, 1), dt.datetime(2024, 1, 1, 2)],
            [dt.datetime(2024, 1, 1, 2), dt.datetime(2024, 1, 1, 3)],
            "1 hour earlier than expected",
        ),
    ],
)
def test_constant_offset(mine: list[Any], theirs: list[Any], words: str) -> None:
    """Off by one, by a day, by an hour."""
    difference = differ(
        "k v", list(zip("ab", mine, strict=True)), list(zip("ab", theirs, strict=True))
    )
    assert difference.kind == "offset"
    assert difference.summary.startswith(f"Every value in v is {words}")


def test_one_for_nothing() -> None:
    """count(*) after a left join gives 1 where 0 is expected: one more, not another factor."""
    difference = differ("k n", [("a", 1), ("b", 1), ("c", 5)], [("a", 0), ("b", 0), ("c", 5)])
    assert difference.kind == "offset"
    assert difference.summary == "2 of 3 values in n are 1 more than expected: 1 instead of 0."


@pytest.mark.parametrize(
    ("mine", "theirs"), [([0, 3], [0.7, 3.2]), ([0, 0], [0.2, 0.3]), ([-1, 2], [-0.5, 2.5])]
)
def test_integer_division(mine: list[Any], theirs: list[Any]) -> None:
    """The expected numbers without their decimals, cut off or rounded down."""
    difference = differ(
        "k v", list(zip("ab", mine, strict=True)), list(zip("ab", theirs, strict=True))
    )
    assert difference.kind == "integer_division"


def test_flipped_sign() -> None:
    """A difference taken the wrong way round."""
    difference = differ(HEADER, changed(2, lambda total: -total), CARRIERS)
    assert difference.kind == "sign"
    assert (
        difference.summary == "Every value in total has the other sign: -303.96 instead of 303.96."
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (str.lower, "upper and lower case: ua instead of UA"),
        (lambda text: f"{text} ", "white space before or after the text: 'UA ' instead of UA"),
        (lambda text: f" {text.lower()}", "upper and lower case, and in white space"),
    ],
)
def test_text_in_another_form(form: Any, words: str) -> None:
    """Letter case and surrounding white space."""
    difference = differ(HEADER, changed(0, form), CARRIERS)
    assert difference.kind == "text_form"
    assert difference.summary.startswith(f"Every value in carrier differs only in {words}")


def test_one_wrong_column() -> None:
    """Which, in how many rows, and that the rest is right; each row as one changed line."""
    yours = [CARRIERS[0], ("DL", 20, 99.75), ("AA", 30, 8.5), ("B6", 40, 0.75)]
    difference = differ(HEADER, yours, CARRIERS)
    assert difference.kind == "one_column"
    assert difference.summary == "Column 3 (total) differs in 3 of 4 rows; the rest is right."
    assert difference.hint_pattern == "Yours is too large in all of them (total)."
    assert marks(difference) == "~~~"
    assert difference.lines[1].cells == ("AA", "30", "8.5")
    assert difference.lines[1].expected == ("AA", "30", "7.25")
    assert difference.lines[1].changed == (2,)


def test_one_wrong_cell() -> None:
    """A single wrong value is told in the sentence, without a tendency."""
    difference = differ(HEADER, [*CARRIERS[:3], ("B6", 40, 0.75)], CARRIERS)
    assert difference.kind == "one_column"
    assert difference.summary == (
        "Column 3 (total) differs in 1 of 4 rows (0.75 instead of 0.5); the rest is right."
    )
    assert difference.hint_pattern is None


def test_one_wrong_number() -> None:
    """A result of one row and one column."""
    difference = differ("n", [(16348,)], [(1444,)])
    assert difference.kind == "one_column"
    assert difference.summary == "Column 1 (n) is wrong: 16348 instead of 1444."


def test_time_of_day_left_on() -> None:
    """A timestamp where its day is asked for."""
    yours: Rows = [("a", dt.datetime(2024, 1, 1, 5)), ("b", dt.datetime(2024, 1, 2, 6))]
    expected: Rows = [("a", dt.date(2024, 1, 1)), ("b", dt.date(2024, 1, 2))]
    difference = differ("k d", yours, expected)
    assert difference.kind == "one_column"
    assert (difference.hint_pattern or "").startswith("The day is right in all of them")


def test_patterns_in_a_result_of_one_column() -> None:
    """No other column says which values belong together: sorted they show it all the same."""
    difference = differ("n", [(4.0,), (2.0,), (6.0,)], [(1.0,), (3.0,), (2.0,)])
    assert difference.kind == "factor"
    assert differ("n", [(1,), (2,), (3,)], [(2,), (3,), (4,)]).kind == "offset"
    assert differ("t", [("b ",), ("a ",)], [("a",), ("b",)]).kind == "text_form"
    assert differ("n", [(1,), (2,), (9,)], [(1,), (2,), (4,)]).kind == "mixed"


def test_mixed_differences_are_counted() -> None:
    """What is changed, missing and too many, with some of each shown."""
    yours = [*CARRIERS[:2], ("AA", 31, 7.25), ("WN", 50, 1.5), ("F9", 60, 2.5)]
    expected = [*CARRIERS, ("HA", 70, 3.75)]
    difference = differ(HEADER, yours, expected)
    assert difference.kind == "mixed"
    assert difference.summary == (
        "1 row differs in n; 2 expected rows are missing; 2 rows of yours are not expected."
    )
    assert marks(difference) == "~--++"


def test_two_wrong_columns() -> None:
    """What is known of each column is said."""
    yours = [
        (carrier, n + 1, total - x)
        for (carrier, n, total), x in zip(CARRIERS, (1.5, 3.0, 2.0, 0.25), strict=True)
    ]
    difference = differ(HEADER, yours, CARRIERS)
    assert difference.kind == "mixed"
    assert difference.summary == "4 of 4 rows differ in 2 columns (n and total)."
    assert difference.hint_pattern == (
        "Every value in n is 1 more than expected: 11 instead of 10."
        " Yours is too small in all of them (total)."
    )


def test_the_same_rows_in_other_numbers() -> None:
    """Neither more copies nor fewer, but other ones."""
    difference = differ("n", [(1,), (1,), (2,)], [(1,), (2,), (2,)])
    assert difference.kind == "mixed"
    assert difference.hint_pattern == (
        "The distinct rows are the same; only how often they come differs."
    )


def test_exchanged_columns_in_some_rows() -> None:
    """The direction of a pair got lost: all columns are in place, some values are not."""
    expected: Rows = [("JFK", "LAX", 1), ("BOS", "ATL", 2), ("SFO", "DEN", 3)]
    yours = [expected[0], ("ATL", "BOS", 2), ("DEN", "SFO", 3)]
    difference = differ("origin dest n", yours, expected)
    assert difference.kind == "mixed"
    assert difference.hint_pattern == (
        "In the 2 rows that differ the values of origin and dest are exchanged."
    )


def test_one_row_with_several_wrong_columns() -> None:
    """Then the columns are counted, not the rows."""
    difference = differ("a b c", [(1, "x", 5)], [(7, "y", 5)])
    assert difference.kind == "mixed"
    assert difference.summary == "2 of 3 columns are wrong: a and b."


def test_what_missing_rows_share_is_said_beside_wrong_values() -> None:
    """A left join too few loses the zeros, and a count is wrong as well."""
    difference = differ("k n", [("a", 5)], [("a", 4), ("b", 0)])
    assert difference.kind == "mixed"
    assert difference.hint_pattern == (
        "Yours has 1 row; 2 are expected. The missing row holds 0 in n; none of yours does."
    )


# Lines


def test_at_most_ten_lines_share_the_room() -> None:
    """Changed, missing and extra rows all appear; the rest is counted."""
    yours: Rows = [(f"k{i}", i + 7 * i * i) for i in range(20)]
    yours += [(f"y{i}", 1000 + i) for i in range(20)]
    expected: Rows = [(f"k{i}", i + 5000) for i in range(20)]
    expected += [(f"e{i}", 9000 + i) for i in range(15)]
    difference = differ("k v", yours, expected)
    assert marks(difference) == "~~~~---+++"
    assert (difference.more_yours, difference.more_expected) == (40 - 7, 35 - 7)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([None, True, 3, Decimal("1.50")], ["NULL", "true", "3", "1.50"]),
        ([0.1 + 0.2, 2689.9600000000005, 1e300], ["0.3", "2689.96", "1e+300"]),
        ([1.0000001234, 1.0000002234], ["1.000000123", "1.000000223"]),
        ([0.00001234567890123, 5.0], ["1.234567890123e-05", "5.0"]),
        ([float("nan"), float("inf")], ["NaN", "inf"]),
        (["a b", "", "NULL", " a", "a\tb"], ["a b", "''", "'NULL'", "' a'", "'a\\tb'"]),
        (["12", 12], ["'12'", "12"]),
        (["12", "13"], ["12", "13"]),
        ([dt.date(2024, 1, 2), dt.datetime(2024, 1, 2, 3)], ["2024-01-02", "2024-01-02 03:00:00"]),
        ([[1, None, "a"], {"k": 0.5}], ["[1, NULL, 'a']", "{k: 0.5}"]),
        (["é", "e\u0301"], ["'\\xe9'", "'e\\u0301'"]),
    ],
)
def test_cells_as_text(values: list[object], texts: list[str]) -> None:
    """Short, but values that differ look different."""
    assert show_column(values) == texts


def test_long_text_is_cut_around_the_difference() -> None:
    """The part that differs stays in sight."""
    one, other = show_column(["x" * 100 + "1" + "y" * 100, "x" * 100 + "2" + "y" * 100])
    assert one != other
    assert one.startswith("…xxxxxxxxxx1yyy")
    assert one.endswith("y…")
    assert len(one) == len(other) == 40


def test_texts_that_part_at_different_places_stay_apart() -> None:
    """If no window shows all of them, they are shown whole."""
    values: list[object] = ["x" * 200 + tail for tail in ("a", "b", "a" + "y" * 100 + "!")]
    assert len(set(show_column(values))) == 3


def test_a_difference_is_plain_data() -> None:
    """It survives JSON, and an unknown kind is refused."""
    difference = differ(HEADER, changed(2, lambda total: total + 1.25), CARRIERS)
    data = json.loads(json.dumps(difference.to_dict()))
    assert Difference.from_dict(data) == difference
    assert difference.kind in KINDS
    with pytest.raises(ValueError, match="'odd' is not a kind"):
        Difference.from_dict({**data, "kind": "odd"})


def test_large_differences_are_explained_in_reasonable_time() -> None:
    """100,000 wrong rows take about three seconds; the limit catches a quadratic step."""
    expected: Rows = [(i, f"k{i % 1000}", i * 0.5) for i in range(100_000)]
    yours = [(i, k, x * 3) for i, k, x in reversed(expected)]
    start = time.process_time()
    difference = differ("i k x", yours, expected)
    assert difference.kind == "factor"
    same_key: Rows = [(1, "k", i * 0.5) for i in range(50_000)]
    assert differ("i k x", [(1, "k", i * 0.7) for i in range(50_000)], same_key).kind
    assert time.process_time() - start < 30
