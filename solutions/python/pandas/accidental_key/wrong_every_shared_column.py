# Merges on every shared column, so also on year: only aircraft made in the year of the flight stay.
# caught by: test_edge_two_meanings_of_year
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    merged = flights.merge(planes)
    return merged[flights.columns].assign(built=merged["year"])
