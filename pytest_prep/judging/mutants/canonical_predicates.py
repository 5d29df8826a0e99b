"""Rules for predicates: where one stands, TRUE and FALSE, one order of what AND joins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import copy_of

if TYPE_CHECKING:
    from sqlglot import exp


def in_filter(node: exp.Expr) -> bool:
    """Tell whether a node belongs to its SELECT's WHERE or ON, which must not prove themselves."""
    from sqlglot import exp

    parent = node.parent
    while parent is not None and not isinstance(parent, exp.Select):
        if isinstance(parent, exp.Join):
            return True
        if isinstance(parent, exp.Where) and not isinstance(parent.parent, exp.Filter):
            return True
        parent = parent.parent
    return False


def is_conjunct(node: exp.Expr) -> bool:
    """Tell whether a predicate only ever lets rows through or not: NULL is as good as FALSE."""
    from sqlglot import exp

    parent = node.parent
    while isinstance(parent, exp.And | exp.Or | exp.Paren):
        parent = parent.parent
    return isinstance(parent, exp.Where | exp.Having | exp.Qualify) or (
        isinstance(parent, exp.Join) and node is not parent.this
    )


def settle_boolean(node: exp.Expr) -> exp.Expr | None:
    """Evaluate TRUE and FALSE, and bring what AND joins into one order."""
    from sqlglot import exp

    if isinstance(node, exp.Not) and isinstance(node.this, exp.Boolean):
        return exp.Boolean(this=not node.this.this)
    if isinstance(node, exp.Paren) and isinstance(node.this, exp.Boolean | exp.Column):
        return copy_of(node.this)
    if isinstance(node, exp.Where) and node.this == exp.true() and node.parent is not None:
        node.pop()
    if not isinstance(node, exp.And | exp.Or):
        return None
    sides = (node.this, node.expression)
    neutral = exp.Boolean(this=isinstance(node, exp.And))
    for side, other in (sides, sides[::-1]):
        if side == neutral:
            return copy_of(other)
    if isinstance(node, exp.And) and not isinstance(node.parent, exp.And):
        parts = sorted(_flat(node), key=lambda part: part.sql())
        return exp.and_(*(part.copy() for part in parts), wrap=False)
    return None


def _flat(node: exp.Expr) -> Iterator[exp.Expr]:
    from sqlglot import exp

    if isinstance(node, exp.And):
        yield from _flat(node.this)
        yield from _flat(node.expression)
    else:
        yield node
