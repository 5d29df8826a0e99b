# Walks over the rows with iterrows and collects lists: as slow as a row-wise apply.
# caught by: test_budget_two_years
from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    departures, arrivals = [], []
    for _, row in flights.iterrows():
        departures.append(_minute(row["dep_time"]))
        arrivals.append(_minute(row["arr_time"]))
    return pd.DataFrame(
        {"dep_minute": departures, "arr_minute": arrivals}, index=flights.index, dtype="Int32"
    )


def _minute(clock):
    return pd.NA if pd.isna(clock) else (clock // 100 * 60 + clock % 100) % 1440
