# Calculates both columns at once in NumPy, where missing is NaN, and turns NaN back into missing.
from __future__ import annotations

import numpy as np
import pandas as pd


def minutes_of_day(flights: pd.DataFrame) -> pd.DataFrame:
    clock = flights[["dep_time", "arr_time"]].to_numpy(dtype="float64", na_value=np.nan)
    hours, rest = np.divmod(clock, 100)
    minutes = pd.DataFrame((hours * 60 + rest) % 1440, index=flights.index)
    return minutes.set_axis(["dep_minute", "arr_minute"], axis=1).astype("Int32")
