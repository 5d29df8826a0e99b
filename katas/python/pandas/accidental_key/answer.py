"""The build year of each aircraft.

The problem is in README.md; judge this file with
``pytest katas/python/pandas/accidental_key``.
"""

from __future__ import annotations

import pandas as pd


def add_build_year(flights: pd.DataFrame, planes: pd.DataFrame) -> pd.DataFrame:
    """Return ``flights`` with one more column: ``built``, the year the aircraft was made.

    Rows, their order and the index labels are those of ``flights``; ``built`` is of dtype Int32
    and missing where nothing is known.
    """
    raise NotImplementedError
