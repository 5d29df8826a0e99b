"""Comparisons between values of different types, which the engines convert differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.dates import MOMENTS, is_iso
from pytest_prep.judging.dialects.tree import NUMBERS, Context, Rule, kind, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

#: Engines that do not read a quoted text as the number or date beside it.
_STRICT = ("trino",)


def comparison(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Refuse to compare texts with numbers, and dates with what is no plain date."""
    from sqlglot import exp

    sides = [node.this, node.args.get("expression"), node.args.get("low"), node.args.get("high")]
    parts = [part for part in [*sides, *node.expressions] if isinstance(part, exp.Expr)]
    query = node.args.get("query")
    if isinstance(query, exp.Subquery) and len(query.this.selects) == 1:
        parts.append(query)
    kinds = {kind(part) for part in parts}
    numbers, moments = kinds & {*NUMBERS}, kinds & {*MOMENTS}
    texts = [part for part in parts if kind(part) == "text"]
    if numbers and moments:
        refuse(node, "a date compared with a number")
    if "boolean" in kinds and texts:
        refuse(node, "a truth value compared with text")
    if len(moments) > 1 and context.dialect in ("sqlite", "bigquery"):
        refuse(node, "a date compared with a moment; cast one of them")
    for part in texts:
        literal = text_literal(part)
        if numbers:
            digits = literal is not None and literal.lstrip("-").isdigit()
            if not digits or context.dialect in (*_STRICT, "bigquery"):
                refuse(node, "text compared with a number")
        if moments:
            if context.dialect in _STRICT:
                refuse(node, "a date compared with text; write DATE '…'")
            if literal is None and context.dialect == "sqlite":
                continue
            if literal is None or not is_iso(literal):
                refuse(node, "a date compared with text that is not 'YYYY-MM-DD'")
            if "date" in moments and len(literal) > 10 and context.dialect != "sqlite":
                refuse(node, "a date compared with a text that holds a time")
    return None


RULES: dict[str, list[Rule]] = {
    name: [comparison]
    for name in ("EQ", "NEQ", "GT", "GTE", "LT", "LTE", "In", "Between", "NullSafeEQ")
}
