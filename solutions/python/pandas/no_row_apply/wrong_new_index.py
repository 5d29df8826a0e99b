# Leaves pandas for plain arrays and comes back without the index, so rows no longer line up.
# caught by: test_edge_index_labels
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    columns = {}
    for column, source in [("dep_minute", "dep_time"), ("arr_minute", "arr_time")]:
        clock = flights[source].array
        columns[column] = (clock // 100 * 60 + clock % 100) % 1440
    return pd.DataFrame(columns)
