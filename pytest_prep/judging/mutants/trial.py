"""Which case of an SQL kata tells a mutant from the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pytest_prep.content.answer import read_text
from pytest_prep.content.case import REAL, Case, case_names, case_of
from pytest_prep.content.kata import Kata
from pytest_prep.judging.budget import REFERENCE_WALL
from pytest_prep.judging.constraints import Outcome as Reaction
from pytest_prep.judging.constraints import outcomes, verdict_of
from pytest_prep.judging.engine import OutOfMemory, OutOfTime, Ran, SqlError
from pytest_prep.judging.judge import Judge
from pytest_prep.judging.mutants.mutant import Fate, Mutant, Outcome
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


def try_mutants(judge: Judge, kata: Kata) -> list[Fate]:
    """Make the mutants of a kata's reference and try them on its cases, by line.

    Each case is opened once, and meets the mutants that all cases before it let live. A mutant
    that the engine cannot bind, whatever the data, is none and is left out.

    Raises:
        ContentError, KataBroken, SqlError: the kata is broken.
        SqlglotError: the reference does not parse.
    """
    assert kata.sql is not None
    text = read_text(kata.reference)
    living = sql_mutants(text, kata.sql.engine, ordered=bool(kata.sql.order))
    tries = {"query": _on_query, "constraints": _on_constraints}.get(kata.sql.result, _on_table)
    fates = []
    for name in case_names(kata):
        with tries(judge, kata, case_of(kata, name), text) as killed_by:
            survivors = []
            for mutant in living:
                try:
                    why = killed_by(mutant.text)
                except NotViable:
                    continue
                if why:
                    outcome: Outcome = "real" if name == REAL else "cases"
                    fates.append(Fate(mutant, outcome, f"{name}: {why}"))
                else:
                    survivors.append(mutant)
            living = survivors
    # Proofs come last: whatever data show stands above any argument.
    fates += _unkilled(kata, text, living)
    return sorted(fates, key=lambda fate: fate.mutant.line)


class NotViable(Exception):
    """The mutant can run on no data at all: it is no mutant."""


#: Says how a mutant differs from the reference on an opened case, ``""`` where it does not; raises
#: :class:`NotViable`.
_KilledBy = Callable[[str], str]


@contextmanager
def _on_query(judge: Judge, kata: Kata, case: Case, reference: str) -> Iterator[_KilledBy]:
    """Open a case of a query kata: one database for all mutants."""
    with judge.opened(kata, case, alone=False) as database:
        expected = database.query(reference, REFERENCE_WALL)
        # also for the reference itself: what EXPLAIN refuses there, it would refuse in mutants
        database.query(_explained(reference), WALL)

        def killed_by(text: str) -> str:
            try:
                database.query(_explained(text), WALL)
            except SqlError as error:
                raise NotViable from error
            try:
                ran = database.query(text, _wall(expected))
            except SqlError as error:
                return _words(error)
            return _difference(ran.table, expected.table, rules_of(kata))

        yield killed_by


def _explained(query: str) -> str:
    return f"EXPLAIN {query.rstrip().rstrip(';')}"


@contextmanager
def _on_table(judge: Judge, kata: Kata, case: Case, reference: str) -> Iterator[_KilledBy]:
    """Open a case of a kata whose answers change a table: a new database for each try."""
    assert kata.sql is not None
    name = kata.sql.result.removeprefix("table:")

    def table_after(script: str, wall: float) -> Ran:
        with judge.opened(kata, case, alone=True) as database:
            cpu = database.query(script, wall).cpu
            return Ran(database.query(f'SELECT * FROM "{name}"').table, cpu)

    expected = table_after(reference, REFERENCE_WALL)

    def killed_by(text: str) -> str:
        try:
            ran = table_after(text, _wall(expected))
        except SqlError as error:
            if str(error).startswith(_UNBOUND):
                raise NotViable from error
            return _words(error)
        return _difference(ran.table, expected.table, rules_of(kata))

    yield killed_by


@contextmanager
def _on_constraints(judge: Judge, kata: Kata, case: Case, reference: str) -> Iterator[_KilledBy]:
    """Open a case of a kata about CREATE TABLE: the same statements on each mutant's tables."""
    assert case.script is not None
    statements = read_text(case.script)

    def outcomes_of(script: str) -> list[Reaction]:
        with judge.opened(kata, case, alone=True) as database:
            database.query(script, WALL)
            return outcomes(database, statements)

    expected = outcomes_of(reference)

    def killed_by(text: str) -> str:
        try:
            own = outcomes_of(text)
        except SqlError as error:
            raise NotViable from error
        return verdict_of(own, expected).summary

    yield killed_by


def _unkilled(kata: Kata, reference: str, mutants: list[Mutant]) -> Iterator[Fate]:
    """Prove the mutants that no case kills equivalent, or look for data that do."""
    assert kata.sql is not None
    if kata.sql.result != "query":
        yield from (Fate(mutant, "survived") for mutant in mutants)
        return
    schema = read_text(kata.folder / "schema.sql")
    prover = Prover(schema, reference, kata.sql.engine)
    for mutant in mutants:
        proof = prover.proof(mutant.text)
        found = "" if proof else _search(kata, schema, reference, mutant.text)
        if proof:
            yield Fate(mutant, "proved", proof)
        else:
            yield Fate(mutant, "generated" if found else "survived", found)


def _search(kata: Kata, schema: str, reference: str, text: str) -> str:
    """Look for data that tells a mutant from the reference; ``""`` without success."""
    assert kata.sql is not None
    if kata.sql.engine != "duckdb" or not kata.sql.generated:
        return ""
    from pytest_prep.judging.counterexample import search, seed_of

    seed = seed_of(kata.id, text)
    found = search(schema, reference, text, rules=rules_of(kata), seed=seed, cpu_budget=SEARCH)
    return found.summary if found.counterexample else ""


def _wall(expected: Ran) -> float:
    return max(WALL, WALL_FACTOR * expected.cpu)


def _words(error: SqlError) -> str:
    if isinstance(error, OutOfTime):
        return "too slow"
    if isinstance(error, OutOfMemory):
        return "too much memory"
    return str(error).split("\n")[0]


def rules_of(kata: Kata) -> Rules:
    """Return how a query kata's results are compared."""
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
