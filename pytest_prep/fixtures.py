"""The fixtures that a Python kata's tests may take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.dataset import Dataset, locate, relation_sql
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import Kata
from pytest_prep.judging.python_answer import line_in, load_answer
from pytest_prep.judging.verdict import Verdict
from pytest_prep.nodes import PRACTICE, conclude
from pytest_prep.practice import answer_path, folder_of, kata_of
from pytest_prep.python_katas import CHILD, conclude_skipped, load_reference

if TYPE_CHECKING:
    import pandas as pd

    from pytest_prep.agreement import Agreement
    from pytest_prep.practice import Practice

#: Wall-clock seconds within which an answer's file must be executed, its imports included.
LOADING = 15.0
#: The verdict on an answer whose file is never done: its other tests need not wait again.
ENDLESS = pytest.StashKey[Verdict]()


@pytest.fixture
def answer(request: pytest.FixtureRequest) -> ModuleType:
    """The learner's module, executed afresh for every test."""
    __tracebackhide__ = True
    kata = kata_of(request.node)
    assert kata.python is not None
    path = answer_path(request.node)
    with _loading(request.node, path):
        try:
            return load_answer(path, kata.python.names)
        except BaseException as error:
            conclude_skipped(request.node, error)
            raise


@contextmanager
def _loading(item: pytest.Item, path: Path) -> Iterator[None]:
    """Conclude with *too slow* where executing the answer's file takes for ever."""
    __tracebackhide__ = True
    folder = folder_of(item)
    if ENDLESS in folder.stash:
        conclude(item, folder.stash[ENDLESS])
    if not item.config.pluginmanager.hasplugin("timeout"):
        yield
        return
    from pytest_timeout import (  # type: ignore[import-untyped]
        Settings,
        get_env_settings,
    )

    method = get_env_settings(item.config).method
    child = item.config.stash.get(CHILD, None)
    if method == "thread" and child is not None:
        # It would end the process and say nothing; the supervisor ends it and tells why.
        child.allow(LOADING)
        yield
        return
    settings = Settings(LOADING, method, func_only=True, disable_debugger_detection=False)
    stopped: BaseException | None = None
    item.ihook.pytest_timeout_set_timer(item=item, settings=settings)
    try:
        yield
    except pytest.fail.Exception as error:
        if not str(error).startswith("Timeout"):
            raise
        stopped = error
    finally:
        item.ihook.pytest_timeout_cancel_timer(item=item)
    if stopped is not None:
        line = line_in(stopped.__traceback__, path)
        summary = f"executing {path.name} is not done after {LOADING:g} s"
        folder.stash[ENDLESS] = Verdict("time_limit", summary, line=line)
        conclude(item, folder.stash[ENDLESS])


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ModuleType:
    """The reference's module, executed afresh for every test."""
    __tracebackhide__ = True
    kata = kata_of(request.node)
    assert kata.python is not None
    return load_reference(kata, kata.python.names)


@pytest.fixture
def agrees_with_reference(request: pytest.FixtureRequest) -> Agreement:
    """Compare with the reference on inputs that hypothesis makes, shown at their smallest."""
    from pytest_prep.agreement import Agreement

    return Agreement(request.node)


@pytest.fixture(scope="module")
def dataset(request: pytest.FixtureRequest) -> RealData:
    """The kata's real data, named by ``[data] dataset`` of its ``kata.toml``.

    A fixture of module scope that takes it reads the data once for all tests.
    """
    kata = kata_of(request.node)
    practice = request.config.stash[PRACTICE]
    return practice.real_data(kata)


class RealData:
    """A data set for tests: each table as a pandas frame or as rows."""

    def __init__(self, dataset: Dataset, cache: Path) -> None:
        """Open a database that survives a fork: without threads of its own."""
        import duckdb

        alone: dict[str, str | bool | int | float | list[str]]
        alone = {"threads": "1", "async_threads": "0"}
        self._connection = duckdb.connect(":memory:", config=alone)
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
        if table not in self._dataset.tables:
            known = ", ".join(self._dataset.tables)
            raise LookupError(
                f"data set {self._dataset.name} has no table {table} (it has {known})"
            )
        path = locate(self._dataset, table, self._cache)
        return self._connection.sql(f"FROM {relation_sql(path, self._dataset.tables[table])}")


def write_generated(practice: Practice, kata: Kata) -> None:
    """Write the kata's generated data: a child, which may not change files, can then read it."""
    with suppress(ContentError):  # the fixture says it where it is asked for
        dataset = practice.judge.dataset(kata)
        if dataset is not None and dataset.family:
            for table in dataset.tables:
                locate(dataset, table, practice.settings.generated)
