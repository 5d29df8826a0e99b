"""Operators on the rows of a query: joins, predicates, DISTINCT, grouping, sets, order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import Edit, part, put, without, wrapped

if TYPE_CHECKING:
    from sqlglot import exp


def join_kind(node: exp.Expr) -> Iterator[Edit]:
    """JOIN → LEFT JOIN, LEFT JOIN → JOIN or FULL JOIN, SEMI ↔ ANTI, …."""
    from sqlglot import exp

    if not isinstance(node, exp.Join) or not (node.args.get("on") or node.args.get("using")):
        return
    if node.kind in ("SEMI", "ANTI"):
        other = "ANTI" if node.kind == "SEMI" else "SEMI"
        yield put("kind", other, f"{node.kind} JOIN → {other} JOIN")
        return
    others = {
        "": ("LEFT",) if node.method else ("LEFT", "RIGHT"),
        "LEFT": ("",) if node.method else ("", "FULL"),
        "RIGHT": ("", "FULL"),
        "FULL": ("LEFT", "RIGHT"),
    }[node.side]
    for side in others:
        label = f"{_join(node.method, node.side)} → {_join(node.method, side)}"

        def apply(join: exp.Expr, side: str = side) -> None:
            join.set("side", side or None)
            join.set("kind", None)

        yield Edit(apply, label)


def _join(method: str, side: str) -> str:
    return " ".join(filter(None, (method, side, "JOIN")))


def predicate(node: exp.Expr) -> Iterator[Edit]:
    """Drop one predicate; AND ↔ OR."""
    from sqlglot import exp

    if isinstance(node, exp.Where | exp.Having | exp.Qualify):
        if not isinstance(node.parent, exp.Filter) and not isinstance(node.this, exp.And):
            yield Edit(_remove)
    elif isinstance(node, exp.Filter):
        yield part("this")
    elif isinstance(node, exp.And | exp.Or):
        # in a chain each predicate is dropped once: a AND b AND c is (a AND b) AND c
        yield part("this")
        if not isinstance(node.this, type(node)):
            yield part("expression")
        kind, words = (exp.Or, "AND → OR") if isinstance(node, exp.And) else (exp.And, "OR → AND")

        def swap(old: exp.Expr) -> exp.Expr:
            left, right = old.this.copy(), old.expression.copy()
            new = kind()
            new.set("this", wrapped(left, new))
            new.set("expression", wrapped(right, new))
            return wrapped(new, old.parent)

        yield Edit(swap, words)
    elif isinstance(node, exp.In) and len(node.expressions) > 1:
        for index in range(len(node.expressions)):
            yield without("expressions", index)


def _remove(node: exp.Expr) -> None:
    node.pop()


def negation(node: exp.Expr) -> Iterator[Edit]:
    """EXISTS, IN and LIKE with and without NOT."""
    from sqlglot import exp

    if isinstance(node, exp.Not):
        yield part("this")
    elif isinstance(node, exp.Exists | exp.In) and not isinstance(node.parent, exp.Not):
        yield Edit(
            lambda old: exp.Not(this=old.copy()), f"{node.key.upper()} → NOT {node.key.upper()}"
        )
    elif isinstance(node, exp.Like | exp.ILike):
        yield put("negate", not node.args.get("negate"))


def distinct(node: exp.Expr) -> Iterator[Edit]:
    """SELECT with and without DISTINCT."""
    from sqlglot import exp

    if not isinstance(node, exp.Select):
        return
    if node.args.get("distinct"):
        yield put("distinct", None)
    elif not (_is_test(node) or node.args.get("group") or _aggregates(node)):
        yield put("distinct", exp.Distinct(), "DISTINCT added")


def _is_test(select: exp.Select) -> bool:
    """Tell whether a SELECT only feeds EXISTS, IN or a set operation that drops duplicates."""
    from sqlglot import exp

    parent: exp.Expr | None = select.parent
    while isinstance(parent, exp.Subquery | exp.Paren):
        parent = parent.parent
    if isinstance(parent, exp.SetOperation):
        return bool(parent.args.get("distinct"))
    return isinstance(parent, exp.Exists | exp.In)


def _aggregates(node: exp.Expr) -> bool:
    """Tell whether an expression, or the output of a SELECT, computes an aggregate."""
    from sqlglot import exp

    parts = node.expressions if isinstance(node, exp.Select) else [node]
    walks = (p.walk(prune=lambda n: isinstance(n, exp.Query | exp.Window)) for p in parts)
    return any(isinstance(inner, exp.AggFunc) for inner in chain.from_iterable(walks))


def set_operation(node: exp.Expr) -> Iterator[Edit]:
    """UNION ↔ UNION ALL, EXCEPT ↔ INTERSECT, one operand alone."""
    from sqlglot import exp

    if not isinstance(node, exp.SetOperation):
        return
    name, unique = node.key.upper(), bool(node.args.get("distinct"))
    before, after = (name, f"{name} ALL") if unique else (f"{name} ALL", name)
    yield put("distinct", not unique, f"{before} → {after}")
    if not isinstance(node, exp.Union):
        other = exp.Intersect if isinstance(node, exp.Except) else exp.Except

        def swap(old: exp.Expr) -> exp.Expr:
            return other(**old.copy().args)

        yield Edit(swap, f"{name} → {other.key.upper()}")
    sides = ("this", "expression") if isinstance(node, exp.Union) else ("this",)
    for side in sides:

        def alone(old: exp.Expr, side: str = side) -> exp.Expr:
            operand = old.args[side].copy()
            for key in ("with_", "order", "limit", "offset"):
                if old.args.get(key) and not operand.args.get(key):
                    operand.set(key, old.args[key].copy())
            return operand  # type: ignore[no-any-return]

        yield Edit(alone)


def limit(node: exp.Expr) -> Iterator[Edit]:
    """Drop LIMIT, drop OFFSET."""
    from sqlglot import exp

    if isinstance(node, exp.Limit | exp.Offset | exp.Fetch):
        yield Edit(_remove)


def order(node: exp.Expr) -> Iterator[Edit]:
    """Drop ORDER BY or a key of it, turn a direction, move NULLs to the other end."""
    from sqlglot import exp

    if isinstance(node, exp.Order):
        if isinstance(node.parent, exp.Query | exp.Window):
            yield Edit(_remove)
        elif node.this is not None:  # the order inside an aggregate
            yield part("this")
        if len(node.expressions) > 1:
            for index in range(len(node.expressions)):
                yield without("expressions", index)
    elif isinstance(node, exp.Ordered):
        key = node.this.sql("duckdb")
        down, first = bool(node.args.get("desc")), bool(node.args.get("nulls_first"))
        words = f"{key} DESC → {key}" if down else f"{key} → {key} DESC"
        yield put("desc", not down, words)
        yield put("nulls_first", not first, f"{key} NULLS {'LAST' if first else 'FIRST'}")


def grouping(node: exp.Expr) -> Iterator[Edit]:
    """Drop one of several grouping keys; where the output shows it, its least value stays."""
    from sqlglot import exp

    if not isinstance(node, exp.Select) or not node.args.get("group"):
        return
    group = node.args["group"]
    if group.args.get("all"):
        shown = [i for i, e in enumerate(node.expressions) if not _aggregates(e)]
        for index in shown if len(shown) > 1 else ():
            yield Edit(lambda select, i=index: _show_least(select, i))  # type: ignore[misc]
    for index, key in enumerate(group.expressions if len(group.expressions) > 1 else ()):

        def drop(select: exp.Expr, index: int = index, key: exp.Expr = key) -> None:
            without("expressions", index).apply(select.args["group"])
            for i, expression in enumerate(select.expressions):
                if _is_key(expression, key, i):
                    _show_least(select, i)

        yield Edit(drop, f"{key.sql('duckdb')} dropped from GROUP BY")


def _is_key(expression: exp.Expr, key: exp.Expr, index: int) -> bool:
    return (
        expression.unalias() == key
        or key.sql() == str(index + 1)
        or (not key.args.get("table") and expression.alias_or_name == key.name != "")
    )


def _show_least(select: exp.Expr, index: int) -> None:
    from sqlglot import exp

    shown = select.expressions[index]
    least = exp.alias_(exp.Min(this=shown.unalias().copy()), shown.alias_or_name)
    shown.replace(least)


OPERATORS = (join_kind, predicate, negation, distinct, set_operation, limit, order, grouping)
