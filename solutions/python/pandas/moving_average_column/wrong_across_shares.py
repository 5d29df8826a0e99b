# Does not group: the first days of a share are averaged with the last days of the share above.
# caught by: test_edge_two_shares
from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    return prices.assign(ma5=prices.sort_values(["symbol", "date"])["adj_close"].rolling(5).mean())
