"""Rules on the clauses of a query, which need no knowledge of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.clauses import conjuncts
from pytest_prep.judging.query_sources import cte_of, is_one_row, sources_of
from pytest_prep.judging.review.model import Finding

if TYPE_CHECKING:
    from sqlglot import exp

    from pytest_prep.judging.review.query import Query


def select_star(query: Query) -> Iterator[Finding]:
    """SELECT * of a table as the result."""
    from sqlglot import exp

    for select in _result_selects(query.tree):
        if not any(query.is_table(source) for source in sources_of(select)):
            continue
        for item in select.expressions:
            qualified = isinstance(item, exp.Column) and isinstance(item.this, exp.Star)
            if isinstance(item, exp.Star) or qualified:
                yield query.finding(
                    "select-star",
                    select,
                    5,
                    (
                        "SELECT * of a table is the result",
                        "a column added to the table changes the result, and the reader has to "
                        "look up what it holds",
                        "name the columns that are asked for",
                    ),
                    "SELECT",
                )


def unused_cte(query: Query) -> Iterator[Finding]:
    """A CTE that nothing reads."""
    from sqlglot import exp

    for cte in query.tree.find_all(exp.CTE):
        reads = [
            table
            for table in query.tree.find_all(exp.Table)
            if cte_of(table) is cte and table.find_ancestor(exp.CTE) is not cte
        ]
        if not reads:
            yield query.finding(
                "unused-cte",
                cte,
                6,
                (
                    f"the CTE {cte.alias} is never read",
                    "whoever reviews it looks for what it is good for",
                    "take it out",
                ),
            )


def order_in_subquery(query: Query) -> Iterator[Finding]:
    """ORDER BY inside a subquery or a CTE, where it orders nothing."""
    from sqlglot import exp

    for select in query.tree.find_all(exp.Select, exp.SetOperation):
        order = select.args.get("order")
        if order is None or not _is_inside(select):
            continue
        distinct = select.args.get("distinct")
        bounds = [select.args.get(part) for part in ("limit", "offset")]
        if any(bounds) or (distinct is not None and distinct.args.get("on") is not None):
            continue
        yield query.finding(
            "order-in-subquery",
            order,
            4,
            (
                "ORDER BY in a subquery without LIMIT",
                "the rows of a subquery have no order for the query around it: the sort costs "
                "time, and promises what is not kept",
                "leave it out, or order the outermost query",
            ),
            "ORDER_BY",
        )


def _is_inside(query: exp.Expr) -> bool:
    from sqlglot import exp

    parent = query.parent
    while isinstance(parent, exp.SetOperation):
        parent = parent.parent
    if isinstance(parent, exp.Subquery) and parent.parent is None:
        return False
    # ARRAY(SELECT … ORDER BY …) keeps the order
    return parent is not None and not isinstance(parent, exp.Array | exp.DDL | exp.DML)


def having_without_aggregate(query: Query) -> Iterator[Finding]:
    """A condition in HAVING that WHERE could decide."""
    from sqlglot import exp

    for having in query.tree.find_all(exp.Having):
        select = having.parent
        if not isinstance(select, exp.Select):
            continue
        computed = {
            item.alias.lower()
            for item in select.expressions
            if isinstance(item, exp.Alias) and not isinstance(item.this, exp.Column)
        }
        for predicate in conjuncts(having.this):
            names = {column.name.lower() for column in predicate.find_all(exp.Column)}
            calls = predicate.find(exp.AggFunc, exp.Query, exp.Window, exp.Anonymous)
            if names and calls is None and not names & computed:
                yield query.finding(
                    "having-without-aggregate",
                    predicate,
                    4,
                    (
                        f"HAVING {_short(predicate)} needs no group",
                        "the rows are grouped first and thrown away afterwards",
                        "move it to WHERE",
                    ),
                )


def union_of_apart(query: Query) -> Iterator[Finding]:
    """UNION where the parts cannot share a row, or where repeated rows do not matter."""
    from sqlglot import exp

    for union in query.tree.find_all(exp.Union):
        if not union.args.get("distinct"):
            continue
        cte = union.find_ancestor(exp.CTE)
        if cte is not None and isinstance(cte.parent, exp.With) and cte.parent.recursive:
            continue
        above = union.parent.parent if isinstance(union.parent, exp.Subquery) else union.parent
        if isinstance(above, exp.In | exp.Exists):
            reason = f"{'IN' if isinstance(above, exp.In) else 'EXISTS'} does not count rows"
        elif _are_apart(union.this, union.expression):
            reason = "its parts are told apart by a constant column, so no row can be in both"
        else:
            continue
        yield query.finding(
            "union-not-all",
            union,
            4,
            (
                f"UNION, and {reason}",
                "UNION sorts or hashes all rows to find repeated ones",
                "UNION ALL",
            ),
            "UNION",
        )


def _are_apart(left: exp.Expr, right: exp.Expr) -> bool:
    from sqlglot import exp

    if not isinstance(left, exp.Select) or not isinstance(right, exp.Select):
        return False
    pairs = zip(left.expressions, right.expressions, strict=False)
    return any(
        isinstance(a.unalias(), exp.Literal)
        and isinstance(b.unalias(), exp.Literal)
        and a.unalias() != b.unalias()
        for a, b in pairs
    )


def limit_without_order(query: Query) -> Iterator[Finding]:
    """LIMIT of rows that have no order."""
    from sqlglot import exp

    for limit in query.tree.find_all(exp.Limit, exp.Fetch):
        select = limit.parent
        if not isinstance(select, exp.Query) or select.args.get("order") is not None:
            continue
        count = limit.expression if isinstance(limit, exp.Limit) else limit.args.get("count")
        above = select.parent.parent if isinstance(select.parent, exp.Subquery) else select.parent
        is_probe = isinstance(above, exp.Exists | exp.In) or (
            count is not None and count.name == "0"
        )
        if is_probe or (isinstance(select, exp.Select) and is_one_row(select)):
            continue
        yield query.finding(
            "limit-without-order",
            limit,
            10,
            (
                "LIMIT without ORDER BY",
                "which rows are kept is the engine's choice, and may change from run to run",
                "ORDER BY enough columns to leave no tie",
            ),
            "LIMIT FETCH",
        )


def counted_for_existence(query: Query) -> Iterator[Finding]:
    """``(SELECT count(*) …) > 0`` in place of EXISTS."""
    from sqlglot import exp

    for test in query.tree.find_all(exp.GT, exp.EQ):
        left, right = test.this, test.expression
        if not (isinstance(left, exp.Subquery) and isinstance(right, exp.Literal)):
            continue
        inner = left.this
        is_count = (
            isinstance(inner, exp.Select)
            and len(inner.expressions) == 1
            and isinstance(inner.expressions[0].unalias(), exp.Count)
            and inner.args.get("group") is None
        )
        if is_count and right.name == "0":
            word = "EXISTS" if isinstance(test, exp.GT) else "NOT EXISTS"
            yield query.finding(
                "count-for-existence",
                test,
                4,
                (
                    f"a count compared with 0 asks for {word}",
                    "all rows are counted where the first one decides",
                    f"{word} (SELECT 1 …)",
                ),
            )


def equals_null(query: Query) -> Iterator[Finding]:
    """``= NULL``, which is never true."""
    from sqlglot import exp

    for test in query.tree.find_all(exp.EQ, exp.NEQ):
        if isinstance(test.find_ancestor(exp.Update, exp.Select), exp.Update):
            continue
        if isinstance(test.this, exp.Null) or isinstance(test.expression, exp.Null):
            sign = "=" if isinstance(test, exp.EQ) else "<>"
            word = "IS NULL" if isinstance(test, exp.EQ) else "IS NOT NULL"
            yield query.finding(
                "equals-null",
                test,
                15,
                (
                    f"{sign} NULL",
                    "a comparison with NULL is neither true nor false, so it lets no row through",
                    word,
                ),
            )


def _result_selects(tree: exp.Expr) -> Iterator[exp.Select]:
    """Yield the SELECTs whose rows are the result."""
    from sqlglot import exp

    if isinstance(tree, exp.Select):
        yield tree
    elif isinstance(tree, exp.SetOperation):
        yield from _result_selects(tree.this)
        yield from _result_selects(tree.expression)
    elif isinstance(tree, exp.Subquery):
        yield from _result_selects(tree.this)


def _short(node: exp.Expr) -> str:
    text = node.sql("duckdb")
    return text if len(text) <= 40 else f"{text[:39]}…"


RULES = (
    select_star, unused_cte, order_in_subquery,
    having_without_aggregate, union_of_apart, limit_without_order, counted_for_existence,
    equals_null,
)  # fmt: skip
