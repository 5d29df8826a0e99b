# Fills missing times with 0 to get plain integers, and so lets cancelled flights leave at midnight.
# caught by: test_edge_missing
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    clock = flights[["dep_time", "arr_time"]].fillna(0).astype("int32")
    minutes = (clock // 100 * 60 + clock % 100) % 1440
    return minutes.set_axis(["dep_minute", "arr_minute"], axis=1).astype("Int32")
