# Removes forty minutes for each full hour: 100 * h + m - 40 * h.
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    clock = flights[["dep_time", "arr_time"]].replace(2400, 0)
    minutes = clock - clock // 100 * 40
    return minutes.rename(columns={"dep_time": "dep_minute", "arr_time": "arr_minute"})
