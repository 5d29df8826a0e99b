"""What may be meant: one small change of the answer after which no difference is found.

The changes are those that :mod:`pytest_prep.judging.mutants` makes of a reference to find out how
strong a kata is. A mistake is often one of them, backwards.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlglot.errors import SqlglotError

from pytest_prep.judging.counterexample.model import Database
from pytest_prep.judging.engine import SqlError
from pytest_prep.judging.mutants.sql import sql_mutants

if TYPE_CHECKING:
    from pytest_prep.judging.counterexample.trial import Trial

_TOO_MUCH = "may be too much"
#: A change that only tells constants apart is rarely what was meant: such come last.
_CONSTANT = re.compile(r"^(-?[\d.]+|'[^']*') → (-?[\d.]+|'[^']*')")


def meant(trial: Trial, databases: Sequence[Database], deadline: float) -> str:
    """Return a sentence on a change that makes the answer agree with the reference, or "".

    Args:
        trial: the answer and the reference.
        databases: the counterexample first, then others to tell a repair from a coincidence.
        deadline: CPU seconds of this process.
    """
    rules = trial.rules
    try:
        mutants = sql_mutants(trial.answer.text, "duckdb", ordered=bool(rules.order))
    except SqlglotError:
        return ""
    trial.bench.load(databases)
    trial.bench.repair()
    expected = trial.expected(range(len(databases)), deadline)
    if 0 not in expected:
        return ""
    first = {0: expected[0]}
    for mutant in sorted(mutants, key=lambda m: bool(_CONSTANT.match(m.change))):
        if time.process_time() > deadline:
            break
        try:
            other = trial.with_answer(mutant.text)
        except SqlError:
            continue
        if other.agrees(first, deadline) and other.agrees(expected, deadline):
            words = _words(mutant.change)
            count = f"{len(expected):,} databases"
            so = "without that" if words.endswith(_TOO_MUCH) else "with that"
            return words and f"line {mutant.line}: {words}; {so}, no difference on {count}"
    return ""


def _words(change: str) -> str:
    """Return a change as a sentence's beginning, "" where it shows fragments of code only."""
    change = re.sub(r" \(\d+\)$", "", change)
    before, arrow, after = change.partition(" → ")
    if any(
        part.count("(") != part.count(")") or part.endswith((".", ",", "…"))
        for part in (before, after)
    ):
        return ""
    if arrow:
        return f"{before} where {after} may be meant"
    if change.endswith(" dropped"):
        return f"{change.removesuffix(' dropped')} {_TOO_MUCH}"
    if change.endswith(" added"):
        return f"{change.removesuffix(' added')} may be missing"
    return f"{change} may be meant"
