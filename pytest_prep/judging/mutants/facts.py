"""What the schema and the query say about columns: which are never NULL.

Every answer of "never" must be certain, for it ends up in proofs; "perhaps" is always allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import (
    has_subtotals,
    outer_sources,
    own_sources,
    rejects_null,
    sure_predicates,
)

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope


@dataclass(frozen=True)
class TableFacts:
    """What CREATE TABLE says of one table; all names in lower case."""

    #: Types by column.
    columns: dict[str, str]
    not_null: frozenset[str]
    #: Sets of columns of which no two rows have the same values, unless one of them is NULL.
    keys: tuple[frozenset[str], ...]
    #: Own column → (table, column), for foreign keys of one column.
    references: dict[str, tuple[str, str]]


def read_facts(schema: str, dialect: str) -> dict[str, TableFacts]:
    """Return the facts by table, from CREATE TABLE statements.

    Raises:
        SqlglotError: the schema does not parse.
    """
    from sqlglot import exp, parse

    tables = {}
    for tree in parse(schema, dialect=dialect):
        if isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema):
            tables[tree.this.this.name.lower()] = _table(tree.this)
    return tables


def _table(schema: exp.Schema) -> TableFacts:
    from sqlglot import exp

    columns: dict[str, str] = {}
    not_null: set[str] = set()
    keys: list[frozenset[str]] = []
    references: dict[str, tuple[str, str]] = {}
    for part in schema.expressions:
        if isinstance(part, exp.ColumnDef):
            name = part.name.lower()
            columns[name] = part.args["kind"].sql("duckdb") if part.args.get("kind") else "VARCHAR"
            for constraint in part.args.get("constraints") or ():
                kind = constraint.args["kind"]
                if isinstance(kind, exp.NotNullColumnConstraint) and not kind.args.get(
                    "allow_null"
                ):
                    not_null.add(name)
                elif isinstance(kind, exp.PrimaryKeyColumnConstraint):
                    not_null.add(name)
                    keys.append(frozenset({name}))
                elif isinstance(kind, exp.UniqueColumnConstraint):
                    keys.append(frozenset({name}))
                elif isinstance(kind, exp.Reference):
                    _refer(references, [name], kind)
            continue
        inner = part.expressions[0] if isinstance(part, exp.Constraint) else part
        if isinstance(inner, exp.PrimaryKey):
            names = frozenset(column.name.lower() for column in inner.expressions)
            not_null |= names
            keys.append(names)
        elif isinstance(inner, exp.UniqueColumnConstraint) and inner.this is not None:
            keys.append(frozenset(column.name.lower() for column in inner.this.expressions))
        elif isinstance(inner, exp.ForeignKey):
            own = [column.name.lower() for column in inner.expressions]
            _refer(references, own, inner.args["reference"])
    return TableFacts(columns, frozenset(not_null), tuple(keys), references)


def _refer(references: dict[str, tuple[str, str]], own: list[str], reference: exp.Expr) -> None:
    target = reference.this
    if len(own) == 1 and len(target.expressions) == 1:
        references[own[0]] = (target.this.name.lower(), target.expressions[0].name.lower())


class Nulls:
    """Which expressions of one qualified query are never NULL."""

    def __init__(self, tables: dict[str, TableFacts], scopes: dict[int, Scope]) -> None:
        """``scopes`` are those of the query, by the id of their SELECT or set operation."""
        self._tables = tables
        self._scopes = scopes
        self._busy: set[tuple[int, str]] = set()

    def never(self, node: exp.Expr, scope: Scope, *, filtered: bool) -> bool:
        """Tell whether ``node``, evaluated on the rows of ``scope``, is never NULL.

        Args:
            node: an expression of the scope's SELECT.
            scope: that SELECT.
            filtered: whether it is evaluated after the joins and WHERE, so that they count.
        """
        from sqlglot import exp

        if has_subtotals(scope.expression):
            return False
        if isinstance(node, exp.Column):
            return self._column(node, scope, filtered=filtered)
        if isinstance(node, exp.Coalesce):
            parts = (node.this, *node.expressions)
            return any(self.never(part, scope, filtered=filtered) for part in parts)
        deciding = _deciding(node, scope.expression)
        if deciding is None:
            return False
        return all(self.never(part, scope, filtered=filtered) for part in deciding)

    def output(self, scope: Scope, name: str) -> bool:
        """Tell whether the output column ``name`` of a query is never NULL."""
        from sqlglot import exp

        key = (id(scope.expression), name.lower())
        if key in self._busy:  # recursion: the other rows decide
            return False
        self._busy.add(key)
        try:
            query = scope.expression
            if isinstance(query, exp.SetOperation):
                return self._operands(query, name)
            if not isinstance(query, exp.Select):
                return False
            found = [e for e in query.expressions if e.alias_or_name.lower() == name.lower()]
            return len(found) == 1 and self.never(found[0].unalias(), scope, filtered=True)
        finally:
            self._busy.discard(key)

    def _operands(self, query: exp.SetOperation, name: str) -> bool:
        names = [selected.alias_or_name.lower() for selected in query.selects]
        if name.lower() not in names:
            return False
        place = names.index(name.lower())
        for operand in (query.this.unnest(), query.expression.unnest()):
            scope = self._scopes.get(id(operand))
            if scope is None or place >= len(operand.selects):
                return False
            if not self.output(scope, operand.selects[place].alias_or_name):
                return False
        return True

    def _column(self, column: exp.Column, scope: Scope, *, filtered: bool) -> bool:
        from sqlglot import exp

        if not column.table:  # ORDER BY may name an output column
            return self.output(scope, column.name)
        if filtered and any(rejects_null(p, column) for p in sure_predicates(scope.expression)):
            return True
        if column.table not in own_sources(scope.expression):
            # a correlated column: outside, WHERE is perhaps just being evaluated
            outside = scope.parent
            return outside is not None and self._column(column, outside, filtered=False)
        source = scope.sources.get(column.table)
        if source is None or column.table in outer_sources(scope.expression):
            return False
        if isinstance(source, exp.Table):
            facts = self._tables.get(source.name.lower())
            return facts is not None and column.name.lower() in facts.not_null
        return self.output(source, column.name)


def _deciding(node: exp.Expr, select: exp.Expr) -> list[exp.Expr] | None:
    """Return the parts that must never be NULL for ``node`` not to be, None where it may be."""
    from sqlglot import exp

    counts = (exp.Count, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank)
    dates = (exp.DayOfWeek, exp.DayOfWeekIso, exp.Year, exp.Month, exp.Day, exp.TimestampTrunc)
    texts = (exp.Lower, exp.Upper, exp.Trim)
    same = (exp.Paren, exp.Alias, exp.Neg, exp.Abs, exp.Not, exp.Cast)
    if isinstance(node, (exp.Literal, exp.Boolean, exp.Interval, *counts)):
        return []
    if isinstance(node, (*same, *dates, *texts)) and not isinstance(node, exp.TryCast):
        return [node.this]
    if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Predicate | exp.Connector):
        plain = isinstance(node, exp.Binary) and not isinstance(node, exp.Is)
        return [node.this, node.expression] if plain else None
    if isinstance(node, exp.Case):
        default = node.args.get("default")
        results = [branch.args["true"] for branch in node.args["ifs"]]
        return [*results, default] if default is not None else None
    if isinstance(node, exp.DateFromParts):
        return [node.args[part] for part in ("year", "month", "day")]
    if isinstance(node, exp.Explode):
        # The elements of a split text or of a series are values; but of two lists side by side,
        # the shorter one is filled up with NULL.
        lists = {e.sql() for s in select.expressions for e in s.find_all(exp.Explode)}
        values = isinstance(node.this, exp.Split | exp.GenerateSeries) and len(lists) == 1
        return [] if values else None
    return _deciding_total(node, select)


def _deciding_total(node: exp.Expr, select: exp.Expr) -> list[exp.Expr] | None:
    """Return what :func:`_deciding` does, for aggregates and window functions."""
    from sqlglot import exp

    totals = (exp.Sum, exp.Min, exp.Max, exp.Avg)
    if isinstance(node, exp.Filter | exp.Window) and isinstance(node.this, exp.Count | exp.CountIf):
        return []
    if isinstance(node, exp.Window):
        if isinstance(node.this, exp.RowNumber | exp.Rank | exp.DenseRank):
            return []
        within = isinstance(node.this, totals) and _frame_holds_row(node)
        return [node.this.this] if within else None
    if isinstance(node, totals) and not isinstance(node.this, exp.Distinct):
        group = select.args.get("group")
        return [node.this] if group is not None and group.expressions else None  # no empty group
    return None


def _frame_holds_row(window: exp.Window) -> bool:
    """Tell whether the row itself is always in the frame, so that no frame is empty."""
    spec = window.args.get("spec")
    if spec is None:
        return True
    starts = spec.args.get("start_side") == "PRECEDING" or spec.args.get("start") == "CURRENT ROW"
    ends = spec.args.get("end_side") == "FOLLOWING" or spec.args.get("end") in (None, "CURRENT ROW")
    return starts and ends and not spec.args.get("exclude")
