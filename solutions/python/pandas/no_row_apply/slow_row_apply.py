# Calls a Python function for every row, and each call gets a new Series of the whole row.
# caught by: test_budget_two_years
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    result = pd.DataFrame(index=flights.index)
    for column, source in [("dep_minute", "dep_time"), ("arr_minute", "arr_time")]:
        minutes = flights.apply(lambda row, source=source: _minute(row[source]), axis=1)
        result[column] = pd.array(list(minutes) if len(flights) else [], dtype="Int32")
    return result


def _minute(clock):
    return pd.NA if pd.isna(clock) else (clock // 100 * 60 + clock % 100) % 1440
