"""SQL in the sandbox: references in the runner itself, a learner's scripts in its children."""

from __future__ import annotations

import json
import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pytest_prep.content.errors import ContentError
from pytest_prep.judging import engine as errors
from pytest_prep.judging.engine import Engine, Ran, SqlError
from pytest_prep.judging.execute import Found, Job, Question, outcomes_of, run, search_for
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.limits import MEMORY, Ended, Limits
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.values import NoPlainData, table_from_bytes, table_to_bytes

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


@dataclass(frozen=True)
class _Request:
    do: Literal["kinds", "run", "outcomes", "search"]
    trusted: bool
    #: For ``kinds`` only its engine and script count.
    engine: str
    script: str
    job: Job | None = None
    question: Question | None = None


class SqlSandbox:
    """Runs scripts outside of pytest's process: an executor as the judge asks for."""

    def __init__(self, engine: Callable[[str], Engine]) -> None:
        """``engine`` makes a new engine; it is called in the runner."""
        self._runner = Runner(_Handler(engine))

    @property
    def pid(self) -> int | None:
        """The runner's process, None while there is none."""
        return self._runner.pid

    def kinds(self, engine: str, sql: str) -> list[str]:
        """Return the kind of each statement."""
        header, _ = self._ask(_Request("kinds", False, engine, sql), PARSING)
        return [str(kind) for kind in header["kinds"]]

    def run(self, job: Job, *, trusted: bool) -> Ran:
        """Run a script."""
        request = _Request("run", trusted, job.engine, job.script, job)
        header, body = self._ask(request, job.wall + OPENING if trusted else None)
        try:
            return Ran(table_from_bytes(body), float(header["cpu"]), header["memory"])
        except (ValueError, KeyError, TypeError) as error:
            raise errors.Crashed("its process returned no result") from error

    def outcomes(self, job: Job, *, trusted: bool) -> list[Outcome]:
        """Run a script and try statements."""
        from pytest_prep.judging.constraints import Outcome

        request = _Request("outcomes", trusted, job.engine, job.script, job)
        header, _ = self._ask(request, job.wall + OPENING if trusted else None)
        return [Outcome(*parts) for parts in header["outcomes"]]

    def search(self, question: Question) -> Found:
        """Look for data on which the answer is wrong."""
        from pytest_prep.judging.counterexample import Counterexample

        header, _ = self._ask(_Request("search", False, "", question.answer, None, question), None)
        example = header["example"]
        return Found(Counterexample.from_dict(example) if example else None, header["summary"])

    def close(self) -> None:
        """End the runner."""
        self._runner.close()

    def _ask(self, request: _Request, timeout: float | None) -> tuple[dict[str, Any], bytes]:
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


class _Handler:
    """The runner's side."""

    def __init__(self, engine: Callable[[str], Engine]) -> None:
        self._make = engine
        self._engines: dict[str, Engine] = {}
        #: Engine, data set and schema of the real data that the runner has loaded.
        self._real: set[tuple[str, str, str]] = set()

    def __call__(self, supervisor: Supervisor, request: _Request) -> bytes:
        if request.question is not None:
            # Imported here, so that every child has it.
            import pytest_prep.judging.counterexample.hunt  # noqa: F401

            limits = Limits(wall=SEARCHING + 4 * request.question.seconds)
            return _reply(supervisor.run(lambda _: _searched(request), limits))
        engine = self._engines.get(request.engine)
        if engine is None:
            engine = self._engines[request.engine] = self._make(request.engine)
        if request.trusted or request.do == "kinds":
            # Nothing of ours notices meanwhile that pytest is gone.
            linux.die_with_parent()
            if request.job and request.job.data.dataset:
                self._renew(supervisor, request.job)
            try:
                return _outcome(engine, request)
            finally:
                linux.die_with_parent(0)
        job = request.job
        assert job is not None

        limits = Limits(wall=job.wall, memory=(job.memory or MEMORY) + SLACK)
        if job.alone:
            ended = supervisor.run(lambda _: _outcome(engine, request), limits)
        else:
            # Plain queries leave nothing behind: one child serves them all.
            ended = supervisor.ask(pickle.dumps(request), self._serve, limits)
        return _reply(ended)

    def _renew(self, supervisor: Supervisor, job: Job) -> None:
        """Retire the child that was forked before the real data of ``job`` was loaded."""
        assert job.data.dataset is not None
        key = (job.engine, job.data.dataset.name, job.data.schema)
        if (job.data.script is None or job.data.names_dataset) and key not in self._real:
            self._real.add(key)
            supervisor.retire()

    def _serve(self, request: bytes) -> bytes:
        """Serve a request of ours in the resident child."""
        asked: _Request = pickle.loads(request)  # noqa: S301 - it comes from pytest
        return _outcome(self._engines[asked.engine], asked)


def _reply(ended: Ended) -> bytes:
    header = {**vars(ended), "result": ""}
    return json.dumps(header).encode() + b"\n" + ended.result


def _searched(request: _Request) -> bytes:
    assert request.question is not None
    header: dict[str, Any]
    try:
        found = search_for(request.question)
    except SqlError as error:
        header = {"error": type(error).__name__, "message": str(error), "line": error.line}
    else:
        example = found.example.to_dict() if found.example else None
        header = {"example": example, "summary": found.summary}
    return json.dumps(header).encode() + b"\n"


def _outcome(engine: Engine, request: _Request) -> bytes:
    """Do what is asked; the errors of an answer or a kata are outcomes too."""
    header: dict[str, Any]
    body = b""
    try:
        if request.do == "kinds":
            header = {"kinds": engine.kinds(request.script)}
        elif request.do == "outcomes":
            assert request.job is not None
            found = outcomes_of(engine, request.job, _own_cap(request))
            header = {"outcomes": [[o.statement, o.about, o.refusal] for o in found]}
        else:
            assert request.job is not None
            ran = run(engine, request.job, _own_cap(request))
            header = {"cpu": ran.cpu, "memory": ran.memory}
            body = table_to_bytes(ran.table)
    except SqlError as error:
        header = {"error": type(error).__name__, "message": str(error), "line": error.line}
    except ContentError as error:
        header = {"broken": [str(error.path), error.place, error.problem]}
    except MemoryError:
        header = {"error": "OutOfMemory", "message": "out of memory", "line": None}
    except NoPlainData as error:
        message = f"a value is of a type that cannot be judged: {error}"
        header = {"error": "SqlError", "message": message, "line": None}
    return json.dumps(header).encode() + b"\n" + body


def _own_cap(request: _Request) -> float | None:
    """Return the cap that the engine is to keep by itself: a child has its supervisor for that."""
    assert request.job is not None
    return request.job.wall if request.trusted else None


def _split(reply: bytes) -> tuple[dict[str, Any], bytes]:
    header, _, body = reply.partition(b"\n")
    found: dict[str, Any] = json.loads(header)
    return found, body
