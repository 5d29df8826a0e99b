"""Minutes of the day.

The problem is in README.md; judge this file with
``pytest katas/python/pandas/no_row_apply``.
"""

from __future__ import annotations

import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    """Return the clock times of departure and arrival as minutes of the day, 0 to 1439.

    The columns are ``dep_minute`` and ``arr_minute``, both of dtype Int32 and missing where the
    clock time is missing; the index is that of ``flights``.
    """
    raise NotImplementedError
