"""A five-day average beside each price.

The problem is in README.md; judge this file with
``pytest katas/python/pandas/moving_average_column``.
"""

from __future__ import annotations

import pandas as pd


def add_moving_average(prices: pd.DataFrame) -> pd.DataFrame:
    """Return ``prices`` with one more column: ``ma5``, the mean of five trading days per share.

    Rows, their order and the index labels are those of ``prices``; ``ma5`` is of dtype float64
    and missing on the first four trading days of each share.
    """
    raise NotImplementedError
