"""SQL where it runs: what is asked of the process that has the engines, and its reply."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pytest_prep.content.errors import ContentError
from pytest_prep.judging.engine import Engine, SqlError
from pytest_prep.judging.engines import embedded_engine
from pytest_prep.judging.execute import Job, Question, outcomes_of, run, search_for
from pytest_prep.judging.sandbox.values import NoPlainData, table_to_bytes


@dataclass(frozen=True)
class Request:
    """What is to be done with a script."""

    do: Literal["kinds", "run", "outcomes", "search"]
    trusted: bool
    #: For ``kinds`` only its engine and script count.
    engine: str
    script: str
    job: Job | None = None
    question: Question | None = None


class Engines:
    """The engines of one process."""

    def __init__(self, engine: str, folders: Sequence[Path]) -> None:
        """Set up.

        Args:
            engine: runs all scripts, in place of the one that a request names; "" for none.
            folders: where the data sets are.
        """
        self._only = engine
        self._folders = folders
        self._made: dict[str, Engine] = {}

    def answer(self, request: Request) -> bytes:
        """Do what is asked, in this very process."""
        if request.question is not None:
            return _searched(request.question)
        return _outcome(self.engine(request.engine), request)

    def engine(self, name: str) -> Engine:
        """Return the engine on which the scripts for the engine ``name`` run."""
        if name not in self._made:
            self._made[name] = embedded_engine(self._only or name, self._folders)
        return self._made[name]


def _searched(question: Question) -> bytes:
    header: dict[str, Any]
    try:
        found = search_for(question)
    except SqlError as error:
        header = {"error": type(error).__name__, "message": str(error), "line": error.line}
    else:
        example = found.example.to_dict() if found.example else None
        header = {"example": example, "summary": found.summary}
    return json.dumps(header).encode() + b"\n"


def _outcome(engine: Engine, request: Request) -> bytes:
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


def _own_cap(request: Request) -> float | None:
    """Return the cap that the engine is to keep by itself: a child has its supervisor for that."""
    assert request.job is not None
    return request.job.wall if request.trusted else None
