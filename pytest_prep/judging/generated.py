"""The case ``generated``: a search for the smallest data on which an answer is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.whole import write_whole
from pytest_prep.judging.counterexample import Counterexample, seed_of
from pytest_prep.judging.counterexample.model import Reason
from pytest_prep.judging.engine import OutOfMemory, OutOfTime, SqlError
from pytest_prep.judging.execute import Found, Question
from pytest_prep.judging.table import Rules
from pytest_prep.judging.verdict import Status, Verdict

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata
    from pytest_prep.judging.execute import SearchSettings

#: Counterexamples kept of a kata; they are tried first on its next answer.
KEPT = 20

_TOO_MUCH = "it needs more than such small data can explain"
_STATUS: dict[Reason, Status] = {
    "differs": "wrong_answer",
    "order-dependent": "wrong_answer",
    "error": "runtime_error",
    "timeout": "time_limit",
    "memory": "memory_limit",
}


def judge_generated(
    kata: Kata,
    *,
    schema: str,
    reference: str,
    answer: str,
    rules: Rules,
    settings: SearchSettings,
    look: Callable[[Question], Found],
) -> Verdict:
    """Search for a counterexample.

    The seed follows from the kata and the texts, so that a run can be repeated. What is found is
    kept in ``settings.folder``: as data to try first on the next answer, and as SQL to paste.
    ``look`` does the search.
    """
    place = settings.folder / f"{kata.id}.json"
    seed = seed_of(kata.id, schema, reference, answer)
    try:
        seconds, known = settings.seconds, _known(place)
        table = kata.sql.table if kata.sql else ""
        found = look(Question(schema, reference, answer, rules, seed, seconds, known, table))
    except OutOfTime:
        return Verdict("time_limit", "with generated data: it does not end")
    except OutOfMemory:
        return Verdict("memory_limit", f"with generated data: {_TOO_MUCH}")
    except SqlError as error:
        summary, _, detail = str(error).partition("\n")
        return Verdict("runtime_error", summary, detail.strip("\n"), line=error.line)
    example = found.example
    if example is None:
        return Verdict("accepted", detail=found.summary)
    _keep(place, example, schema)
    return Verdict(_STATUS[example.reason], _summary(example), counterexample=example.to_dict())


def _summary(example: Counterexample) -> str:
    rows = f"{example.size} row{'' if example.size == 1 else 's'} of data"
    if example.difference is not None:
        return f"with {rows}: {example.difference.summary}"
    if example.reason == "order-dependent":
        return f"with {rows}: the result depends on the order in which they were inserted"
    if example.reason == "timeout":
        return f"with {rows}: it does not end"
    if example.reason == "memory":
        return f"with {rows}: {_TOO_MUCH}"
    message = (example.error or "the engine refuses it").split("\n")[0]
    return f"with {rows}: {message}"


def _known(place: Path) -> list[Counterexample]:
    """Return what was found before; a file that cannot be read counts as none."""
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        return [Counterexample.from_dict(data) for data in kept]
    except (OSError, ValueError, TypeError, LookupError):
        return []


def _keep(place: Path, example: Counterexample, schema: str) -> None:
    """Keep a counterexample; where nothing can be written the verdict stands all the same."""
    others = [other for other in _known(place) if other.database() != example.database()]
    kept = [example.to_dict(), *(other.to_dict() for other in others)][:KEPT]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, json.dumps(kept).encode())
        script = f"{schema.strip()}\n\n{example.as_sql()}"
        write_whole(place.with_suffix(".sql"), script.encode())
    except OSError:
        return
