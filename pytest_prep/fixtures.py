"""The fixtures that a Python kata's tests may take."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.dataset import Dataset, locate, relation_sql
from pytest_prep.judging.python_answer import load_answer
from pytest_prep.nodes import PRACTICE
from pytest_prep.practice import answer_path, kata_of
from pytest_prep.python_katas import load_reference

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture
def answer(request: pytest.FixtureRequest) -> ModuleType:
    """The learner's module, executed afresh for every test."""
    __tracebackhide__ = True
    kata = kata_of(request.node)
    assert kata.python is not None
    return load_answer(answer_path(request.node), kata.python.names)


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ModuleType:
    """The reference's module, executed afresh for every test."""
    __tracebackhide__ = True
    kata = kata_of(request.node)
    assert kata.python is not None
    return load_reference(kata, kata.python.names)


@pytest.fixture
def dataset(request: pytest.FixtureRequest) -> RealData:
    """The kata's real data, named by ``[data] dataset`` of its ``kata.toml``."""
    kata = kata_of(request.node)
    practice = request.config.stash[PRACTICE]
    return practice.real_data(kata)


class RealData:
    """A data set for tests: each table as a pandas frame or as rows."""

    def __init__(self, dataset: Dataset, cache: Path) -> None:
        self._dataset = dataset
        self._cache = cache
        self._frames: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {}

    def frame(self, table: str) -> pd.DataFrame:
        """Return a fresh pandas frame: what a test does to it, the next one does not see."""
        if table not in self._frames:
            self._frames[table] = self._read(table).df()
        # pandas copies on write, so a shallow copy is as safe as a deep one, and costs nothing
        return self._frames[table].copy(deep=False)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Return the rows as tuples of Python values, in a fresh list."""
        if table not in self._rows:
            self._rows[table] = self._read(table).fetchall()
        return list(self._rows[table])

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns."""
        return [name for name, _ in self._dataset.tables[table].columns]

    def _read(self, table: str) -> Any:
        import duckdb

        if table not in self._dataset.tables:
            known = ", ".join(self._dataset.tables)
            raise LookupError(
                f"data set {self._dataset.name} has no table {table} (it has {known})"
            )
        path = locate(self._dataset, table, self._cache)
        connection = duckdb.connect(":memory:", config={"threads": "1"})
        return connection.sql(f"FROM {relation_sql(path, self._dataset.tables[table])}")
