"""A query rewritten by what the schema guarantees, so that equal meanings become equal texts.

Each rule leaves the result the same on every database that satisfies the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.canonical_predicates import (
    in_filter,
    is_conjunct,
    settle_boolean,
)
from pytest_prep.judging.mutants.canonical_windows import inline_windows, settle_window
from pytest_prep.judging.mutants.clauses import (
    conjuncts,
    has_subtotals,
    outer_sources,
    rejects_null,
)
from pytest_prep.judging.mutants.edit import copy_of
from pytest_prep.judging.mutants.facts import Nulls, TableFacts
from pytest_prep.judging.mutants.keys import Keys
from pytest_prep.judging.mutants.nulls import as_exists

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

#: One rule enables another; more rounds than this have never been needed.
_ROUNDS = 6


def canonical(tree: exp.Expr, tables: dict[str, TableFacts], dialect: str) -> exp.Expr:
    """Return the canonical form of one query.

    Raises:
        SqlglotError: its names cannot be resolved.
    """
    from sqlglot.optimizer.qualify import qualify

    schema = {name: facts.columns for name, facts in tables.items()}
    tree = qualify(
        tree.copy(),
        schema=schema,  # type: ignore[arg-type]
        dialect=dialect,
        validate_qualify_columns=False,
        quote_identifiers=False,
    )
    inline_windows(tree)
    for _ in range(_ROUNDS):
        before = tree.sql(dialect)
        tree = _Round(tree, tables).apply()
        if tree.sql(dialect) == before:
            break
    return tree


class _Round:
    """One pass of all rules over a qualified tree, which is changed in place."""

    def __init__(self, tree: exp.Expr, tables: dict[str, TableFacts]) -> None:
        from sqlglot.optimizer.scope import traverse_scope

        self._tree = tree
        self._tables = tables
        self._scopes: dict[int, Scope] = {id(s.expression): s for s in traverse_scope(tree)}
        self._nulls = Nulls(tables, self._scopes)
        self._keys = Keys(tables, self._nulls)

    def apply(self) -> exp.Expr:
        from sqlglot import exp

        for node in reversed(list(self._tree.walk())):  # what is inside comes first
            select = node if isinstance(node, exp.Select) else node.find_ancestor(exp.Select)
            scope = self._scopes.get(id(select))
            if scope is None:
                continue
            new = self._rewritten(node, scope)
            if new is not None and new is not node:
                if node.parent is None:
                    self._tree = new
                else:
                    node.replace(new)
        return self._tree

    def _rewritten(self, node: exp.Expr, scope: Scope) -> exp.Expr | None:
        """Return what is to stand in the node's place, None to leave it there."""
        from sqlglot import exp

        if isinstance(node, exp.Select):
            self._select(node, scope)
        elif isinstance(node, exp.Window):
            settle_window(node, scope, self._keys)
        elif isinstance(node, exp.Ordered) and self._never(node.this, scope):
            node.set("nulls_first", False)
        elif isinstance(node, exp.Count):
            self._count(node, scope)
        elif isinstance(node, exp.Coalesce) and self._never(node.this, scope):
            return copy_of(node.this)
        elif isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            return exp.false() if self._never(node.this, scope) else None
        elif isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
            return self._compared(node, scope)
        elif isinstance(node, exp.Not) and isinstance(node.this, exp.In):
            return self._not_in(node.this, scope)
        elif isinstance(node, exp.EQ | exp.NEQ) and node.this.sql() > node.expression.sql():
            return type(node)(this=node.expression.copy(), expression=node.this.copy())
        else:
            return settle_boolean(node)
        return None

    def _never(self, node: exp.Expr, scope: Scope) -> bool:
        return self._nulls.never(node, scope, filtered=not in_filter(node))

    def _select(self, select: exp.Select, scope: Scope) -> None:
        """Drop DISTINCT where rows differ anyway, LEFT where a foreign key finds its row."""
        distinct = select.args.get("distinct")
        if distinct is not None and not distinct.args.get("on"):
            select.set("distinct", None)
            if not self._keys.output(scope):
                select.set("distinct", distinct)
        for place, join in enumerate(select.args.get("joins") or ()):
            _without_rejected_rows(select, place, join)
            if join.side == "LEFT" and self._always_meets(join, select, scope):
                join.set("side", None)
        self._group(select, scope)

    def _always_meets(self, join: exp.Join, select: exp.Select, scope: Scope) -> bool:
        """Tell whether a foreign key that is never NULL finds each row's partner."""
        from sqlglot import exp

        on, right = join.args.get("on"), scope.sources.get(join.this.alias_or_name)
        if not isinstance(on, exp.EQ) or not isinstance(right, exp.Table):
            return False
        sides = [on.this, on.expression]
        if not all(isinstance(side, exp.Column) for side in sides):
            return False
        sides.sort(key=lambda side: side.table == join.this.alias_or_name)
        own, theirs = sides
        left = scope.sources.get(own.table)
        if not isinstance(left, exp.Table) or own.table in outer_sources(select):
            return False
        facts = self._tables.get(left.name.lower())
        if facts is None or own.name.lower() not in facts.not_null:
            return False
        target = (right.name.lower(), theirs.name.lower())
        return theirs.table == join.this.alias_or_name and (
            facts.references.get(own.name.lower()) == target
        )

    def _group(self, select: exp.Select, scope: Scope) -> None:
        """Drop grouping columns that the others determine; the output shows their least value."""
        from sqlglot import exp

        group = select.args.get("group")
        if group is None or group.args.get("all") or has_subtotals(select):
            return
        for key in list(group.expressions):
            others = {other.sql("duckdb") for other in group.expressions if other is not key}
            if not isinstance(key, exp.Column) or not key.table:
                continue
            own = self._keys.source(scope, _source(select, key.table))
            if key.table in outer_sources(select) or not any(k <= others for k in own):
                continue
            group.set("expressions", [o for o in group.expressions if o is not key])
            outside = [select.args.get(k) for k in ("having", "qualify", "order")]
            for part in (*select.expressions, *filter(None, outside)):
                for column in list(part.find_all(exp.Column)):
                    aggregated = column.find_ancestor(exp.AggFunc)
                    if column == key and aggregated is None:
                        column.replace(exp.Min(this=key.copy()))
            return

    def _count(self, count: exp.Count, scope: Scope) -> None:
        from sqlglot import exp

        counted = count.this
        if isinstance(counted, exp.Distinct):
            single = counted.expressions[0] if len(counted.expressions) == 1 else None
            if not isinstance(single, exp.Column) or isinstance(count.parent, exp.Window):
                return
            if any(key <= {single.sql("duckdb")} for key in self._keys.joined(scope)):
                count.set("this", single.copy())
        elif not isinstance(counted, exp.Star) and self._never(counted, scope):
            count.set("this", exp.Star())

    def _compared(self, node: exp.Expr, scope: Scope) -> exp.Expr | None:
        """Use = and <> where NULL cannot make a difference."""
        from sqlglot import exp

        sides = [self._never(side, scope) for side in (node.this, node.expression)]
        equal = isinstance(node, exp.NullSafeEQ)
        if all(sides) or (equal and any(sides) and is_conjunct(node)):
            kind = exp.EQ if equal else exp.NEQ
            return kind(this=node.this.copy(), expression=node.expression.copy())
        return None

    def _not_in(self, tested: exp.In, scope: Scope) -> exp.Expr | None:
        """Write NOT IN as NOT EXISTS where neither side can be NULL."""
        query = tested.args.get("query")
        if query is None or not self._never(tested.this, scope):
            return None
        inner = self._scopes.get(id(query.unnest()))
        if inner is None or not self._nulls.output(inner, query.unnest().selects[0].alias_or_name):
            return None
        return as_exists(tested)


def _without_rejected_rows(select: exp.Select, place: int, join: exp.Join) -> None:
    """Turn an outer join into a narrower one where WHERE rejects the rows without a partner."""
    from sqlglot import exp

    where = select.args.get("where")
    if not join.side or where is None or join.method or join.kind in ("SEMI", "ANTI"):
        return
    before = {select.args["from_"].this.alias_or_name}
    before |= {other.this.alias_or_name for other in select.args["joins"][:place]}
    rejected = {
        column.table
        for predicate in conjuncts(where.this)
        for column in predicate.find_all(exp.Column)
        if rejects_null(predicate, column)
    }
    keeps_left = join.side in ("LEFT", "FULL") and join.this.alias_or_name not in rejected
    keeps_right = join.side in ("RIGHT", "FULL") and not before & rejected
    if keeps_left != keeps_right:
        join.set("side", "LEFT" if keeps_left else "RIGHT")
    elif not keeps_left:
        join.set("side", None)


def _source(select: exp.Select, name: str) -> exp.Expr:
    nodes: list[exp.Expr] = [
        select.args["from_"].this,
        *(j.this for j in select.args.get("joins") or ()),
    ]
    return next(node for node in nodes if node.alias_or_name == name)
