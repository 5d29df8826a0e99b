"""Both queries on the loaded databases: on which of them do the results differ.

What is found here is a candidate only: it has yet to be confirmed on real tables.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_prep.judging.compare import Aligned, Rules, Table, arrange, order_places
from pytest_prep.judging.counterexample.model import Database
from pytest_prep.judging.counterexample.workbench import Failure, Outcome, Query, Rows, Workbench

if TYPE_CHECKING:
    import duckdb

#: CPU seconds for one statement over a whole batch, and for one over one small database.
BATCH_CPU = 0.4
SINGLE_CPU = 0.1

#: How many parts of a failing batch are tried before the rest runs one at a time.
_PARTS = 24


@dataclass(frozen=True, slots=True)
class Round:
    """What both queries did on the databases that were loaded."""

    #: Numbers of the databases on which they differ, or the answer failed.
    candidates: list[int]
    #: The reference's results, by number; databases on which it failed are left out.
    expected: dict[int, Rows]
    yours: dict[int, Outcome]
    #: Whether the reference ran out of time somewhere.
    stalled: bool


class Trial:
    """A reference and an answer on one workbench."""

    def __init__(self, bench: Workbench, reference: str, answer: str, rules: Rules) -> None:
        """Prepare both queries.

        Raises:
            SqlError: the reference is refused.
        """
        self.bench = bench
        self.rules = rules
        self.reference = bench.query(reference, ordered=bool(rules.order))
        self.places = order_places(self.reference.table([]), rules)
        self.answer = bench.query(answer, ordered=bool(rules.order))
        self.databases = 0

    def with_answer(self, answer: str) -> Trial:
        """Return a trial of another answer on the same workbench.

        Raises:
            SqlError: it is refused.
        """
        other = copy(self)
        other.answer = self.bench.query(answer, ordered=bool(self.rules.order))
        return other

    def expected(self, numbers: Sequence[int], deadline: float) -> dict[int, Rows]:
        """Return the reference's results on loaded databases, without those where it fails."""
        outcomes = self._outcomes(self.reference, numbers, deadline)
        return {n: rows for n, rows in outcomes.items() if not isinstance(rows, Failure)}

    def agrees(self, expected: dict[int, Rows], deadline: float) -> bool:
        """Tell whether the answer returns what is expected on all of these databases."""
        yours = self._outcomes(self.answer, sorted(expected), deadline)
        return len(yours) == len(expected) and not any(
            self._differ(outcome, expected[n]) for n, outcome in yours.items()
        )

    def ran(self, cursor: duckdb.DuckDBPyConnection, query: Query, cpu: float) -> Outcome:
        """Run one of the queries on the cursor's own database."""
        return self.bench.run(cursor, query.text, cpu)

    def wrong(self, databases: Sequence[Database], deadline: float) -> list[int]:
        """Return which of these databases satisfy the schema and are candidates."""
        if not databases:
            return []
        self.bench.load(databases)
        self.bench.repair()
        sizes = self.bench.sizes(len(databases))
        whole = {
            number
            for number, database in enumerate(databases)
            if sizes[number] == sum(map(len, database.values()))
        }
        return [n for n in self.run(len(databases), deadline).candidates if n in whole]

    def run(self, count: int, deadline: float) -> Round:
        """Run both queries on the loaded databases ``0`` to ``count - 1``.

        ``deadline`` is in CPU seconds of this process; what is not done by then is left out.
        """
        expected: dict[int, Rows] = {}
        stalled = False
        for number, outcome in self._outcomes(self.reference, range(count), deadline).items():
            if isinstance(outcome, Failure):
                stalled |= outcome.kind == "timeout"
            else:
                expected[number] = outcome
        yours = self._outcomes(self.answer, sorted(expected), deadline)
        self.databases += sum(not isinstance(outcome, Failure) for outcome in yours.values())
        candidates = [n for n, outcome in yours.items() if self._differ(outcome, expected[n])]
        return Round(candidates, expected, yours, stalled)

    def _differ(self, yours: Outcome, expected: Rows) -> bool:
        if isinstance(yours, Failure):
            return True
        if yours == expected and self.answer.types == self.reference.types:
            return self.rules.by_name and self.answer.columns != self.reference.columns
        return differ(
            self.answer.table(yours), self.reference.table(expected), self.rules, self.places
        )

    def _outcomes(
        self, query: Query, numbers: Sequence[int], deadline: float
    ) -> dict[int, Outcome]:
        outcomes: dict[int, Outcome] = {}
        wanted = set(numbers)
        waiting = [(numbers[0], numbers[-1])] if wanted else []
        parts = 0
        while waiting and not query.singly:
            first, last = waiting.pop()
            left = deadline - time.process_time()
            if left <= 0:
                return outcomes
            found = self.bench.batch(query, first, last, min(BATCH_CPU, left))
            if not isinstance(found, Failure):
                outcomes |= {n: rows for n, rows in found.items() if n in wanted}
                continue
            parts += 1
            if found.kind == "timeout" or parts > _PARTS:
                waiting.append((first, last))
                break
            if first == last:
                outcome = self.bench.single(query, first, SINGLE_CPU)
                if first in wanted:
                    outcomes[first] = outcome
                # What runs alone but not in a batch needs a form that a batch cannot have.
                query.singly = not isinstance(outcome, Failure)
                continue
            middle = (first + last) // 2
            waiting += [(middle + 1, last), (first, middle)]
        for first, last in waiting:
            outcomes |= self._singly(query, [n for n in numbers if first <= n <= last], deadline)
        return outcomes

    def _singly(self, query: Query, numbers: Sequence[int], deadline: float) -> dict[int, Outcome]:
        outcomes: dict[int, Outcome] = {}
        for number in numbers:
            if time.process_time() > deadline:
                break
            outcome = outcomes[number] = self.bench.single(query, number, SINGLE_CPU)
            if isinstance(outcome, Failure) and outcome.kind == "timeout":
                break  # each costs as much as a whole batch: one is enough to go on with
        return outcomes


def differ(yours: Table, expected: Table, rules: Rules, places: tuple[int, ...]) -> bool:
    """Whether two results differ by the rules; what the difference is does not matter here."""
    arranged = arrange(yours, expected, rules)
    if arranged is None:
        return True
    aligned = Aligned(arranged, expected)
    return not (aligned.equal_in_order(places) if places else aligned.equal_as_bags())
