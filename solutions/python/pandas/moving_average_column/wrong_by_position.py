# Throws the labels away: values ordered by share land beside rows that are ordered otherwise.
# caught by: test_edge_shares_mixed, test_edge_newest_first
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    average = prices.sort_values("date").groupby("symbol")["adj_close"].rolling(5).mean()
    return prices.assign(ma5=average.to_numpy())
