"""Which rows, and in which order: limits, ties, frames, aggregates of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, refuse, whole_literal

if TYPE_CHECKING:
    from sqlglot import exp


def fetch(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Refuse limits that are more than a number of rows."""
    options = node.args.get("limit_options")
    if options is not None and (options.args.get("with_ties") or options.args.get("percent")):
        refuse(node, "a limit with ties or in per cent")
    count = node.args.get("expression") or node.args.get("count")
    if context.dialect == "sqlite" and (whole_literal(count) or 0) < 0:
        node.pop()
    return None


def order_in_set(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Refuse LIMIT … BY and the like."""
    if node.args.get("expressions"):
        refuse(node, "a limit by group")
    return None


def window(node: exp.Window, context: Context) -> exp.Expr | None:
    """Give FIRST_VALUE and LAST_VALUE Snowflake's frame: by default the whole partition."""
    from sqlglot import exp, parse_one

    if context.dialect != "snowflake" or node.args.get("spec") or node.args.get("alias"):
        return None
    inner = node.this
    while isinstance(inner, exp.IgnoreNulls | exp.RespectNulls):
        inner = inner.this
    if isinstance(inner, exp.FirstValue | exp.LastValue | exp.NthValue) and node.args.get("order"):
        whole = parse_one(
            "first(x) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
            read="duckdb",
        )
        node.set("spec", whole.args["spec"])
    return None


def count_from_zero(tree: exp.Expr) -> None:
    """Let BigQuery's WITH OFFSET start from 0: DuckDB's WITH ORDINALITY starts from 1."""
    from sqlglot import exp

    for unnest in tree.find_all(exp.Unnest):
        offset = unnest.args.get("offset")
        if not isinstance(offset, exp.Identifier):
            continue
        for column in list(tree.find_all(exp.Column)):
            if column.name == offset.name and column.table == unnest.alias:
                column.replace(duck(":c - 1", c=column))


def distinct(node: exp.Distinct, context: Context) -> exp.Expr | None:
    """Refuse to count distinct rows of several columns: NULLs count differently."""
    from sqlglot import exp

    if isinstance(node.parent, exp.Count) and len(node.expressions) > 1:
        refuse(node, "COUNT(DISTINCT …) of several columns")
    return None


RULES: dict[str, list[Rule]] = {
    "Fetch": [fetch],
    "Limit": [fetch, order_in_set],
    "Window": [window],
    "Distinct": [distinct],
}
