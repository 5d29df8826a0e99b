# A left merge, but still on every shared column: all rows stay, and most years are missing.
# caught by: test_edge_two_meanings_of_year
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    with_built = planes.assign(built=planes["year"])
    merged = flights.merge(with_built, how="left")
    merged.index = flights.index
    return merged[[*flights.columns, "built"]]
