"""What a kata's text asks of the query itself: ``[sql] require`` and ``forbid``.

Read off the syntax tree, never off the text: a word in a comment or in a name is no construct.
What sqlglot cannot parse and the engine can is given the benefit of the doubt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_prep.content.kata import CONSTRUCTS, SqlFacts
from pytest_prep.judging.query_sources import (
    cte_of,
    is_one_row,
    is_recursive,
    makes_rows,
    names_itself,
    sources_of,
)
from pytest_prep.judging.query_text import QueryText
from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from sqlglot import exp

    #: Where a construct stands, and what it is applied to (``of flights``), if that helps.
    Finding = tuple[exp.Expr, str]

#: How a message calls each construct of :data:`~pytest_prep.content.kata.CONSTRUCTS`.
NAMES = {
    "window": "a window function",
    "cte": "a common table expression (WITH)",
    "recursive-cte": "a recursive common table expression",
    "join": "a join",
    "outer-join": "an outer join",
    "self-join": "a self-join",
    "subquery": "a subquery",
    "distinct": "SELECT DISTINCT",
    "count-distinct": "DISTINCT inside an aggregate",
    "group-by": "GROUP BY",
    "having": "HAVING",
    "qualify": "QUALIFY",
    "order-by": "ORDER BY",
    "limit": "LIMIT",
    "union": "UNION",
    "set-operation": "UNION, EXCEPT or INTERSECT",
    "case": "CASE",
}
#: The tokens that a construct starts with, where its first named part stands behind them.
_STARTS = {
    "join": "JOIN",
    "outer-join": "JOIN",
    "self-join": "JOIN",
    "subquery": "SELECT",
    "distinct": "DISTINCT",
    "count-distinct": "DISTINCT",
    "group-by": "GROUP_BY",
    "having": "HAVING",
    "qualify": "QUALIFY",
    "order-by": "ORDER_BY",
    "limit": "LIMIT",
    "union": "UNION",
    "set-operation": "UNION EXCEPT INTERSECT",
    "case": "CASE",
}


@lru_cache(maxsize=8)  # the same answer is judged on every case
def check_requirements(sql: str, facts: SqlFacts) -> Verdict | None:
    """Check a query against what its kata requires and forbids.

    Args:
        sql: the answer, which the engine can parse.
        facts: the kata's ``[sql]`` table.

    Returns:
        A verdict ``invalid`` that names each violation with its line, or None.
    """
    from sqlglot import parse
    from sqlglot.errors import SqlglotError

    try:
        trees = [tree for tree in parse(sql, dialect=facts.engine) if tree is not None]
    except (SqlglotError, RecursionError):
        return None
    text = QueryText(sql, facts.engine)
    missing = [name for name in facts.require if not list(_findings(name, trees))]
    asked = " and ".join(NAMES[name] for name in missing)
    problems: list[tuple[str, int | None]] = []
    for name in facts.forbid:
        for node, of in _findings(name, trees):
            line = text.line(node, _STARTS.get(name))
            place = f"line {line}: " if line else ""
            rule = f"asks for {asked} instead" if asked else "is to be solved without"
            problems.append((f"{place}{NAMES[name]}{of}; this kata {rule}", line))
    if missing and not problems:
        problems.append((f"this kata asks for {asked}; the answer does without", None))
    if not problems:
        return None
    (summary, line), *others = sorted(problems, key=lambda problem: problem[1] or sys.maxsize)
    return Verdict("invalid", summary, "\n".join(words for words, _ in others), line=line)


def _findings(construct: str, trees: list[exp.Expr]) -> Iterator[Finding]:
    find = _finder(construct)
    for tree in trees:
        for node in tree.walk():
            yield from find(node)


def _finder(construct: str) -> Callable[[exp.Expr], Iterator[Finding]]:
    """Return the function that says whether a node is such a construct."""
    from sqlglot import exp

    if construct == "self-join":
        return _self_joins
    tests: dict[str, Callable[[exp.Expr], bool]] = {
        "window": lambda node: isinstance(node, exp.Window),
        "cte": lambda node: isinstance(node, exp.CTE),
        "recursive-cte": lambda node: (
            isinstance(node, exp.CTE) and is_recursive(node) and names_itself(node)
        ),
        "join": lambda node: isinstance(node, exp.Join),
        "outer-join": lambda node: isinstance(node, exp.Join) and bool(node.side),
        "subquery": _is_subquery,
        "distinct": lambda node: (
            isinstance(node, exp.Select) and node.args.get("distinct") is not None
        ),
        "count-distinct": lambda node: (
            isinstance(node, exp.Distinct) and not isinstance(node.parent, exp.Select)
        ),
        "group-by": lambda node: isinstance(node, exp.Group),
        "having": lambda node: isinstance(node, exp.Having),
        "qualify": lambda node: isinstance(node, exp.Qualify),
        "order-by": lambda node: isinstance(node, exp.Order) and isinstance(node.parent, exp.Query),
        "limit": lambda node: isinstance(node, exp.Limit | exp.Fetch),
        "union": lambda node: isinstance(node, exp.Union),
        "set-operation": lambda node: isinstance(node, exp.SetOperation),
        "case": lambda node: isinstance(node, exp.Case),
    }
    assert set(tests) | {"self-join"} == set(CONSTRUCTS)
    test = tests[construct]

    def find(node: exp.Expr) -> Iterator[Finding]:
        if test(node):
            yield node, ""

    return find


def _is_subquery(node: exp.Expr) -> bool:
    """Tell whether a SELECT stands inside another statement, other than as a CTE."""
    from sqlglot import exp

    if not isinstance(node, exp.Select):
        return False
    parent = node.parent
    while isinstance(parent, exp.SetOperation | exp.Subquery) and not _is_source(parent):
        parent = parent.parent
    return parent is not None and not isinstance(parent, exp.CTE | exp.DDL | exp.DML)


def _is_source(node: exp.Expr) -> bool:
    from sqlglot import exp

    return isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From | exp.Join)


def _self_joins(node: exp.Expr) -> Iterator[Finding]:
    """Yield the joins of one SELECT that bring in the rows of a table for the second time.

    Seen through CTEs and derived tables: joining the latest row per key back to its table is a
    self-join too.
    """
    from sqlglot import exp

    if not isinstance(node, exp.Select):
        return
    seen: frozenset[str] = frozenset()
    for source in sources_of(node):
        own = _origins(source, frozenset())
        if seen & own:
            yield source, f" of {', '.join(sorted(seen & own))}"
        seen |= own


def _origins(source: exp.Expr, above: frozenset[str]) -> frozenset[str]:
    """Return the tables whose rows ``source`` passes on, by lower-case name.

    A calendar, a single row of totals and what recursion builds are no table's rows: joining them
    to the table they were computed from is no self-join.
    """
    from sqlglot import exp

    if isinstance(source, exp.Table):
        name = source.name.lower()
        cte = cte_of(source)
        if cte is None:
            return frozenset({name} - {""})
        if name in above or (is_recursive(cte) and names_itself(cte)):
            return frozenset({name})
        return _origins(cte.this, above | {name}) or frozenset({name})
    if isinstance(source, exp.Subquery):
        return _origins(source.this, above)
    if isinstance(source, exp.SetOperation):
        return _origins(source.this, above) | _origins(source.expression, above)
    if isinstance(source, exp.Select) and not makes_rows(source) and not is_one_row(source):
        return frozenset().union(*(_origins(part, above) for part in sources_of(source)))
    return frozenset()
