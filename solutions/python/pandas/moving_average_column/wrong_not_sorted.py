# Takes the rows as they come: where the newest stands first, the average looks into the future.
# caught by: test_edge_newest_first
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    average = prices.groupby("symbol")["adj_close"].rolling(5).mean()
    return prices.assign(ma5=average.droplevel("symbol"))
