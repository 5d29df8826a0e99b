"""A five-day average beside each price: a grouped rolling mean, brought back to its labels."""

from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    """Return ``prices`` with one more column: ``ma5``, the mean of five trading days per share.

    Rows, their order and the index labels are those of ``prices``; ``ma5`` is of dtype float64
    and missing on the first four trading days of each share.
    """
    average = prices.sort_values("date").groupby("symbol")["adj_close"].rolling(5).mean()
    # The grouping puts the symbol before the label. Without it the assignment finds each row's
    # value by its label, so neither sort nor grouping shows in the order of the result.
    return prices.assign(ma5=average.droplevel("symbol"))
