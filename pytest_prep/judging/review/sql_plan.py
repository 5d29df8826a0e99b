"""Rows that a query touches, beside the reference's, from the engine's own profile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_prep.content.answer import read_text
from pytest_prep.content.case import REAL, SAMPLE, case_names, case_of
from pytest_prep.content.errors import ContentError
from pytest_prep.judging.engine import EngineUnavailable, SqlError
from pytest_prep.judging.review.model import Finding, Measure, not_measured

if TYPE_CHECKING:
    from pytest_prep.content.case import Case
    from pytest_prep.content.kata import Kata
    from pytest_prep.judging.judge import Judge

NAME = "rows touched"
#: Seconds of wall-clock time for one profiled query.
WALL = 30.0
#: Rows of the reference below which a ratio says nothing.
FEW = 1000
#: Times the reference's rows → points.
DEARER = ((10.0, 15), (3.0, 6))
_EXPLAIN = "EXPLAIN (ANALYZE, FORMAT json) "


@dataclass(frozen=True, slots=True)
class Work:
    """What one run touched; the same on every run, however busy the machine is."""

    #: Rows read from tables.
    scanned: int
    #: Rows handed from one operator of the plan to the next.
    intermediate: int


def rows_touched(kata: Kata, answer: str, judge: Judge) -> tuple[Measure, list[Finding]]:
    """Profile the answer and the reference on the kata's largest visible data.

    Args:
        kata: a kata whose result is one query's.
        answer: that query, in the engine's dialect.
        judge: runs it as a learner's answer is run.
    """
    case = case_of(kata, REAL if REAL in case_names(kata) else SAMPLE)
    try:
        mine, theirs = _works(kata, case, answer, judge)
    except NotProfiled as error:
        return not_measured(NAME, str(error)), []
    ratio = mine.intermediate / max(theirs.intermediate, 1)
    text = (
        f"{mine.scanned:,} read and {mine.intermediate:,} passed on, reference "
        f"{theirs.scanned:,} and {theirs.intermediate:,}, on case {case.name}"
    )
    figures = {
        "scanned": float(mine.scanned),
        "intermediate": float(mine.intermediate),
        "reference_scanned": float(theirs.scanned),
        "reference_intermediate": float(theirs.intermediate),
    }
    measure = Measure(NAME, text, figures)
    points = next((p for times, p in DEARER if ratio > times), 0)
    if not points or theirs.intermediate < FEW:
        return measure, []
    finding = Finding(
        "rows-touched",
        f"it passes on {ratio:.1f} × as many rows inside its plan as the reference",
        "the work grows with them: on ten times the data this is what takes the time",
        "filter and aggregate before joining; look at EXPLAIN ANALYZE for where they appear",
        points=points,
    )
    return measure, [finding]


def more_work(kata: Kata, case: Case, answer: str, judge: Judge) -> str:
    """Say how many more rows an answer touches on a case than the reference, "" if no more."""
    try:
        mine, theirs = _works(kata, case, answer, judge)
    except NotProfiled:
        return ""
    ratio = mine.intermediate / max(theirs.intermediate, 1)
    if ratio <= DEARER[-1][0] or mine.intermediate < FEW:
        return ""
    return (
        f"rows inside its plan: {mine.intermediate:,}, the reference {theirs.intermediate:,} "
        f"({ratio:,.0f} ×); the same on every run"
    )


class NotProfiled(Exception):
    """A query's work cannot be told; the message says whose and why."""


def _works(kata: Kata, case: Case, answer: str, judge: Judge) -> tuple[Work, Work]:
    """Return the work of the answer and of the reference.

    Raises:
        NotProfiled: one of them cannot be told.
    """
    found = []
    for whose, text in (("answer", answer), ("reference", read_text(kata.reference))):
        try:
            table = judge.run(kata, case, _EXPLAIN + text, WALL).table
            found.append(work_of(str(table.rows[0][-1])))
        except (SqlError, ContentError, EngineUnavailable) as error:
            why = str(error).split("\n")[0]
            raise NotProfiled(f"the {whose} cannot be profiled: {why}") from error
        except (ValueError, LookupError, TypeError) as error:
            raise NotProfiled("this engine does not tell it") from error
    return found[0], found[1]


def work_of(profile: str) -> Work:
    """Read DuckDB's profile.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    query = json.loads(profile)["query"]
    return Work(int(query["total_rows_scanned"]), int(query["total_intermediate_rows"]))
