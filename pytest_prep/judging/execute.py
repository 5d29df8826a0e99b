"""Run a script on a case's database: what the judge asks for, wherever it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pytest_prep.judging.engine import Data, Engine, Ran, SqlError
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.table import Rules

if TYPE_CHECKING:
    from pytest_prep.judging.constraints import Outcome
    from pytest_prep.judging.counterexample import Counterexample


@dataclass(frozen=True)
class Job:
    """A script and the data on which it is to run."""

    #: The name of the engine.
    engine: str
    data: Data
    script: str
    #: Whether the script is more than plain queries.
    alone: bool
    #: Seconds of wall-clock time.
    wall: float
    #: Bytes, or None for the default.
    memory: int | None
    #: Read the rows of this table after the script ran, and return those; "" for its own result.
    table: str = ""
    #: Single statements to try one by one after the script ran.
    statements: str = ""


@dataclass(frozen=True)
class SearchSettings:
    """How long to look for a counterexample, and where found ones are kept."""

    #: CPU seconds.
    seconds: float
    folder: Path


@dataclass(frozen=True)
class Question:
    """On which small data do an answer and the reference differ? (see ``counterexample``)."""

    schema: str
    reference: str
    answer: str
    rules: Rules
    seed: int
    #: CPU seconds to look for it.
    seconds: float
    #: What was found for earlier answers.
    known: list[Counterexample]
    #: The table whose rows count after both scripts ran; "" where both are queries.
    table: str = ""


@dataclass(frozen=True)
class Found:
    """What the search came to."""

    example: Counterexample | None
    #: How much was tried, in words.
    summary: str


class Executor(Protocol):
    """Where scripts run.

    ``trusted`` scripts are the kata author's, all others a learner's. Both methods that run a
    script raise the kinds of :class:`~pytest_prep.judging.engine.SqlError`.
    """

    def kinds(self, engine: str, sql: str) -> list[str]:
        """Return the kind of each statement (see :class:`Engine`)."""

    def run(self, job: Job, *, trusted: bool) -> Ran:
        """Run the script; return the result of its last statement, or the table asked for."""

    def outcomes(self, job: Job, *, trusted: bool) -> list[Outcome]:
        """Run the script, then try each of the statements."""

    def search(self, question: Question) -> Found:
        """Look for data on which the answer is wrong."""


class InProcess:
    """Runs scripts in this process, stopped by what the engine itself offers."""

    def __init__(self, engine: Callable[[str], Engine]) -> None:
        """``engine`` gives the engine for a name; raises LookupError for one it lacks."""
        self._engine = engine

    def kinds(self, engine: str, sql: str) -> list[str]:
        """Return the kind of each statement."""
        return self._engine(engine).kinds(sql)

    def run(self, job: Job, *, trusted: bool) -> Ran:
        """Run a script."""
        return run(self._engine(job.engine), job, wall=job.wall)

    def outcomes(self, job: Job, *, trusted: bool) -> list[Outcome]:
        """Run a script and try statements."""
        return outcomes_of(self._engine(job.engine), job, wall=job.wall)

    def search(self, question: Question) -> Found:
        """Look for data on which the answer is wrong."""
        return search_for(question)


def search_for(question: Question) -> Found:
    """Look for data on which an answer is wrong (see :meth:`Executor.search`)."""
    from pytest_prep.judging.counterexample import search

    found = search(
        question.schema,
        question.reference,
        question.answer,
        rules=question.rules,
        seed=question.seed,
        cpu_budget=question.seconds,
        known=question.known,
        table=question.table,
    )
    return Found(found.counterexample, found.summary)


def run(engine: Engine, job: Job, wall: float | None) -> Ran:
    """Run the script of a job on an engine (see :meth:`Executor.run`)."""
    with engine.database(job.data, alone=job.alone, memory=job.memory) as database:
        ran, memory = linux.grown(lambda: database.query(job.script, wall))
        if not job.table:
            return Ran(ran.table, ran.cpu, memory)
        try:
            return Ran(database.query(f'SELECT * FROM "{job.table}"').table, ran.cpu, memory)
        except SqlError as error:
            raise SqlError(f"there is no table {job.table} after it ran") from error


def outcomes_of(engine: Engine, job: Job, wall: float | None) -> list[Outcome]:
    """Run the script of a job, then its statements (see :meth:`Executor.outcomes`)."""
    from pytest_prep.judging.constraints import outcomes

    with engine.database(job.data, alone=job.alone, memory=job.memory) as database:
        database.query(job.script, wall)
        return outcomes(database, job.statements)
