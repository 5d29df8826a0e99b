# Forgets that 2400 is midnight, and so has a minute 1440 that no day has.
# caught by: test_edge_midnight
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    clock = flights[["dep_time", "arr_time"]]
    minutes = clock // 100 * 60 + clock % 100
    return minutes.set_axis(["dep_minute", "arr_minute"], axis=1)
