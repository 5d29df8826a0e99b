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
from pytest_prep.judging.verdict import Verdict

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

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
_BETWEEN = (_STARTS["union"], _STARTS["set-operation"])


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
    text = _Text(sql, facts.engine)
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
            isinstance(node, exp.CTE) and _is_recursive(node) and _names_itself(node)
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


def _is_recursive(cte: exp.CTE) -> bool:
    from sqlglot import exp

    return isinstance(cte.parent, exp.With) and bool(cte.parent.recursive)


def _names_itself(cte: exp.CTE) -> bool:
    from sqlglot import exp

    return any(table.name.lower() == cte.alias.lower() for table in cte.this.find_all(exp.Table))


def _self_joins(node: exp.Expr) -> Iterator[Finding]:
    """Yield the joins of one SELECT that bring in the rows of a table for the second time.

    Seen through CTEs and derived tables: joining the latest row per key back to its table is a
    self-join too.
    """
    from sqlglot import exp

    if not isinstance(node, exp.Select):
        return
    seen: frozenset[str] = frozenset()
    for source in _sources(node):
        own = _origins(source, frozenset())
        if seen & own:
            yield source, f" of {', '.join(sorted(seen & own))}"
        seen |= own


def _sources(select: exp.Expr) -> Iterator[exp.Expr]:
    """Yield what a SELECT reads from, in the order of the text."""
    source = select.args.get("from_")
    if source is not None:
        yield source.this
        # FROM before SELECT: the joins hang on the table
        yield from (join.this for join in source.this.args.get("joins") or ())
    yield from (join.this for join in select.args.get("joins") or ())


def _origins(source: exp.Expr, above: frozenset[str]) -> frozenset[str]:
    """Return the tables whose rows ``source`` passes on, by lower-case name.

    A calendar, a single row of totals and what recursion builds are no table's rows: joining them
    to the table they were computed from is no self-join.
    """
    from sqlglot import exp

    if isinstance(source, exp.Table):
        name = source.name.lower()
        cte = _cte(source)
        if cte is None:
            return frozenset({name} - {""})
        if name in above or (_is_recursive(cte) and _names_itself(cte)):
            return frozenset({name})
        return _origins(cte.this, above | {name}) or frozenset({name})
    if isinstance(source, exp.Subquery):
        return _origins(source.this, above)
    if isinstance(source, exp.SetOperation):
        return _origins(source.this, above) | _origins(source.expression, above)
    if isinstance(source, exp.Select) and not _makes_rows(source) and not _is_one_row(source):
        return frozenset().union(*(_origins(part, above) for part in _sources(source)))
    return frozenset()


def _makes_rows(select: exp.Select) -> bool:
    from sqlglot import exp

    # sqlglot reads generate_series(…) as several classes, after the place and the types
    series = (exp.GenerateSeries, exp.GenerateDateArray, exp.GenerateTimestampArray)
    return any(isinstance(node, series) for node in select.walk()) or any(
        node.name.lower() in ("range", "generate_series") for node in select.find_all(exp.Anonymous)
    )


def _is_one_row(select: exp.Select) -> bool:
    from sqlglot import exp

    return select.args.get("group") is None and any(
        isinstance(node, exp.AggFunc) and not isinstance(node.parent, exp.Window | exp.Filter)
        for expression in select.expressions
        for node in expression.walk(prune=lambda n: isinstance(n, exp.Window | exp.Query))
    )


def _cte(table: exp.Table) -> exp.CTE | None:
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


class _Text:
    """The answer's text, for the lines of its constructs."""

    def __init__(self, sql: str, dialect: str) -> None:
        from sqlglot import tokenize

        self._tokens: list[Token] = tokenize(sql, dialect=dialect)

    def line(self, node: exp.Expr, start: str | None) -> int | None:
        """Return the 1-based line of ``node``, None where it holds nothing with a place.

        Names, literals and calls know their place, a clause does not: it starts at the last
        token of its kind before the first of those.
        """
        # the token of a set operation stands between its two operands
        walked = node.args.get("expression", node) if start in _BETWEEN else node
        places = [part.meta["start"] for part in walked.walk() if "start" in part.meta]
        starts = [t for t in self._tokens if start and t.token_type.name in start.split()]
        if not places:
            return starts[0].line if len(starts) == 1 else None
        first = min(places)
        before = [token for token in self._tokens if token.start <= first]
        own = [token for token in starts if token.start <= first] or before
        return own[-1].line if own else None
