# Adds the price and the four before it, fetched by shift within each share.
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    by_share = prices.sort_values("date").groupby("symbol")["adj_close"]
    return prices.assign(ma5=sum(by_share.shift(days) for days in range(5)) / 5)
