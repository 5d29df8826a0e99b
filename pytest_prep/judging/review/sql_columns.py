"""Rules on columns, whose types and NULLs the schema knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import conjuncts, outer_sources
from pytest_prep.judging.review.model import Finding

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

    from pytest_prep.judging.review.query import Query

_DAY = re.compile(r"\d{4}-\d\d-\d\d( (00:00(:00)?|23:59(:59)?))?")


def not_in_nullable(query: Query) -> Iterator[Finding]:
    """NOT IN over a subquery that may return NULL."""
    from sqlglot import exp

    if query.qualified is None:
        return
    for test in query.qualified.find_all(exp.In):
        inner = test.args.get("query")
        if not isinstance(test.parent, exp.Not) or inner is None:
            continue
        scope = query.scopes.get(id(inner.unnest()))
        if scope is None or not isinstance(scope.expression, exp.Select):
            continue
        column = query.origin(scope.expression.expressions[0], scope)
        if column is None or not column.nullable:
            continue
        yield query.finding(
            "not-in-nullable",
            test,
            15,
            (
                f"NOT IN over {column.table}.{column.column}, which may be NULL",
                "a single NULL in the subquery makes NOT IN true for no row: the result is empty",
                "NOT EXISTS, or WHERE … IS NOT NULL inside the subquery",
            ),
        )


def function_on_filtered_column(query: Query) -> Iterator[Finding]:
    """A filter that computes on a column where a range of the column would do."""
    from sqlglot import exp

    tests = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
    for scope in query.selects():
        where = scope.expression.args.get("where")
        for predicate in conjuncts(where.this) if where is not None else ():
            if not isinstance(predicate, tests):
                continue
            sides = [predicate.this]
            others = [predicate.args.get(a) for a in ("expression", "low", "high")]
            if isinstance(predicate, exp.Binary):
                sides.append(predicate.expression)
                others.append(predicate.this)
            for side in sides:
                constant = all(o is None or o is side or not o.find(exp.Column) for o in others)
                advice = _range_for(side) if constant else None
                column = next(iter(side.find_all(exp.Column)), None)
                if advice is None or column is None:
                    continue
                found = query.origin(column, scope)
                # only a table's own column may have an index
                if found is None or not isinstance(scope.sources.get(column.table), exp.Table):
                    continue
                yield query.finding(
                    "function-on-filtered-column",
                    predicate,
                    4,
                    (
                        f"the filter computes on {found.column} in every row",
                        "an index on the column, or the statistics of its blocks, cannot be used",
                        advice,
                    ),
                )


def _range_for(node: exp.Expr) -> str | None:
    """Return how to write a computed side as a range of its column, None where there is no way."""
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return _range_for(node.this)
    columns = list(node.find_all(exp.Column))
    if len(columns) != 1 or node.find(exp.AggFunc, exp.Window, exp.Query):
        return None
    column = columns[0].name
    part = node.name.lower() if isinstance(node, exp.Extract) else ""
    inner = node.this
    if isinstance(node, exp.Year) or part == "year":
        return f"a range: {column} >= the first day AND {column} < the first day after"
    if isinstance(node, exp.TimestampTrunc | exp.DateTrunc):
        return f"a range: {column} >= the start AND {column} < the start of the next one"
    dates = (exp.Cast, exp.TsOrDsToDate, exp.Date)
    if isinstance(node, dates) and isinstance(inner, exp.Column):
        to = node.args.get("to")
        if to is None or to.is_type("date"):
            return f"a range: {column} >= the day AND {column} < the day after"
    sums = (exp.Add, exp.Sub, exp.Mul, exp.Div)
    if isinstance(node, sums) and isinstance(node.expression, exp.Literal):
        return f"compute on the other side: {column} alone against a constant"
    return None


def between_timestamps(query: Query) -> Iterator[Finding]:
    """BETWEEN on a timestamp with a day as its upper end."""
    from sqlglot import exp

    for scope in query.selects():
        for test in scope.find_all(exp.Between):
            column = query.origin(test.this, scope)
            if column is None or not column.type.upper().startswith("TIMESTAMP"):
                continue
            high = test.args["high"]
            while isinstance(high, exp.Cast | exp.Paren):
                high = high.this
            if not (isinstance(high, exp.Literal) and _DAY.fullmatch(high.name)):
                continue
            day = high.name[:10]
            lost = "the last minute or second" if "23:59" in high.name else f"{day} after midnight"
            yield query.finding(
                "between-timestamps",
                test,
                8,
                (
                    f"BETWEEN … AND '{high.name}' on the timestamp {column.column}",
                    f"the upper end is one moment: {lost} is left out",
                    f"{column.column} >= the start AND {column.column} < the day after the end",
                ),
            )


def count_of_nullable(query: Query, reference: Query | None) -> Iterator[Finding]:
    """COUNT(column) that leaves out rows, where the reference counts all of them."""
    if reference is None:
        return
    counted = {column for column, _, _ in _counts(reference)}
    for column, count, scope in _counts(query):
        stars = [c for c in _all_counts(scope) if _is_star(c)]
        if column in counted or stars:
            continue
        yield query.finding(
            "count-of-nullable",
            count,
            4,
            (
                f"count({column}) leaves out the rows in which {column} is NULL",
                "it reads as if all rows were counted",
                "count(*) where every row counts; else say so: "
                f"count(*) FILTER (WHERE {column} IS NOT NULL)",
            ),
        )


def _counts(query: Query) -> Iterator[tuple[str, exp.Count, Scope]]:
    """Yield the nullable columns of tables that are counted, the count and where it stands."""
    from sqlglot import exp

    for scope in query.selects():
        if outer_sources(scope.expression):
            # counting the partners of an outer join is what COUNT(column) is for
            continue
        for count in _all_counts(scope):
            if isinstance(count.this, exp.Column):
                column = query.origin(count.this, scope)
                if column is not None and column.nullable:
                    yield column.column, count, scope


def _all_counts(scope: Scope) -> list[exp.Count]:
    from sqlglot import exp

    return list(scope.find_all(exp.Count))


def _is_star(count: exp.Count) -> bool:
    from sqlglot import exp

    return isinstance(count.this, exp.Star)


def frame_of_last_value(query: Query) -> Iterator[Finding]:
    """LAST_VALUE and NTH_VALUE up to the current row."""
    from sqlglot import exp

    for window in query.tree.find_all(exp.Window):
        call = window.this.this if isinstance(window.this, exp.IgnoreNulls) else window.this
        if not isinstance(call, exp.LastValue | exp.NthValue):
            continue
        order, spec = _frame(window)
        if order is not None and spec is None:
            name = "last_value" if isinstance(call, exp.LastValue) else "nth_value"
            yield query.finding(
                "frame-of-last-value",
                window,
                12,
                (
                    f"{name} with the default frame",
                    "the default frame ends at the current row: the last value in it is the row's "
                    "own",
                    "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING, or first_value in "
                    "the opposite order",
                ),
            )


def window_without_order(query: Query) -> Iterator[Finding]:
    """A numbering or a neighbour in rows that have no order."""
    from sqlglot import exp

    ordered = (
        exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.Ntile, exp.Lag, exp.Lead,
        exp.FirstValue, exp.LastValue, exp.NthValue,
    )  # fmt: skip
    for window in query.tree.find_all(exp.Window):
        call = window.this.this if isinstance(window.this, exp.IgnoreNulls) else window.this
        own = call.args.get("order") if isinstance(call, exp.Func) else None
        if isinstance(call, ordered) and own is None and _frame(window)[0] is None:
            yield query.finding(
                "window-without-order",
                window,
                10,
                (
                    f"{call.sql_name().lower()} over rows without an order",
                    "which row comes first is the engine's choice, and may change from run to run",
                    "ORDER BY enough columns to leave no tie",
                ),
            )


def _frame(window: exp.Window) -> tuple[exp.Expr | None, exp.Expr | None]:
    """Return ORDER BY and the frame of a window, also of a named one."""
    from sqlglot import exp

    order, spec = window.args.get("order"), window.args.get("spec")
    name = window.args.get("alias")
    if name is None:
        return order, spec
    select = window.find_ancestor(exp.Select)
    for named in (select.args.get("windows") or ()) if select is not None else ():
        if named.name.lower() == name.name.lower():
            return order or named.args.get("order"), spec or named.args.get("spec")
    # not found: nothing can be said, so say it has both
    return window, window


RULES = (
    not_in_nullable, function_on_filtered_column, between_timestamps, frame_of_last_value,
    window_without_order,
)  # fmt: skip
