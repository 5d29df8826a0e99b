"""The SQL engines, each behind the protocol of ``judging.engine``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pytest_prep.judging.engine import Engine


def embedded_engine(name: str, folders: Sequence[Path]) -> Engine:
    """Return a new engine that runs inside this process: DuckDB, or SQLite.

    Args:
        name: the engine's name.
        folders: where the data sets are.
    """
    if name == "sqlite":
        from pytest_prep.judging.engines.sqlite import SQLite

        return SQLite()
    from pytest_prep.judging.engines.duckdb import DuckDB

    return DuckDB(list(folders))
