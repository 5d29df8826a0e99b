"""A query with everything that the rules of a review ask about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import outer_sources
from pytest_prep.judging.mutants.facts import Nulls, TableFacts, read_facts
from pytest_prep.judging.mutants.keys import Keys
from pytest_prep.judging.query_text import QueryText
from pytest_prep.judging.review.model import Finding

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope


@dataclass(frozen=True, slots=True)
class Origin:
    """The column of a table that an expression passes on unchanged."""

    table: str
    column: str
    #: Its type in DuckDB's words.
    type: str
    #: Whether it may be NULL where it is looked at.
    nullable: bool


class Query:
    """One query of a learner."""

    def __init__(self, sql: str, dialect: str, schema: str, schema_dialect: str) -> None:
        """Parse a query.

        Raises:
            SqlglotError: it cannot be parsed.
            ValueError: it is not one statement.
        """
        from sqlglot import parse

        self.dialect = dialect
        trees = [tree for tree in parse(sql, dialect=dialect) if tree is not None]
        if len(trees) != 1:
            raise ValueError(f"{len(trees)} statements in place of one")
        self.tree: exp.Expr = trees[0]
        self.tables: dict[str, TableFacts] = read_facts(schema, schema_dialect)
        self._text = QueryText(sql, dialect)

    def line(self, node: exp.Expr, start: str | None = None) -> int | None:
        """Return the line of a part; ``start`` is the token that a clause begins with."""
        return self._text.line(node, start)

    def finding(
        self,
        rule: str,
        node: exp.Expr,
        points: int,
        texts: tuple[str, str, str],
        start: str | None = None,
    ) -> Finding:
        """Return a finding at ``node``; ``texts`` are what, why and the mend."""
        what, why, mend = texts
        return Finding(rule, what, why, mend, self.line(node, start), points)

    def is_table(self, source: exp.Expr) -> bool:
        """Tell whether something read from is a table of the schema, not a CTE of its name."""
        from sqlglot import exp

        from pytest_prep.judging.query_sources import cte_of

        return (
            isinstance(source, exp.Table)
            and source.name.lower() in self.tables
            and cte_of(source) is None
        )

    @cached_property
    def qualified(self) -> exp.Expr | None:
        """The tree with every column's table named; None where that cannot be done."""
        from sqlglot.errors import SqlglotError
        from sqlglot.optimizer.qualify import qualify

        columns = {name: facts.columns for name, facts in self.tables.items()}
        try:
            return qualify(
                self.tree.copy(),
                schema=columns,  # type: ignore[arg-type]
                dialect=self.dialect,
                validate_qualify_columns=False,
                quote_identifiers=False,
            )
        except (SqlglotError, RecursionError, AttributeError, KeyError):
            # sqlglot stumbles over some dialects' own syntax
            return None

    @cached_property
    def scopes(self) -> dict[int, Scope]:
        """The scopes of the qualified tree, by the id of their SELECT or set operation."""
        from sqlglot.errors import SqlglotError
        from sqlglot.optimizer.scope import traverse_scope

        if self.qualified is None:
            return {}
        try:
            return {id(scope.expression): scope for scope in traverse_scope(self.qualified)}
        except (SqlglotError, RecursionError):
            return {}

    @cached_property
    def nulls(self) -> Nulls:
        """What is never NULL."""
        return Nulls(self.tables, self.scopes)

    @cached_property
    def keys(self) -> Keys:
        """What tells rows apart."""
        return Keys(self.tables, self.nulls)

    def selects(self) -> list[Scope]:
        """Return the scopes that are a SELECT."""
        from sqlglot import exp

        return [s for s in self.scopes.values() if isinstance(s.expression, exp.Select)]

    def origin(self, node: exp.Expr, scope: Scope, *, filtered: bool = True) -> Origin | None:
        """Return the table's column that ``node`` is, also through CTEs; None if it is none.

        ``filtered`` is whether the scope's own WHERE has been applied where it is looked at.
        """
        from sqlglot import exp

        if isinstance(node, exp.Alias | exp.Paren):
            return self.origin(node.this, scope, filtered=filtered)
        if not isinstance(node, exp.Column) or not node.table:
            return None
        source = scope.sources.get(node.table)
        nullable = not self.nulls.never(node, scope, filtered=filtered)
        if isinstance(source, exp.Table):
            facts = self.tables.get(source.name.lower())
            name = node.name.lower()
            if facts is None or name not in facts.columns:
                return None
            return Origin(source.name.lower(), name, facts.columns[name], nullable)
        if source is None or not isinstance(source.expression, exp.Select):
            return None
        found = [e for e in source.expression.expressions if e.alias_or_name == node.name]
        below = self.origin(found[0], source) if len(found) == 1 else None
        if below is None:
            return None
        may_be = nullable and (below.nullable or node.table in outer_sources(scope.expression))
        return Origin(below.table, below.column, below.type, may_be)
