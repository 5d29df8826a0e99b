"""Judge tables by what they refuse: the same statements on the answer's and the reference's."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_prep.judging.engine import Database, SqlError
from pytest_prep.judging.verdict import Verdict

#: As many wrong outcomes are shown; the rest is counted.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a table did with one statement."""

    statement: str
    #: The comment above the statement.
    about: str
    #: The engine's message, or None if the statement was accepted.
    refusal: str | None


def outcomes(database: Database, script: str) -> list[Outcome]:
    """Run each statement of ``script`` alone, in order.

    Raises:
        SqlSyntaxError: the script does not parse.
    """
    results = []
    # The engine drops the comments above the first statement.
    comment = _leading_comment(script)
    for statement in database.statements(script):
        # The engine's splitter leaves a statement's comment at the end of the one before.
        lines = statement.strip().split("\n")
        body = [line for line in lines if not line.startswith("--")]
        end = max((i for i, line in enumerate(lines) if not line.startswith("--")), default=-1)
        before = [line.removeprefix("--").strip() for line in lines[:end] if line.startswith("--")]
        about = before[-1] if before else comment
        after = [line.removeprefix("--").strip() for line in lines[end + 1 :]]
        comment = after[-1] if after else ""
        try:
            database.query(statement, wall=10.0)
            refusal = None
        except SqlError as error:
            refusal = str(error).split("\n")[0]
        results.append(Outcome("\n".join(body).strip(), about, refusal))
    return results


def _leading_comment(script: str) -> str:
    """Return the last comment line above the first statement, ``""`` without one."""
    comment = ""
    for line in script.split("\n"):
        if line.startswith("--"):
            comment = line.removeprefix("--").strip()
        elif line.strip():
            break
    return comment


def verdict_of(yours: list[Outcome], expected: list[Outcome]) -> Verdict:
    """Compare outcomes, statement by statement: accepted or refused."""
    wrong = [
        (mine, theirs)
        for mine, theirs in zip(yours, expected, strict=True)
        if (mine.refusal is None) != (theirs.refusal is None)
    ]
    if not wrong:
        return Verdict("accepted")
    let_in = sum(1 for mine, _ in wrong if mine.refusal is None)
    kept_out = len(wrong) - let_in
    parts = []
    if let_in:
        parts.append(f"{let_in} bad {_rows(let_in)} let in")
    if kept_out:
        parts.append(f"{kept_out} good {_rows(kept_out)} refused")
    detail = []
    for mine, _ in wrong[:SHOWN]:
        detail.append(
            f"{'let in' if mine.refusal is None else 'refused'}: {mine.about}".rstrip(": ")
        )
        detail += [f"    {line}" for line in mine.statement.split("\n")]
        if mine.refusal:
            detail.append(f"    {mine.refusal}")
    if len(wrong) > SHOWN:
        detail.append(f"… and {len(wrong) - SHOWN} more")
    summary = f"{' and '.join(parts)}, of {len(expected)} statements"
    return Verdict("wrong_answer", summary, "\n".join(detail))


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"
