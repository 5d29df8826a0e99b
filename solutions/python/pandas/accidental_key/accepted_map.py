# Looks the years up in a Series with the tail numbers as its index.
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    built = planes.set_index("tailnum")["year"]
    return flights.assign(built=flights["tailnum"].map(built).astype("Int32"))
