"""The build year of each aircraft: a left merge on the one column that is a key."""

from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    """Return ``flights`` with one more column: ``built``, the year the aircraft was made.

    Rows, their order and the index labels are those of ``flights``; ``built`` is of dtype Int32
    and missing where nothing is known.
    """
    # Renamed before the merge: year means the date of the flight on the other side.
    built = planes[["tailnum", "year"]].rename(columns={"year": "built"})
    result = flights.merge(built, on="tailnum", how="left", validate="many_to_one")
    # A merge on columns numbers its rows anew.
    result.index = flights.index
    return result
