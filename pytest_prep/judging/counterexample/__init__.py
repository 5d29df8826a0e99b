"""The smallest database on which an answer and the reference differ.

:func:`search` is the entry. Heavy libraries are imported by the modules behind it, not here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample.model import (
    Counterexample,
    Hints,
    Reason,
    Search,
    Shown,
    ShownTable,
    seed_of,
)

__all__ = [
    "Counterexample",
    "Hints",
    "Reason",
    "Search",
    "Shown",
    "ShownTable",
    "search",
    "seed_of",
]


def search(
    schema: str,
    reference: str,
    answer: str,
    *,
    rules: Rules,
    seed: int,
    cpu_budget: float = 1.0,
    known: Sequence[Counterexample] = (),
    hints: Hints | None = None,
    table: str = "",
) -> Search:
    """Look for a small database on which two queries return different results.

    Args:
        schema: CREATE TABLE statements with the business rules as constraints.
        reference: one SELECT, deterministic.
        answer: one SELECT.
        rules: how results are compared.
        seed: the same seed and texts give the same databases (see :func:`seed_of`).
        cpu_budget: CPU seconds for finding; shrinking what was found may take as much again.
        known: counterexamples of earlier answers to the same kata, tried first.
        hints: values that columns should take.
        table: where given, both are scripts, and what counts is the rows of this table afterwards.

    Raises:
        BrokenData: the schema cannot be created.
        SqlError: the reference is refused, whatever the data.
    """
    from pytest_prep.judging.counterexample.hunt import Hunt

    hints = hints or Hints()
    with Hunt(schema, reference, answer, rules, seed=seed, hints=hints, table=table) as hunt:
        return hunt.run(cpu_budget, known)
