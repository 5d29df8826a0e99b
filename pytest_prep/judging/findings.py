"""What the judge finds: results that differ, refusals of the engine, an order without a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.kata import KATA_FILE, Kata
from pytest_prep.judging.engine import OutOfTime, SqlError, SqlSyntaxError
from pytest_prep.judging.table import Rules, Table, equal_at_once
from pytest_prep.judging.verdict import Status, Verdict

if TYPE_CHECKING:
    from pytest_prep.judging.difference import Difference


def difference_of(yours: Table, expected: Table, rules: Rules) -> Difference | None:
    """Return how two results differ, None if they do not."""
    if equal_at_once(yours, expected, rules):
        return None
    from pytest_prep.judging.compare import compare

    return compare(yours, expected, rules)


def check_order(kata: Kata, expected: Table) -> None:
    """Raise unless the reference returns the columns whose order is judged.

    Raises:
        ContentError: it does not.
    """
    assert kata.sql is not None
    names = [name.casefold() for name in expected.columns]
    for name in kata.sql.order:
        if name.casefold() not in names:
            near = did_you_mean(name, expected.columns)
            problem = f"the reference returns no column {name!r}{near}"
            raise ContentError(kata.folder / KATA_FILE, "[sql] order", problem)


def unparsed(error: SqlError) -> Verdict:
    """Return the verdict on an answer that could not even be parsed."""
    if isinstance(error, OutOfTime):
        return Verdict("time_limit", "stopped while it was parsed")
    return refused("invalid" if isinstance(error, SqlSyntaxError) else "runtime_error", error)


def refused(status: Status, error: SqlError) -> Verdict:
    """Return the engine's message as a verdict: its first line, then the rest."""
    summary, _, detail = str(error).partition("\n")
    return Verdict(status, summary, detail.strip("\n"), line=error.line)
