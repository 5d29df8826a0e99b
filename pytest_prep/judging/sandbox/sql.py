"""SQL in the sandbox: references in the runner itself, a learner's scripts in its children.

Where nothing can be forked, a spawned worker is both the runner and its child.
"""

from __future__ import annotations

import json
import pickle
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_prep.content.errors import ContentError
from pytest_prep.judging import engine as errors
from pytest_prep.judging.engine import Ran, SqlError
from pytest_prep.judging.execute import Found, Job, Question
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.limits import MEMORY, Ended, Limits
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.spawn import NotStarted, Spawned
from pytest_prep.judging.sandbox.sql_requests import Engines, Request
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.values import table_from_bytes
from pytest_prep.judging.sandbox.watch import Fault

if TYPE_CHECKING:
    from pytest_prep.judging.constraints import Outcome

#: Seconds that the engine has to parse a script.
PARSING = 20.0
#: Seconds beside a reference's own, to open its database.
OPENING = 60.0
#: Wall-clock seconds that a search may take beside four times its CPU seconds.
SEARCHING = 20.0
#: Bytes by which a child may exceed the memory that the engine itself keeps to.
SLACK = 64 * 10**6

_KINDS = {
    kind.__name__: kind
    for kind in (
        SqlError,
        errors.SqlSyntaxError,
        errors.BrokenData,
        errors.OutOfTime,
        errors.OutOfMemory,
    )
}


class SqlSandbox:
    """Runs scripts outside of pytest's process: an executor as the judge asks for."""

    def __init__(self, engine: str, folders: Sequence[Path], *, spawns: bool = False) -> None:
        """Set up; nothing is started yet.

        Args:
            engine: runs all scripts, in place of the one that a job names; "" for none.
            folders: where the data sets are.
            spawns: whether a spawned worker runs them, and not forked children.
        """
        self._runner: Runner | _SpawnedRunner
        if spawns:
            self._runner = _SpawnedRunner(engine, folders)
        else:
            self._runner = Runner(_Handler(Engines(engine, folders)))

    @property
    def pid(self) -> int | None:
        """The runner's process, None while there is none."""
        return self._runner.pid

    def kinds(self, engine: str, sql: str) -> list[str]:
        """Return the kind of each statement."""
        header, _ = self._ask(Request("kinds", False, engine, sql), PARSING)
        return [str(kind) for kind in header["kinds"]]

    def run(self, job: Job, *, trusted: bool) -> Ran:
        """Run a script."""
        request = Request("run", trusted, job.engine, job.script, job)
        header, body = self._ask(request, job.wall + OPENING if trusted else None)
        try:
            return Ran(table_from_bytes(body), float(header["cpu"]), header["memory"])
        except (ValueError, KeyError, TypeError) as error:
            raise errors.Crashed("its process returned no result") from error

    def outcomes(self, job: Job, *, trusted: bool) -> list[Outcome]:
        """Run a script and try statements."""
        from pytest_prep.judging.constraints import Outcome

        request = Request("outcomes", trusted, job.engine, job.script, job)
        header, _ = self._ask(request, job.wall + OPENING if trusted else None)
        return [Outcome(*parts) for parts in header["outcomes"]]

    def search(self, question: Question) -> Found:
        """Look for data on which the answer is wrong."""
        from pytest_prep.judging.counterexample import Counterexample

        header, _ = self._ask(Request("search", False, "", question.answer, None, question), None)
        example = header["example"]
        return Found(Counterexample.from_dict(example) if example else None, header["summary"])

    def close(self) -> None:
        """End the runner."""
        self._runner.close()

    def _ask(self, request: Request, timeout: float | None) -> tuple[dict[str, Any], bytes]:
        try:
            reply = self._runner.ask(request, timeout)
        except RunnerDied as error:
            if error.signal:
                raise errors.Crashed(_crash(error.signal)) from error
            raise errors.OutOfTime("stopped at the time limit") from error
        header, body = _split(reply)
        if "how" in header:
            _raise_for(Ended(**header))
            header, body = _split(body)
        if "broken" in header:
            path, place, problem = header["broken"]
            raise ContentError(Path(path), place, problem)
        if "error" in header:
            kind = _KINDS[header["error"]]
            raise kind(header["message"], header["line"])
        return header, body


def _raise_for(ended: Ended) -> None:
    """Raise for a child that did not come to its end.

    Raises:
        SqlError: one of its kinds.
    """
    if ended.how == "time":
        raise errors.OutOfTime("stopped at the time limit")
    if ended.how == "memory":
        raise errors.OutOfMemory(f"stopped after {ended.memory // 10**6} MB")
    if ended.how == "result":
        raise errors.OutOfMemory("the result is too large")
    if ended.how == "flood":
        raise errors.Crashed("output flood")
    if ended.how == "crash":
        raise errors.Crashed(_crash(ended.code))
    if ended.how != "done":
        raise errors.Crashed("its process ended without a result")


def _crash(number: int) -> str:
    return f"its process was ended by {signal.Signals(number).name}"


class _SpawnedRunner:
    """Answers as the forked runner does, out of one fresh interpreter."""

    def __init__(self, engine: str, folders: Sequence[Path]) -> None:
        order = {"engine": engine, "folders": list(map(str, folders))}
        self._worker = Spawned("pytest_prep.judging.sandbox.sql_worker", lambda: order)

    @property
    def pid(self) -> int | None:
        """The worker's process, None while there is none."""
        return self._worker.pid

    def ask(self, request: Request, timeout: float | None = None) -> bytes:
        """Return the worker's reply."""
        if self._worker.pid is None and request.job and not request.trusted:
            # The answer's time does not count the import of its engine and the loading of data.
            loading = replace(request.job, script="SELECT 1", table="")
            self._asked(Request("run", True, loading.engine, loading.script, loading))
        return _reply(self._asked(request, timeout))

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _asked(self, request: Request, timeout: float | None = None) -> Ended:
        limits = Limits(timeout or OPENING) if timeout or request.trusted else _limits(request)
        try:
            return self._worker.ask(pickle.dumps(request), limits)
        except (Fault, NotStarted) as error:
            raise RuntimeError(f"in the worker:\n{error}") from error


class _Handler:
    """The runner's side."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        #: Engine, data set and schema of the real data that the runner has loaded.
        self._real: set[tuple[str, str, str]] = set()

    def __call__(self, supervisor: Supervisor, request: Request) -> bytes:
        if request.trusted or request.do == "kinds":
            # Nothing of ours notices meanwhile that pytest is gone.
            linux.die_with_parent()
            if request.job and request.job.data.dataset:
                self._renew(supervisor, request.job)
            try:
                return self._engines.answer(request)
            finally:
                linux.die_with_parent(0)
        limits = _limits(request)
        if request.job:
            self._engines.engine(request.engine)
        if request.do == "search":
            # Imported here, so that every child has it.
            import pytest_prep.judging.counterexample.hunt  # noqa: F401
        if request.job and not request.job.alone:
            # Plain queries leave nothing behind: one child serves them all.
            return _reply(supervisor.ask(pickle.dumps(request), self._serve, limits))
        return _reply(supervisor.run(lambda _: self._engines.answer(request), limits))

    def _renew(self, supervisor: Supervisor, job: Job) -> None:
        """Retire the child that was forked before the real data of ``job`` was loaded."""
        assert job.data.dataset is not None
        key = (job.engine, job.data.dataset.name, job.data.schema)
        if (job.data.script is None or job.data.names_dataset) and key not in self._real:
            self._real.add(key)
            supervisor.retire()

    def _serve(self, request: bytes) -> bytes:
        """Serve a request of ours in the resident child."""
        return self._engines.answer(pickle.loads(request))  # noqa: S301 - it comes from pytest


def _limits(request: Request) -> Limits:
    """Return what a learner's script may use."""
    if request.question is not None:
        return Limits(wall=SEARCHING + 4 * request.question.seconds)
    assert request.job is not None
    return Limits(wall=request.job.wall, memory=(request.job.memory or MEMORY) + SLACK)


def _reply(ended: Ended) -> bytes:
    header = {**vars(ended), "result": ""}
    return json.dumps(header).encode() + b"\n" + ended.result


def _split(reply: bytes) -> tuple[dict[str, Any], bytes]:
    header, _, body = reply.partition(b"\n")
    found: dict[str, Any] = json.loads(header)
    return found, body
