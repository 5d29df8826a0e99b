"""Lists: how long they are, what is in an empty one, and what is beyond the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, outermost, refuse, whole_literal

if TYPE_CHECKING:
    from sqlglot import exp


def split_part(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Take a part of a text with separators: beyond the last one Trino has NULL."""
    if context.dialect == "trino":
        given = {"x": node.this, "d": node.args["delimiter"], "n": node.args["part_index"]}
        return duck("list_extract(string_split(:x, :d), :n)", **given)
    return None


def list_of_parts(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Split text into a list: PostgreSQL makes an empty one of the empty text."""
    if context.dialect != "postgres":
        return None
    if node.args.get("null"):
        refuse(node, "STRING_TO_ARRAY with a text for NULL")
    given = {"x": node.this, "d": node.expression}
    return duck("CASE WHEN :x = '' THEN [] ELSE string_split(:x, :d) END", **given)


def list_length(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Count a list's elements: of an empty one ARRAY_LENGTH knows no length, Hive -1 of none."""
    if context.dialect == "postgres" and node.expression is not None:
        if whole_literal(node.expression) != 1:
            refuse(node, "the length of a list of lists")
        return duck("nullif(len(:l), 0)", l=node.this)
    if context.dialect in ("spark", "hive"):
        # SIZE of NULL is -1 there.
        return duck("coalesce(len(:l), -1)", l=node.this)
    return None


def collected(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Collect values into a list: of no rows, Spark and Hive make an empty one."""
    if context.dialect not in ("spark", "hive"):
        return None
    place = outermost(node)
    if place is node:
        return duck("coalesce(:a, [])", a=node)
    place.replace(duck("coalesce(:a, [])", a=place))
    return None


def element(node: exp.Bracket, context: Context) -> exp.Expr | None:
    """Take an element of a list: beyond its end BigQuery and Trino stop."""
    from sqlglot import exp

    if (
        context.dialect not in ("bigquery", "trino")
        or node.args.get("safe")
        or len(node.expressions) != 1
    ):
        return None
    place = whole_literal(node.expressions[0])
    if place is None or isinstance(node.expressions[0], exp.Slice):
        refuse(node, "an element of a list at a place out of data")
    # Only BigQuery says what it counts from; sqlglot makes 0 of all others.
    first = place + 1 - (node.args.get("offset") or 0)
    return duck(
        "CASE WHEN len(:l) >= :n THEN list_extract(:l, :n) ELSE error('no such element') END",
        l=node.this,
        n=first,
    )


RULES: dict[str, list[Rule]] = {
    "SplitPart": [split_part],
    "ArraySize": [list_length],
    "ArrayAgg": [collected],
    "ArrayUniqueAgg": [collected],
    "StringToArray": [list_of_parts],
    "Bracket": [element],
}
