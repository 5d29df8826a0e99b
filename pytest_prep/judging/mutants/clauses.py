"""What the clauses of one SELECT say about its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


def has_subtotals(select: exp.Expr) -> bool:
    """Tell whether ROLLUP and the like put NULL into the grouping columns."""
    from sqlglot import exp

    group = select.args.get("group")
    kinds = (exp.Cube, exp.Rollup, exp.GroupingSets, exp.Tuple)
    return group is not None and any(isinstance(key, kinds) for key in group.expressions)


def own_sources(select: exp.Expr) -> frozenset[str]:
    """Return the names of what ``select`` reads from."""
    source = select.args.get("from_")
    nodes = [source.this] if source is not None else []
    nodes += [join.this for join in select.args.get("joins") or ()]
    return frozenset(node.alias_or_name for node in nodes)


def outer_sources(select: exp.Expr) -> frozenset[str]:
    """Return the names of the sources whose columns an outer join of ``select`` fills with NULL."""
    outer: set[str] = set()
    before: set[str] = set()
    source = select.args.get("from_")
    if source is not None:
        before.add(source.this.alias_or_name)
    for join in select.args.get("joins") or ():
        own = join.this.alias_or_name
        if join.side in ("LEFT", "FULL"):
            outer.add(own)
        if join.side in ("RIGHT", "FULL"):
            outer |= before
        before.add(own)
    return frozenset(outer)


def sure_predicates(select: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the predicates that hold for every row which grouping and output see."""
    where = select.args.get("where")
    if where is not None:
        yield from conjuncts(where.this)
    joins = select.args.get("joins") or ()
    if any(join.side for join in joins):
        return
    for join in joins:
        if join.args.get("on") is not None and join.kind not in ("SEMI", "ANTI"):
            yield from conjuncts(join.args["on"])


def conjuncts(predicate: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the predicates that AND joins."""
    from sqlglot import exp

    if isinstance(predicate, exp.And):
        yield from conjuncts(predicate.this)
        yield from conjuncts(predicate.expression)
    elif isinstance(predicate, exp.Paren):
        yield from conjuncts(predicate.this)
    else:
        yield predicate


def rejects_null(predicate: exp.Expr, column: exp.Column) -> bool:
    """Tell whether a predicate is never true where ``column`` is NULL."""
    from sqlglot import exp

    comparisons = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
    if isinstance(predicate, comparisons):
        return column in (predicate.this, predicate.expression)
    if isinstance(predicate, exp.Between):
        return bool(predicate.this == column)
    if isinstance(predicate, exp.Not) and isinstance(predicate.this, exp.Is):
        null = isinstance(predicate.this.expression, exp.Null)
        return null and bool(predicate.this.this == column)
    return False
