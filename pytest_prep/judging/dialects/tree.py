"""Small things on sqlglot's trees that every rule needs: lines, types, templates, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sqlglot import exp


class NotSupported(Exception):
    """A query holds something that is not known to mean the same on the kata's engine.

    ``reason`` is a few words, ``line`` the 1-based line of the learner's file where it stands.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"{reason}; line {line}")
        self.reason = reason
        self.line = line


#: Looks at one node: returns what shall stand in its place, or None to leave it there.
Rule = Callable[..., "exp.Expr | None"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows beside the node it looks at."""

    dialect: str
    #: The primary key's columns of each table of the kata, all in lower case.
    keys: dict[str, frozenset[str]] = field(default_factory=dict)


def refuse(node: exp.Expr, reason: str) -> NoReturn:
    """Say that ``node`` cannot be trusted.

    Raises:
        NotSupported: always.
    """
    raise NotSupported(reason, line_of(node))


def line_of(node: exp.Expr) -> int | None:
    """Return the first line that ``node`` is known to stand on, None if nothing tells.

    Only names, literals and calls carry positions: an operator stands where its operands do.
    """
    place: exp.Expr | None = node
    while place is not None:
        lines = [n.meta["line"] for n in place.walk() if n._meta and "line" in n.meta]
        if lines:
            return int(min(lines))
        place = place.parent
    return None


def duck(template: str, **nodes: exp.Expr | str | int) -> exp.Expr:
    """Build an expression of DuckDB from ``template``, with ``nodes`` in place of ``:names``.

    The result is in parentheses wherever an operator around it could tear it apart.
    """
    from sqlglot import exp, parse_one

    def fill(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Placeholder) or node.name not in nodes:
            return node
        value = nodes[node.name]
        if isinstance(value, exp.Expr):
            return closed(value.copy())
        return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)

    return closed(parse_one(template, read="duckdb").transform(fill))


def closed(node: exp.Expr) -> exp.Expr:
    """Put an operator's expression into parentheses."""
    from sqlglot import exp

    open_kinds = (exp.Binary, exp.Unary, exp.Connector, exp.Between, exp.In, exp.Interval)
    inside = (exp.Paren, exp.Dot)
    if isinstance(node, open_kinds) and not isinstance(node, inside):
        return exp.paren(node, copy=False)
    return node


def kind(node: exp.Expr | None) -> str:
    """Return what ``node`` yields.

    One of ``whole``, ``decimal``, ``double``, ``text``, ``date``, ``timestamp``, ``boolean``,
    ``interval``, ``null`` and, where that is not known for certain, ``""``.
    """
    from sqlglot import exp

    if node is None or node.type is None:
        return ""
    if isinstance(node, exp.Paren | exp.Alias) and node.is_type(exp.DType.UNKNOWN):
        return kind(node.this)
    if isinstance(node, exp.Null):
        return "null"
    if isinstance(node, exp.Subquery | exp.Select) and len(node.selects) == 1:
        return kind(node.selects[0])
    for name, types in _kinds():
        if node.type.this in types:
            return name
    return ""


def _kinds() -> Iterable[tuple[str, set[exp.DType]]]:
    from sqlglot import exp

    kinds = exp.DType
    return (
        ("whole", {*exp.DataType.INTEGER_TYPES}),
        ("text", {*exp.DataType.TEXT_TYPES}),
        ("double", {kinds.DOUBLE, kinds.FLOAT}),
        ("decimal", {kinds.DECIMAL, kinds.BIGDECIMAL}),
        ("date", {kinds.DATE, kinds.DATE32}),
        ("timestamp", {kinds.TIMESTAMP, kinds.DATETIME, kinds.DATETIME2, kinds.TIMESTAMPNTZ}),
        ("boolean", {kinds.BOOLEAN}),
        ("interval", {kinds.INTERVAL}),
        ("null", {kinds.NULL}),
    )


NUMBERS = ("whole", "decimal", "double")


def whole_literal(node: exp.Expr | None) -> int | None:
    """Return the value of a whole number, signed or in parentheses; None for all else."""
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return whole_literal(node.this)
    if isinstance(node, exp.Neg):
        value = whole_literal(node.this)
        return None if value is None else -value
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        return int(node.name)
    return None


def text_literal(node: exp.Expr | None) -> str | None:
    """Return a quoted text's value; None for all else."""
    from sqlglot import exp

    if isinstance(node, exp.RawString):
        return node.name
    return node.name if isinstance(node, exp.Literal) and node.is_string else None


def outermost(node: exp.Expr) -> exp.Expr:
    """Return the window or filter that an aggregate stands in, or the aggregate itself."""
    from sqlglot import exp

    place = node
    around = exp.Window | exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup
    while isinstance(place.parent, around):
        if place.parent.this is not place:
            break
        place = place.parent
    return place
