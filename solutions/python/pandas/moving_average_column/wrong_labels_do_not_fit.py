# Assigns the grouped result as it is: its labels are (symbol, label), nothing fits, all is missing.
# caught by: test_edge_two_shares
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    average = prices.sort_values("date").groupby("symbol")["adj_close"].rolling(5).mean()
    return prices.assign(ma5=average)
