"""Operators on what happens to NULL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import Edit, become, part, put

if TYPE_CHECKING:
    from sqlglot import exp

#: COUNT(*) is tried with as many of the SELECT's columns.
_COLUMNS = 3


def coalesce(node: exp.Expr) -> Iterator[Edit]:
    """Leave out COALESCE and NULLIF; take NULL for 0 inside and outside of aggregates."""
    from sqlglot import exp

    if isinstance(node, exp.Coalesce | exp.Nullif):
        yield part("this")
        return
    if isinstance(node, exp.Avg | exp.Sum | exp.Min | exp.Max) and not isinstance(
        node.this, exp.Coalesce | exp.Distinct
    ):
        if not isinstance(node, exp.Sum):
            yield put("this", _or_zero(node.this))
        if isinstance(node.parent, exp.Window | exp.Filter | exp.Coalesce):
            return
        yield Edit(_or_zero)


def _or_zero(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    return exp.Coalesce(this=node.copy(), expressions=[exp.Literal.number(0)])


def is_null(node: exp.Expr) -> Iterator[Edit]:
    """IS NULL ↔ IS NOT NULL; = and <> as comparisons in which NULL is a value, and back."""
    from sqlglot import exp

    if isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield Edit(lambda old: exp.Not(this=old.copy()), "IS NULL → IS NOT NULL")
    others: dict[type[exp.Expr], type[exp.Expr]] = {
        exp.EQ: exp.NullSafeEQ,
        exp.NEQ: exp.NullSafeNEQ,
        exp.NullSafeEQ: exp.EQ,
        exp.NullSafeNEQ: exp.NEQ,
    }
    kind = others.get(type(node))
    # x = 1 and x IS NOT DISTINCT FROM 1 let the same rows through; SET x = 1 compares nothing
    same = isinstance(node, exp.EQ) and isinstance(node.expression, exp.Literal)
    if kind and not same and not isinstance(node.parent, exp.Update):
        yield become(kind)


def count(node: exp.Expr) -> Iterator[Edit]:
    """COUNT(x) → COUNT(*); COUNT(*) → COUNT(x) for columns of the same SELECT."""
    from sqlglot import exp

    if not isinstance(node, exp.Count):
        return
    if not isinstance(node.this, exp.Star):
        yield put("this", exp.Star(), f"{node.sql('duckdb').lower()} → count(*)")
        return
    select = node.find_ancestor(exp.Select)
    columns = {column.sql(): column for column in select.find_all(exp.Column)} if select else {}
    for column in list(columns.values())[:_COLUMNS]:
        yield put("this", column, f"count(*) → count({column.sql('duckdb')})")


def membership(node: exp.Expr) -> Iterator[Edit]:
    """NOT EXISTS → NOT IN and back: the two differ where there is a NULL."""
    from sqlglot import exp

    if not isinstance(node, exp.Not):
        return
    if isinstance(node.this, exp.Exists):
        tested = _as_in(node.this)
        if tested is not None:
            yield Edit(lambda _: tested, "NOT EXISTS → NOT IN")
    elif isinstance(node.this, exp.In) and node.this.args.get("query") is not None:
        exists = as_exists(node.this)
        if exists is not None:
            yield Edit(lambda _: exists, "NOT IN → NOT EXISTS")


def _as_in(exists: exp.Exists) -> exp.Expr | None:
    """Return NOT IN for a NOT EXISTS, by the first equality with a column from outside."""
    from sqlglot import exp

    select = exists.this.copy()
    if not isinstance(select, exp.Select) or not select.args.get("where"):
        return None
    inside = {source.alias_or_name for source in select.find_all(exp.Table)}
    parts = list(select.args["where"].this.flatten())
    if not isinstance(select.args["where"].this, exp.And):
        parts = [select.args["where"].this]
    for i, equality in enumerate(parts):
        left, right = equality.this, equality.args.get("expression")
        if not isinstance(equality, exp.EQ) or not all(
            isinstance(side, exp.Column) and side.table for side in (left, right)
        ):
            continue
        inner, outer = (left, right) if left.table in inside else (right, left)
        if inner.table not in inside or outer.table in inside:
            continue
        rest = [other.copy() for j, other in enumerate(parts) if j != i]
        select.set("expressions", [inner.copy()])
        select.set("where", exp.Where(this=exp.and_(*rest, wrap=False)) if rest else None)
        return exp.Not(this=exp.In(this=outer.copy(), query=exp.Subquery(this=select)))
    return None


def as_exists(tested: exp.In) -> exp.Expr | None:
    """Return NOT EXISTS for a NOT IN over one named table, where no name can be confused."""
    from sqlglot import exp

    select = tested.args["query"].this.copy()
    outer = tested.this
    if not isinstance(select, exp.Select) or len(select.expressions) != 1:
        return None
    source = select.args.get("from_")
    plain = source is not None and isinstance(source.this, exp.Table)
    busy = [k for k in ("joins", "group", "having", "limit", "distinct") if select.args.get(k)]
    inner = select.expressions[0].unalias()
    if not plain or busy or not isinstance(inner, exp.Column) or not isinstance(outer, exp.Column):
        return None
    assert source is not None
    name = source.this.alias_or_name
    if not outer.table or outer.table == name:
        return None
    matched = exp.EQ(this=exp.column(inner.name, name), expression=outer.copy())
    where = select.args.get("where")
    both = exp.And(this=where.this.copy(), expression=matched) if where else matched
    select.set("where", exp.Where(this=both))
    select.set("expressions", [exp.Literal.number(1)])
    return exp.Not(this=exp.Exists(this=select))


OPERATORS = (coalesce, is_null, count, membership)
