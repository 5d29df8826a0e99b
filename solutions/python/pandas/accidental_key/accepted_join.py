# Joins a column of flights to an index: DataFrame.join keeps the index labels of the left frame.
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    built = planes.set_index("tailnum")["year"].rename("built")
    return flights.join(built, on="tailnum")
