"""What a SELECT reads from, and what kind of rows that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


def sources_of(select: exp.Expr) -> Iterator[exp.Expr]:
    """Yield what a SELECT reads from, in the order of the text."""
    source = select.args.get("from_")
    if source is not None:
        yield source.this
        # FROM before SELECT: the joins hang on the table
        yield from (join.this for join in source.this.args.get("joins") or ())
    yield from (join.this for join in select.args.get("joins") or ())


def makes_rows(select: exp.Select) -> bool:
    """Tell whether a SELECT makes rows of its own, by a series or a range."""
    from sqlglot import exp

    # sqlglot reads generate_series(…) as several classes, after the place and the types
    series = (exp.GenerateSeries, exp.GenerateDateArray, exp.GenerateTimestampArray)
    return any(isinstance(node, series) for node in select.walk()) or any(
        node.name.lower() in ("range", "generate_series") for node in select.find_all(exp.Anonymous)
    )


def is_one_row(select: exp.Select) -> bool:
    """Tell whether a SELECT is a single row of totals."""
    from sqlglot import exp

    return select.args.get("group") is None and any(
        isinstance(node, exp.AggFunc) and not isinstance(node.parent, exp.Window | exp.Filter)
        for expression in select.expressions
        for node in expression.walk(prune=lambda n: isinstance(n, exp.Window | exp.Query))
    )


def cte_of(table: exp.Table) -> exp.CTE | None:
    """Return the CTE that a table's name stands for, the innermost one in sight."""
    if table.args.get("db") is not None:
        return None
    place: exp.Expr | None = table
    while place is not None:
        with_ = place.args.get("with_")
        for cte in with_.expressions if with_ is not None else ():
            if cte.alias.lower() == table.name.lower():
                return cte  # type: ignore[no-any-return]
        place = place.parent
    return None


def is_recursive(cte: exp.CTE) -> bool:
    """Tell whether a CTE stands in a WITH RECURSIVE."""
    from sqlglot import exp

    return isinstance(cte.parent, exp.With) and bool(cte.parent.recursive)


def names_itself(cte: exp.CTE) -> bool:
    """Tell whether a CTE reads from itself."""
    from sqlglot import exp

    return any(table.name.lower() == cte.alias.lower() for table in cte.this.find_all(exp.Table))
