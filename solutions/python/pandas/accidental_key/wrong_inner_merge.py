# Names the key, but an inner merge drops the flights of aircraft that are not in planes.
# caught by: test_edge_unknown_aircraft, test_edge_no_tail_number
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    built = planes[["tailnum", "year"]].rename(columns={"year": "built"})
    return flights.merge(built, on="tailnum")
