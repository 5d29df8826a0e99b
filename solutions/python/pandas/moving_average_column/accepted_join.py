# Labels the averages with share and date, and joins them by these keys, not by the index label.
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    by_share = prices.sort_values("date").groupby("symbol")
    average = by_share.rolling(5, on="date")["adj_close"].mean().rename("ma5")
    return prices.join(average, on=["symbol", "date"])
