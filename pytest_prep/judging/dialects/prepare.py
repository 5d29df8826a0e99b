"""Rewrites on the query as it was read, before names get their tables and types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


def prepared(tree: exp.Expr, dialect: str) -> exp.Expr:
    """Write in the common way what a dialect writes in one of its own."""
    from sqlglot import exp

    if dialect == "tsql":
        for clause in tree.find_all(exp.With):
            _mark_recursion(clause)
        for join in tree.find_all(exp.Join):
            _plain_apply(join)
    if dialect == "postgres":
        for table in list(tree.find_all(exp.Table)):
            _unnested_series(table)
        for unnest in tree.find_all(exp.Unnest):
            _named_rows(unnest)
    for group in tree.find_all(exp.Group):
        _plain_rollup(group)
    return tree


def _mark_recursion(clause: exp.With) -> None:
    """Say RECURSIVE where T-SQL does not: a common table expression that reads itself."""
    from sqlglot import exp

    for cte in clause.expressions:
        if any(table.name.lower() == cte.alias.lower() for table in cte.this.find_all(exp.Table)):
            clause.set("recursive", True)


def _plain_apply(join: exp.Join) -> None:
    """Make a lateral join of CROSS APPLY and OUTER APPLY."""
    from sqlglot import exp

    lateral = join.this
    if isinstance(lateral, exp.Lateral) and lateral.args.get("cross_apply") is not None:
        if lateral.args["cross_apply"]:
            join.set("kind", "CROSS")
        else:
            join.set("side", "LEFT")
            join.set("kind", None)
            join.set("on", exp.true())
        lateral.set("cross_apply", None)


def _unnested_series(table: exp.Table) -> None:
    """Make a list of a series in FROM: its rows then have a name and a type."""
    from sqlglot import exp

    series = table.this
    if not isinstance(series, exp.GenerateSeries) or not table.alias:
        return
    alias = table.args["alias"]
    columns = alias.columns or [exp.to_identifier(table.alias)]
    unnest = exp.Unnest(
        expressions=[exp.GenerateSeries(**series.args)],
        alias=exp.TableAlias(this=alias.this, columns=columns),
        offset=False,
    )
    for key in ("joins", "laterals"):
        if table.args.get(key):
            unnest.set(key, table.args[key])
    table.replace(unnest)


def _named_rows(unnest: exp.Unnest) -> None:
    """Let ``UNNEST(…) AS part`` name the column too, as it does in PostgreSQL."""
    from sqlglot import exp

    holder = unnest.parent if isinstance(unnest.parent, exp.Lateral) else unnest
    alias = holder.args.get("alias")
    if isinstance(alias, exp.TableAlias) and alias.this and not alias.columns:
        alias.set("columns", [exp.to_identifier(alias.name)])
    if holder is not unnest and isinstance(alias, exp.TableAlias):
        # LATERAL says nothing here: a list of a row is always read beside it.
        unnest.set("alias", alias)
        holder.replace(unnest)


def _plain_rollup(group: exp.Group) -> None:
    """Write ``GROUP BY a, b WITH ROLLUP`` as ``GROUP BY ROLLUP (a, b)``."""
    from sqlglot import exp

    for rollup in group.args.get("rollup") or []:
        if isinstance(rollup, exp.Rollup) and not rollup.expressions:
            rollup.set("expressions", list(group.expressions))
            group.set("expressions", [])
