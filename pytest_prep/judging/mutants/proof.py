"""Proof that a mutant means the same as the reference on every database the schema allows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.canonical import canonical
from pytest_prep.judging.mutants.facts import read_facts

if TYPE_CHECKING:
    import duckdb

SAME_FORM = "the same query, by the schema's keys and NOT NULLs"
SAME_PLAN = "the same logical plan"


class Prover:
    """Compares mutants of one query with it."""

    def __init__(self, schema: str, reference: str, dialect: str) -> None:
        """Set up a prover.

        Args:
            schema: CREATE TABLE statements.
            reference: one query.
            dialect: the engine's name.
        """
        self._schema = schema
        self._reference = reference
        self._dialect = dialect

    def proof(self, mutant: str) -> str:
        """Return how the mutant is proved equivalent, ``""`` where it is not."""
        theirs = self._form(mutant)
        if theirs and theirs == self._own_form:
            return SAME_FORM
        if self._dialect == "duckdb":
            for own, other in ((self._reference, mutant), (self._own_form, theirs)):
                plan = self._plan(own) if own and other else ""
                if plan and plan == self._plan(other):
                    return SAME_PLAN
        return ""

    @cached_property
    def _own_form(self) -> str:
        return self._form(self._reference)

    def _form(self, query: str) -> str:
        """Return the canonical text, ``""`` where the names cannot be resolved."""
        from sqlglot import parse_one
        from sqlglot.errors import SqlglotError

        try:
            facts = read_facts(self._schema, self._dialect)
            tree = parse_one(query, dialect=self._dialect)
            return canonical(tree, facts, self._dialect).sql(self._dialect, comments=False)
        except (SqlglotError, RecursionError):
            return ""

    def _plan(self, query: str) -> str:
        """Return DuckDB's optimized logical plan as text, ``""`` where it cannot be written."""
        import duckdb

        try:
            row = self._database.execute(
                "SELECT json_serialize_plan(?, optimize := true)", [query.rstrip().rstrip(";")]
            ).fetchone()
        except duckdb.Error:
            return ""
        plan = str(row[0]) if row else ""
        return "" if '"error":true' in plan else plan

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        """The empty tables, with the optimizer kept from learning that they are empty."""
        import duckdb

        database = duckdb.connect(":memory:", config={"threads": "1"})
        database.execute("SET disabled_optimizers = 'statistics_propagation'")
        database.execute(self._schema)
        return database
