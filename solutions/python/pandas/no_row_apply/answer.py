"""Minutes of the day: arithmetic on whole columns."""

from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    """Return the clock times of departure and arrival as minutes of the day, 0 to 1439.

    The columns are ``dep_minute`` and ``arr_minute``, both of dtype Int32 and missing where the
    clock time is missing; the index is that of ``flights``.
    """
    return pd.DataFrame(
        {
            "dep_minute": _minutes(flights["dep_time"]),
            "arr_minute": _minutes(flights["arr_time"]),
        }
    )


def _minutes(clock: pd.Series) -> pd.Series:
    # The last remainder brings 2400, the log's other way to write midnight, to 0.
    return (clock // 100 * 60 + clock % 100) % 1440
