"""The mean of the last five trading days of each share, as a column."""

from __future__ import annotations

import math

import pandas as pd
import pytest

#: Six trading days; a weekend lies between the third and the fourth.
DAYS = ["2013-02-06", "2013-02-07", "2013-02-08", "2013-02-11", "2013-02-12", "2013-02-13"]
CLOSING = [205.18, 203.79, 202.79, 201.02, 199.74, 201.68]


def prices_of(rows, labels=None):
    """Return prices for a list of tuples (symbol, date, adj_close)."""
    frame = pd.DataFrame(
        {
            "symbol": pd.Series([symbol for symbol, _, _ in rows], dtype="str"),
            "date": pd.to_datetime([date for _, date, _ in rows]),
            "close": [price + 1.0 for _, _, price in rows],
            "adj_close": [float(price) for _, _, price in rows],
        }
    )
    return frame if labels is None else frame.set_axis(labels)


def check(answer, prices, averages, cause=""):
    """Assert that the answer adds the column ``ma5`` to prices; None stands for missing.

    ``cause`` is added to the message about wrong averages.
    """
    result = answer.add_moving_average(prices.copy())
    check_frame(result, prices)
    found = result["ma5"].tolist()
    assert not all(map(math.isnan, found)) or not any(averages), (
        "ma5 is missing in every row: do its labels fit those of prices?"
    )
    right = [math.nan if average is None else average for average in averages]
    assert found == pytest.approx(right, rel=1e-9, nan_ok=True), (
        f"ma5 is {found}; right is {right} (nan: missing){cause}"
    )


def check_frame(result, prices):
    """Assert that ``result`` is ``prices`` with one more column of floats."""
    assert isinstance(result, pd.DataFrame), f"a {type(result).__name__} is returned, not a frame"
    assert len(result) == len(prices), f"{len(result)} rows for {len(prices)} prices"
    assert list(result.columns) == [*prices.columns, "ma5"], (
        f"the columns are {list(result.columns)}; asked for are those of prices, then ma5"
    )
    assert list(result.index) == list(prices.index), (
        "the index labels, or their order, are not those of prices: "
        f"{list(result.index[:8])} in place of {list(prices.index[:8])}"
    )
    for column in prices.columns:
        assert result[column].equals(prices[column]), (
            f"the column {column} of prices has changed, or its rows are in another order"
        )
    assert result["ma5"].dtype == "float64", f"ma5 is {result['ma5'].dtype}, not float64"


def growth_input(n):
    """Return n prices of five shares, mixed, for --review."""
    row = pd.Series(range(n))
    days = pd.Timestamp("2013-01-01") + pd.to_timedelta(row // 5, unit="min")
    symbols = pd.Series(list("ABCDE"), dtype="str").take(row % 5).to_numpy()
    price = row * 1.0
    return (pd.DataFrame({"symbol": symbols, "date": days, "close": price, "adj_close": price}),)


def test_sample(answer):
    """One share over six trading days."""
    prices = prices_of(list(zip(["IBM"] * 6, DAYS, CLOSING, strict=True)))
    check(answer, prices, [None, None, None, None, 202.504, 201.804])


def test_edge_two_shares(answer):
    """The second share starts anew: its first four days have no average."""
    rows = list(zip(["A"] * 5, DAYS, [10, 20, 30, 40, 50], strict=False))
    rows += zip(["B"] * 6, DAYS, [1, 2, 3, 4, 5, 6], strict=True)
    cause = "; does an average reach over the border between two shares?"
    check(answer, prices_of(rows), [None] * 4 + [30.0] + [None] * 4 + [3.0, 4.0], cause)


def test_edge_shares_mixed(answer):
    """Rows sorted by day, with the shares of one day side by side."""
    rows = []
    for day, (low, high) in zip(DAYS, [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50)], strict=False):
        rows += [("B", day, low), ("A", day, high)]
    cause = "; does each average stand at its own price?"
    check(answer, prices_of(rows), [None] * 8 + [3.0, 30.0], cause)


def test_edge_newest_first(answer):
    """The days before a row are earlier in time, wherever their rows stand."""
    rows = list(zip(["A"] * 6, DAYS, [1, 2, 3, 4, 5, 60], strict=True))
    cause = "; does an average take later days for the days before?"
    check(answer, prices_of(rows[::-1]), [14.8, 3.0, None, None, None, None], cause)


def test_edge_days_without_trade(answer):
    """Five trading days are five rows, whether they lie within one week or five."""
    days = ["2013-01-03", "2013-01-10", "2013-01-17", "2013-01-24", "2013-01-31"]
    rows = list(zip(["A"] * 5, days, [1, 2, 3, 4, 10], strict=True))
    check(answer, prices_of(rows), [None] * 4 + [4.0])


def test_edge_fewer_than_five_days(answer):
    """A share with four prices has no average at all."""
    rows = list(zip(["A"] * 4, DAYS, [1, 2, 3, 4], strict=False))
    check(answer, prices_of(rows), [None] * 4)


def test_edge_index_labels(answer):
    """A selection of prices keeps its labels, and each average stands at its own price."""
    rows = []
    for day, (low, high) in zip(DAYS, [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50)], strict=False):
        rows += [("B", day, low), ("A", day, high)]
    labels = [90, 5, 70, 25, 60, 35, 50, 45, 15, 1]
    check(answer, prices_of(rows, labels), [None] * 8 + [3.0, 30.0])


def test_edge_input_unchanged(answer):
    """The frame of the caller stays as it was."""
    rows = list(zip(["A"] * 6, DAYS, [1, 2, 3, 4, 5, 6], strict=True))
    prices = prices_of(rows[::-1])
    before = prices.copy()
    answer.add_moving_average(prices)
    assert list(prices.columns) == list(before.columns), "a column was added to the caller's frame"
    assert prices.equals(before), "the caller's frame was changed"


@pytest.fixture(scope="module")
def all_prices(dataset):
    """The prices of five shares."""
    return dataset.frame("prices")


@pytest.mark.parametrize("order", ["by_share", "by_date"])
def test_real_prices(answer, reference, all_prices, order):
    """All prices of five shares: 12,134 of 12,154 rows have an average."""
    prices = all_prices.sort_values(["date", "symbol"]) if order == "by_date" else all_prices
    result = answer.add_moving_average(prices.copy())
    check_frame(result, prices)
    found = int(result["ma5"].notna().sum())
    assert found == 12_134, f"{found} rows have an average; right are 12134 of {len(prices)}"
    expected = reference.add_moving_average(prices.copy())["ma5"]
    near = (result["ma5"] - expected).abs() <= 1e-9 * expected.abs()
    different = int((~near & expected.notna()).sum())
    assert different == 0, f"{different} averages are wrong"
