"""What an operator says about one node of a syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


@dataclass(frozen=True)
class Edit:
    """One change of one node."""

    #: Changes the node in a copy of the tree, or returns what is to stand in its place.
    apply: Callable[[exp.Expr], exp.Expr | None]
    #: How the change is called; by default the code before and after it.
    label: str = ""


#: Yields the changes that can be made to a node; none for most.
Operator = Callable[["exp.Expr"], Iterator[Edit]]


def copied(value: object) -> object:
    """Return a copy of a part of a node: of an expression, of a list of them, or the value."""
    from sqlglot import exp

    if isinstance(value, list):
        return [copied(item) for item in value]
    return value.copy() if isinstance(value, exp.Expr) else value


def copy_of(node: exp.Expr) -> exp.Expr:
    """Return a copy of a node whose class nobody knows."""
    return node.copy()


def put(key: str, value: object, label: str = "") -> Edit:
    """Return an edit that sets one of the node's parts."""

    def apply(node: exp.Expr) -> None:
        node.set(key, copied(value))

    return Edit(apply, label)


def part(key: str) -> Edit:
    """Return an edit that leaves only one part of the node in its place."""
    return Edit(lambda node: node.args[key].copy())


def without(key: str, index: int) -> Edit:
    """Return an edit that drops one item of one of the node's lists."""

    def apply(node: exp.Expr) -> None:
        items = node.args[key]
        node.set(key, items[:index] + items[index + 1 :])

    return Edit(apply)


def become(kind: type[exp.Expr], *keys: str) -> Edit:
    """Return an edit that makes a node of class ``kind`` out of these parts of the node."""

    def apply(node: exp.Expr) -> exp.Expr:
        return kind(**{key: copied(node.args.get(key)) for key in keys or ("this", "expression")})

    return Edit(apply)


def wrapped(node: exp.Expr, parent: exp.Expr | None) -> exp.Expr:
    """Put AND and OR into parentheses where their new place could split them."""
    from sqlglot import exp

    if isinstance(parent, exp.Connector | exp.Not) and isinstance(node, exp.Connector):
        return exp.Paren(this=node)
    return node
