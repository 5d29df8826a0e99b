"""Which case of an SQL kata tells a mutant from the reference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pytest_prep.content.answer import read_text
from pytest_prep.content.case import REAL, Case, case_names, case_of
from pytest_prep.content.kata import Kata
from pytest_prep.judging.constraints import Outcome, outcomes, verdict_of
from pytest_prep.judging.engine import Database, OutOfMemory, OutOfTime, Ran, SqlError
from pytest_prep.judging.judge import REFERENCE_WALL, Judge
from pytest_prep.judging.mutants.mutant import Fate, Mutant
from pytest_prep.judging.mutants.proof import Prover
from pytest_prep.judging.mutants.sql import sql_mutants
from pytest_prep.judging.table import Rules, Table, equal_at_once

#: A mutant runs at least this many wall-clock seconds on a case before it counts as too slow, and
#: at least this many times the reference's CPU seconds.
WALL = 3.0
WALL_FACTOR = 20
#: CPU seconds for the search for data on which a mutant differs that no case killed.
SEARCH = 1.0
#: How the engine's messages start where a script can run on no data at all.
_UNBOUND = ("Binder Error", "Catalog Error", "Parser Error", "Not implemented Error")


class NotViable(Exception):
    """The mutant can run on no data at all: it is no mutant."""


def try_mutants(judge: Judge, kata: Kata) -> list[Fate]:
    """Make the mutants of a kata's reference and try them on its cases.

    Raises:
        ContentError, KataBroken, SqlError: the kata is broken.
        SqlglotError: the reference does not parse.
    """
    assert kata.sql is not None
    text = read_text(kata.reference)
    fates = []
    with _trial(judge, kata, text) as trial:
        for mutant in sql_mutants(text, kata.sql.engine, ordered=bool(kata.sql.order)):
            try:
                killer = trial.killer(mutant.text)
            except NotViable:
                continue
            if killer is not None:
                name, why = killer
                fates.append(Fate(mutant, "real" if name == REAL else "cases", f"{name}: {why}"))
            else:
                # Proofs come last: whatever data show stands above any argument.
                fates.append(trial.unkilled(mutant))
    return fates


class _Trial(Protocol):
    """One kata's cases, ready for many mutants."""

    def killer(self, text: str) -> tuple[str, str] | None:
        """Return the first case that tells a mutant from the reference, and how.

        Raises:
            NotViable: the engine cannot bind the mutant.
        """

    def unkilled(self, mutant: Mutant) -> Fate:
        """Return the fate of a mutant that no case kills."""


@dataclass(frozen=True)
class _Query:
    """A query kata: each case in a database that stays open for all mutants."""

    kata: Kata
    reference: str
    rules: Rules
    cases: list[tuple[str, Database, Ran]]

    def killer(self, text: str) -> tuple[str, str] | None:
        query = text.rstrip().rstrip(";")
        try:
            self.cases[0][1].query(f"EXPLAIN {query}", WALL)
        except SqlError as error:
            raise NotViable from error
        for name, database, expected in self.cases:
            try:
                ran = database.query(query, _wall(expected))
            except SqlError as error:
                return name, _words(error)
            why = _difference(ran.table, expected.table, self.rules)
            if why:
                return name, why
        return None

    def unkilled(self, mutant: Mutant) -> Fate:
        proof = self._prover.proof(mutant.text)
        if proof:
            return Fate(mutant, "proved", proof)
        found = self._search(mutant.text)
        return Fate(mutant, "generated", found) if found else Fate(mutant, "survived")

    @cached_property
    def _schema(self) -> str:
        return read_text(self.kata.folder / "schema.sql")

    @cached_property
    def _prover(self) -> Prover:
        assert self.kata.sql is not None
        return Prover(self._schema, self.reference, self.kata.sql.engine)

    def _search(self, text: str) -> str:
        """Look for data that tells the mutant from the reference; ``""`` without success."""
        assert self.kata.sql is not None
        if self.kata.sql.engine != "duckdb":
            return ""
        from pytest_prep.judging.counterexample import search, seed_of

        seed = seed_of(self.kata.id, text)
        found = search(
            self._schema, self.reference, text, rules=self.rules, seed=seed, cpu_budget=SEARCH
        )
        return found.summary if found.counterexample else ""


@dataclass(frozen=True)
class _Script:
    """A kata whose answers change tables: a new database for each try."""

    judge: Judge
    kata: Kata
    #: What the reference leaves in the table, by case.
    cases: list[tuple[Case, Ran]]

    def killer(self, text: str) -> tuple[str, str] | None:
        for case, expected in self.cases:
            try:
                ran = _table_after(self.judge, self.kata, case, text, _wall(expected))
            except SqlError as error:
                if str(error).startswith(_UNBOUND):
                    raise NotViable from error
                return case.name, _words(error)
            why = _difference(ran.table, expected.table, _rules(self.kata))
            if why:
                return case.name, why
        return None

    def unkilled(self, mutant: Mutant) -> Fate:
        return Fate(mutant, "survived")


@dataclass(frozen=True)
class _Constraints:
    """A kata about CREATE TABLE: the same statements on the mutant's tables."""

    judge: Judge
    kata: Kata
    #: What the reference's tables accept and refuse, by case.
    cases: list[tuple[Case, list[Outcome]]]

    def killer(self, text: str) -> tuple[str, str] | None:
        for case, expected in self.cases:
            try:
                own = _outcomes(self.judge, self.kata, case, text)
            except SqlError as error:
                raise NotViable from error
            verdict = verdict_of(own, expected)
            if not verdict.accepted:
                return case.name, verdict.summary
        return None

    def unkilled(self, mutant: Mutant) -> Fate:
        return Fate(mutant, "survived")


@contextmanager
def _trial(judge: Judge, kata: Kata, reference: str) -> Iterator[_Trial]:
    assert kata.sql is not None
    cases = [case_of(kata, name) for name in case_names(kata)]
    if kata.sql.result == "constraints":
        refused = [(case, _outcomes(judge, kata, case, reference)) for case in cases]
        yield _Constraints(judge, kata, refused)
    elif kata.sql.result != "query":
        left = [(c, _table_after(judge, kata, c, reference, REFERENCE_WALL)) for c in cases]
        yield _Script(judge, kata, left)
    else:
        with ExitStack() as stack:
            opened = []
            for case in cases:
                database = stack.enter_context(judge.opened(kata, case))
                expected = database.query(reference, REFERENCE_WALL)
                opened.append((case.name, database, expected))
            yield _Query(kata, reference, _rules(kata), opened)


def _table_after(judge: Judge, kata: Kata, case: Case, script: str, wall: float) -> Ran:
    """Return the judged table after a script ran."""
    assert kata.sql is not None
    name = kata.sql.result.removeprefix("table:")
    with judge.opened(kata, case) as database:
        cpu = database.query(script, wall).cpu
        return Ran(database.query(f'SELECT * FROM "{name}"').table, cpu)


def _outcomes(judge: Judge, kata: Kata, case: Case, script: str) -> list[Outcome]:
    """Return what the tables that a script creates do with a case's statements."""
    assert case.script is not None
    with judge.opened(kata, case) as database:
        database.query(script, WALL)
        return outcomes(database, read_text(case.script))


def _wall(expected: Ran) -> float:
    return max(WALL, WALL_FACTOR * expected.cpu)


def _words(error: SqlError) -> str:
    if isinstance(error, OutOfTime):
        return "too slow"
    if isinstance(error, OutOfMemory):
        return "too much memory"
    return str(error).split("\n")[0]


def _rules(kata: Kata) -> Rules:
    assert kata.sql is not None
    return Rules(kata.sql.order, kata.sql.columns == "by-name")


def _difference(yours: Table, expected: Table, rules: Rules) -> str:
    if equal_at_once(yours, expected, rules):
        return ""
    if len(yours.rows) != len(expected.rows):  # unequal by every rule; spares the description
        return f"{len(yours.rows)} rows, not {len(expected.rows)}"
    from pytest_prep.judging.compare import compare

    difference = compare(yours, expected, rules)
    return difference.summary if difference else ""
