# Cuts the number as a text: in the first hour of the day there is nothing before the last two digits.
# caught by: test_edge_first_hour
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    columns = {}
    for column, source in [("dep_minute", "dep_time"), ("arr_minute", "arr_time")]:
        text = flights[source].astype("string")
        hours = pd.to_numeric(text.str[:-2], errors="coerce").astype("Int32")
        rest = pd.to_numeric(text.str[-2:], errors="coerce").astype("Int32")
        columns[column] = (hours * 60 + rest) % 1440
    return pd.DataFrame(columns)
