# transform hands back a Series with the labels that it was given, so it can be assigned as it is.
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    by_share = prices.sort_values("date").groupby("symbol")["adj_close"]
    return prices.assign(ma5=by_share.transform(lambda price: price.rolling(5).mean()))
