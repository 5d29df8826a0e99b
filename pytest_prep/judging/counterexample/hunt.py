"""The search from start to end: draw, run, confirm, shrink."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample.clues import read_clues
from pytest_prep.judging.counterexample.confirm import confirm
from pytest_prep.judging.counterexample.generator import Generator
from pytest_prep.judging.counterexample.meant import meant
from pytest_prep.judging.counterexample.model import (
    Counterexample,
    Database,
    Hints,
    Search,
)
from pytest_prep.judging.counterexample.mutate import Breeding
from pytest_prep.judging.counterexample.pools import build_pools
from pytest_prep.judging.counterexample.readable import Readable
from pytest_prep.judging.counterexample.scripts import ScriptTrial
from pytest_prep.judging.counterexample.shrink import shrink
from pytest_prep.judging.counterexample.trial import Round, Trial
from pytest_prep.judging.counterexample.workbench import Workbench

#: Databases a batch: small ones first, as most mistakes show at once.
_BATCHES = (80, 200, 400, 800, 1500)
#: Candidates of one batch that are tried on real tables, where the first ones fail.
_CONFIRMED = 6
#: Candidates that may fail in a search: the reference then depends on the order too often.
_FAILING = 60
#: Two right answers that round can differ where a value lies half-way and floats are summed in
#: another order. A mistake in rounding shows on more than this share of the databases.
_ROUNDING_SHARE = 0.05
#: CPU seconds that shrinking may always take.
_SHRINKING = 0.5
#: CPU seconds to look for a small change that repairs the answer, and the databases it must stand.
_MEANING = 0.4
_OTHERS = 250


class Hunt:
    """One search; its workbench is open inside the ``with`` block."""

    def __init__(
        self,
        schema: str,
        reference: str,
        answer: str,
        rules: Rules,
        *,
        seed: int,
        hints: Hints,
        table: str = "",
    ) -> None:
        """Open the workbench (errors as in :func:`search`)."""
        self._start = time.process_time()
        self._seed = seed
        self.bench = Workbench(schema)
        try:
            self.trial = (
                ScriptTrial(self.bench, reference, answer, rules, table)
                if table
                else Trial(self.bench, reference, answer, rules)
            )
            clues = read_clues(self.bench.schema, (reference, answer))
            pools = build_pools(self.bench.connection, self.bench.schema, clues, hints)
        except BaseException:
            self.bench.close()
            raise
        self.generator = Generator(self.bench.schema, pools, clues, random.Random(seed))  # noqa: S311
        self.readable = Readable(self.bench.schema, pools, self.generator.groups)
        self._failed = 0

    def __enter__(self) -> Hunt:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bench.close()

    def run(self, cpu_budget: float, known: Sequence[Counterexample] = ()) -> Search:
        """Search until something is found or the budget is used up."""
        deadline = self._start + cpu_budget
        breeding = Breeding(self.bench.schema, self.generator)
        first: list[Database] = [db for c in known if (db := self._fitting(c)) is not None]
        number = 0
        while time.process_time() < deadline and self._failed < _FAILING:
            size = _BATCHES[min(number, len(_BATCHES) - 1)]
            drawn = [] if number else [self._empty(), *first]
            while len(drawn) < size:
                variant = breeding.variant() if number and self._chance() < 0.5 else None
                drawn.append(variant or self.generator.database())
            self.bench.load(drawn)
            self.bench.repair()
            ran = self.trial.run(len(drawn), deadline)
            if ran.stalled:
                self.generator.forward_only = True
            if ran.candidates:
                found = self._confirmed(ran, deadline)
                if found is not None:
                    seconds = time.process_time() - self._start
                    return self._result(self._told(self._smaller(*found, deadline)), seconds)
            breeding.learn(self.bench.read_many(breeding.interesting(ran)))
            number += 1
        return self._result(None, None)

    def _chance(self) -> float:
        return self.generator.chance.random()

    def _empty(self) -> Database:
        return {table.name: [] for table in self.bench.schema.tables}

    def _fitting(self, known: Counterexample) -> Database | None:
        """Return a known counterexample's rows if the schema still has its tables."""
        database = self._empty()
        for table in known.tables:
            shape = next((t for t in self.bench.schema.tables if t.name == table.name), None)
            if shape is None or tuple(c.name for c in shape.columns) != table.columns:
                return None
            database[table.name] = list(table.rows)
        return database

    def _confirmed(self, ran: Round, deadline: float) -> tuple[Database, Counterexample] | None:
        """Return the first candidate that real tables confirm, trying small ones first.

        One is tried also after the deadline: it took most of the time to find it.
        """
        databases = self.bench.read_many(ran.candidates)
        by_size = sorted(databases.values(), key=lambda db: sum(map(len, db.values())))
        for number, database in enumerate(by_size[:_CONFIRMED]):
            if number and time.process_time() > deadline:
                break
            found = confirm(self.trial, database, self._seed)
            if found is not None and not self._noise(found, ran):
                return database, found
            self._failed += 1
        return None

    def _noise(self, found: Counterexample, ran: Round) -> bool:
        """Whether a difference may come from floating point and not from the answer."""
        rounding = found.difference is not None and found.difference.kind == "rounding"
        return rounding and len(ran.candidates) < _ROUNDING_SHARE * len(ran.yours)

    def _smaller(
        self, database: Database, found: Counterexample, deadline: float
    ) -> Counterexample:
        """Shrink a confirmed database; what real tables do not confirm is not taken."""
        if found.reason in ("timeout", "memory"):
            return found  # each try would cost as much again
        until = max(deadline, time.process_time() + _SHRINKING)

        def still_wrong(databases: Sequence[Database]) -> list[int]:
            return self.trial.wrong(databases, until)

        smallest = shrink(self.bench.schema, database, still_wrong, until)
        smallest.sort(key=self.readable.cost)
        for small in smallest[:3]:
            plain = self.readable.simplify(small, still_wrong, until)
            for candidate in (self.readable.sorted(plain), plain, small):
                again = confirm(self.trial, candidate, self._seed)
                if again is not None:
                    return again
        return found

    def _told(self, found: Counterexample) -> Counterexample:
        """Add what small change may be meant, where one is found in time."""
        database = self._fitting(found)
        if found.reason != "differs" or database is None or isinstance(self.trial, ScriptTrial):
            return found
        others = [self.generator.database() for _ in range(_OTHERS)]
        until = time.process_time() + _MEANING
        return replace(found, meant=meant(self.trial, [database, *others], until))

    def _result(self, found: Counterexample | None, seconds: float | None) -> Search:
        return Search(
            counterexample=found,
            databases=self.trial.databases,
            cpu=time.process_time() - self._start,
            seed=self._seed,
            found=seconds,
        )
