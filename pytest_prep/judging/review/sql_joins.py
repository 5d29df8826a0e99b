"""Rules on joins: crossed by accident, turned inner, multiplied and made distinct again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import conjuncts, rejects_null
from pytest_prep.judging.query_sources import cte_of, is_one_row, sources_of
from pytest_prep.judging.review.model import Finding

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

    from pytest_prep.judging.review.query import Query


def cross_join(query: Query) -> Iterator[Finding]:
    """Tables listed with commas: joined in WHERE at best, by accident crossed at worst."""
    from sqlglot import exp

    for select in query.tree.find_all(exp.Select):
        where = select.args.get("where")
        before = [s for s in list(sources_of(select))[:1] if _is_rows(s)]
        for join in select.args.get("joins") or ():
            plain = not (join.kind or join.side or join.method or join.args.get("using"))
            is_comma = plain and join.args.get("on") is None
            if _is_rows(join.this):
                if is_comma and before:
                    linked = where is not None and _links(where, join.this, before)
                    yield _comma(query, join, linked=linked)
                before.append(join.this)


def _is_rows(source: exp.Expr) -> bool:
    """Tell whether a source holds rows by itself: no UNNEST of a neighbour, no single row."""
    from sqlglot import exp

    if isinstance(source, exp.Table):
        if isinstance(source.this, exp.Func):
            return False
        cte = cte_of(source)
        return cte is None or not _is_single(cte.this)
    return isinstance(source, exp.Subquery) and not _is_single(source.this)


def _is_single(query: exp.Expr) -> bool:
    """Tell whether a query returns one row at most, as far as its text shows."""
    from sqlglot import exp

    if not isinstance(query, exp.Select):
        return False
    limit = query.args.get("limit")
    is_limited = limit is not None and limit.expression is not None and limit.expression.name == "1"
    return is_limited or is_one_row(query) or query.args.get("from_") is None


def _links(where: exp.Expr, source: exp.Expr, before: list[exp.Expr]) -> bool:
    """Tell whether a predicate compares columns of ``source`` with others."""
    from sqlglot import exp

    own = source.alias_or_name.lower()
    others = {other.alias_or_name.lower() for other in before}
    for predicate in conjuncts(where.this):
        columns = list(predicate.find_all(exp.Column))
        named = {column.table.lower() for column in columns}
        # an unqualified column may be anybody's: in favour of the answer
        if (own in named and named & others) or (len(columns) > 1 and "" in named):
            return True
    return False


def _comma(query: Query, join: exp.Join, *, linked: bool) -> Finding:
    if linked:
        return query.finding(
            "comma-join",
            join,
            3,
            (
                f"{join.this.alias_or_name} is joined by a comma, its condition stands in WHERE",
                "the reader cannot tell the join's condition from a filter, and one that is "
                "forgotten is a cross join",
                "JOIN … ON …",
            ),
        )
    return query.finding(
        "cross-join",
        join,
        15,
        (
            f"nothing joins {join.this.alias_or_name} to the tables before it: a cross join",
            "every row meets every other row; the result multiplies, and so does the time",
            "JOIN … ON the key; where it is meant, say CROSS JOIN",
        ),
    )


def natural_join(query: Query) -> Iterator[Finding]:
    """NATURAL JOIN."""
    from sqlglot import exp

    for join in query.tree.find_all(exp.Join):
        if join.method == "NATURAL":
            yield query.finding(
                "natural-join",
                join,
                8,
                (
                    "NATURAL JOIN",
                    "it joins on every column name that both sides share: one more column of the "
                    "same name, and rows vanish",
                    "name the key: USING (…) or ON …",
                ),
            )


def left_join_turned_inner(query: Query) -> Iterator[Finding]:
    """A LEFT JOIN whose rows without a partner WHERE throws away."""
    from sqlglot import exp

    for scope in query.selects():
        select = scope.expression
        where = select.args.get("where")
        for join in select.args.get("joins") or ():
            if where is None or join.side != "LEFT" or join.method or join.kind:
                continue
            own = join.this.alias_or_name
            for predicate in conjuncts(where.this):
                columns = [c for c in predicate.find_all(exp.Column) if c.table == own]
                is_null = isinstance(predicate, exp.Is)
                if is_null or not any(_rejects(predicate, column) for column in columns):
                    continue
                yield query.finding(
                    "left-join-turned-inner",
                    predicate,
                    10,
                    (
                        f"WHERE on a column of {own} throws away what its LEFT JOIN kept",
                        "rows without a partner have NULL there, and a comparison with NULL lets "
                        "no row through: it is an inner join in disguise",
                        "move the condition into ON, or write JOIN where they are not wanted",
                    ),
                )
                break


def _rejects(predicate: exp.Expr, column: exp.Column) -> bool:
    from sqlglot import exp

    if isinstance(predicate, exp.Like | exp.ILike | exp.In):
        return bool(predicate.this == column)
    return rejects_null(predicate, column)


def distinct_hides_fan_out(query: Query) -> Iterator[Finding]:
    """DISTINCT over a join that multiplies rows and gives no column."""
    from sqlglot import exp

    for scope in query.selects():
        select = scope.expression
        distinct = select.args.get("distinct")
        joins = select.args.get("joins") or ()
        if distinct is None or distinct.args.get("on") is not None or not joins:
            continue
        if select.args.get("group") is not None or select.find(exp.Window, exp.Explode):
            continue
        shown = {c.table for item in select.expressions for c in item.find_all(exp.Column)}
        for join in joins:
            own = join.this.alias_or_name
            plain = join.kind in ("", "INNER") and not join.side and not join.method
            if own in shown or not plain or join.args.get("on") is None:
                continue
            if not isinstance(join.this, exp.Table) or _matches_once(query, scope, join):
                continue
            yield query.finding(
                "distinct-hides-fan-out",
                join,
                8,
                (
                    f"DISTINCT takes back the rows that joining {own} multiplies",
                    f"no column of {own} is shown: the join only tests whether a row is there, "
                    "and makes work that DISTINCT throws away",
                    f"WHERE EXISTS (SELECT 1 FROM {join.this.name} …)",
                ),
                "JOIN",
            )


def needless_distinct(query: Query) -> Iterator[Finding]:
    """DISTINCT over rows that differ anyway, by GROUP BY or by a key."""
    from sqlglot import exp

    for scope in query.selects():
        select = scope.expression
        distinct = select.args.get("distinct")
        if distinct is None or distinct.args.get("on") is not None:
            continue
        shown = [item.unalias() for item in select.expressions]
        # UNNEST makes several rows of one
        if any(item.find(exp.Explode, exp.Unnest, exp.Anonymous) for item in shown):
            continue
        if query.keys.unique(scope, shown):
            reason = "GROUP BY" if select.args.get("group") is not None else "a key"
            yield query.finding(
                "needless-distinct",
                select,
                3,
                (
                    f"DISTINCT over rows that {reason} keeps apart already",
                    "it reads as a fear of repeated rows, and the next question is where they "
                    "would come from",
                    "take DISTINCT out",
                ),
                "DISTINCT",
            )


def _matches_once(query: Query, scope: Scope, join: exp.Join) -> bool:
    """Tell whether a row meets one row of the joined source at most."""
    from sqlglot import exp

    own = join.this.alias_or_name
    equated = {
        side.name.lower()
        for predicate in conjuncts(join.args["on"])
        if isinstance(predicate, exp.EQ)
        for side in (predicate.this, predicate.expression)
        if isinstance(side, exp.Column) and side.table == own
    }
    source = scope.sources.get(own)
    if isinstance(source, exp.Table):
        facts = query.tables.get(source.name.lower())
        return facts is None or any(key <= equated for key in facts.keys)
    return source is None or any(key <= equated for key in query.keys.output(source))


RULES = (
    cross_join, natural_join, left_join_turned_inner, distinct_hides_fan_out, needless_distinct,
)  # fmt: skip
