# Right values, but the rows are numbered anew, so they no longer line up with flights.
# caught by: test_edge_index_labels
from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    built = planes[["tailnum", "year"]].rename(columns={"year": "built"})
    return flights.merge(built, on="tailnum", how="left", validate="many_to_one")
