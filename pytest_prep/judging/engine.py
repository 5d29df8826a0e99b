"""The one protocol behind which every SQL engine stands."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pytest_prep.judging.table import Table

if TYPE_CHECKING:
    from pytest_prep.content.dataset import Dataset


class SqlError(Exception):
    """The engine refused a statement; ``str(error)`` is its message.

    ``line`` is the 1-based line of the script, where the engine tells.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class SqlSyntaxError(SqlError):
    """The script does not parse."""


class BrokenData(SqlError):
    """The schema or the case's data cannot be loaded: the kata is at fault, not the answer."""


class OutOfTime(SqlError):
    """The statement was stopped at the wall-clock cap."""


class OutOfMemory(SqlError):
    """The statement needed more memory than it may have."""


class Crashed(SqlError):
    """The process that ran the statement ended without a result."""


class EngineUnavailable(Exception):
    """The engine cannot be used here; ``str(error)`` is one line with the mend."""


@dataclass(frozen=True)
class Data:
    """What a case's database holds."""

    #: CREATE TABLE statements with the business rules; may be empty.
    schema: str
    #: INSERTs on top of the schema, or None: the real tables through the schema's columns.
    script: str | None
    #: Whether statements may name the real tables as ``dataset.<table>``.
    names_dataset: bool
    #: The kata's real data, read from ``cache`` where it is generated on first use.
    dataset: Dataset | None
    cache: Path


@dataclass(frozen=True)
class Ran:
    """A statement's result and what it took."""

    table: Table
    #: CPU seconds.
    cpu: float
    #: Bytes by which its process grew, None where nobody tells.
    memory: int | None = None


class Database(Protocol):
    """A database with one case's data, thrown away afterwards."""

    def query(self, sql: str, wall: float | None = None) -> Ran:
        """Run a script; return the result of its last statement.

        ``wall`` is the cap in seconds of wall-clock time.

        Raises:
            SqlError: one of its kinds.
        """

    def statements(self, sql: str) -> list[str]:
        """Split a script into its statements, comments kept.

        Raises:
            SqlSyntaxError: it does not parse.
        """


class Engine(Protocol):
    """An SQL engine."""

    name: str

    def kinds(self, sql: str) -> list[str]:
        """Return the kind of each statement of a script: ``SELECT``, ``CREATE``, ….

        Raises:
            SqlSyntaxError: it does not parse.
        """

    def database(
        self, data: Data, *, alone: bool, memory: int | None = None
    ) -> AbstractContextManager[Database]:
        """Open a database with ``data``.

        Args:
            data: what it holds.
            alone: True for scripts that are not plain queries: nothing they do may outlive it.
            memory: bytes the database may use, None for the default.

        Raises:
            BrokenData: the data cannot be loaded; the message says which part.
        """

    def close(self) -> None:
        """Give back what the engine holds open."""
