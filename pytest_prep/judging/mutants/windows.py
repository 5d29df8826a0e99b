"""Operators on window functions: the function, its partition, its frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import Edit, become, part, put, without

if TYPE_CHECKING:
    from sqlglot import exp


def ranking(node: exp.Expr) -> Iterator[Edit]:
    """ROW_NUMBER, RANK and DENSE_RANK by each other; LAG ↔ LEAD, FIRST_VALUE ↔ LAST_VALUE."""
    from sqlglot import exp

    ranks = (exp.RowNumber, exp.Rank, exp.DenseRank)
    if isinstance(node, ranks):
        for kind in ranks:
            if not isinstance(node, kind):
                yield Edit(lambda _, k=kind: k())  # type: ignore[misc]
    others: dict[type[exp.Expr], type[exp.Expr]] = {
        exp.Lag: exp.Lead,
        exp.Lead: exp.Lag,
        exp.FirstValue: exp.LastValue,
        exp.LastValue: exp.FirstValue,
        exp.PercentRank: exp.CumeDist,
        exp.CumeDist: exp.PercentRank,
    }
    kind_of_offset = others.get(type(node))
    if kind_of_offset:
        yield become(kind_of_offset, *node.args)
    if isinstance(node, exp.IgnoreNulls):
        yield part("this")


def partition(node: exp.Expr) -> Iterator[Edit]:
    """Drop one key of PARTITION BY."""
    from sqlglot import exp

    if isinstance(node, exp.Window):
        for index in range(len(node.args.get("partition_by") or ())):
            yield without("partition_by", index)


def frame(node: exp.Expr) -> Iterator[Edit]:
    """ROWS ↔ RANGE, the default frame, the whole partition, a frame that ends a row earlier."""
    from sqlglot import exp

    if not isinstance(node, exp.Window) or not node.args.get("order") or not _uses_frame(node):
        return
    spec = node.args.get("spec")
    if spec is None:
        yield put("spec", _frame("ROWS", "CURRENT ROW", None))
        yield put("spec", _frame("ROWS", "UNBOUNDED", "FOLLOWING"))
        return
    yield put("spec", None)
    other = "RANGE" if spec.args.get("kind") == "ROWS" else "ROWS"

    def turn(window: exp.Expr) -> None:
        window.args["spec"].set("kind", other)

    yield Edit(turn, f"{spec.args.get('kind')} → {other}")
    if spec.args.get("end") == "CURRENT ROW" and spec.args.get("kind") == "ROWS":

        def earlier(window: exp.Expr) -> None:
            window.args["spec"].set("end", exp.Literal.number(1))
            window.args["spec"].set("end_side", "PRECEDING")

        yield Edit(earlier)
    for key, side in (("start", "PRECEDING"), ("end", "FOLLOWING")):
        if isinstance(spec.args.get(key), exp.Expr) and spec.args.get(f"{key}_side") == side:

            def unbounded(window: exp.Expr, key: str = key) -> None:
                window.args["spec"].set(key, "UNBOUNDED")

            yield Edit(unbounded)


def _frame(kind: str, end: str, side: str | None) -> exp.Expr:
    from sqlglot import exp

    return exp.WindowSpec(
        kind=kind, start="UNBOUNDED", start_side="PRECEDING", end=end, end_side=side
    )


def _uses_frame(window: exp.Window) -> bool:
    """Tell whether the function looks at its frame: ranks and neighbours do not."""
    from sqlglot import exp

    function = window.this
    while isinstance(function, exp.Filter | exp.IgnoreNulls | exp.RespectNulls):
        function = function.this
    framed = (exp.AggFunc, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Identifier)
    frameless = (exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile)
    neighbours = (exp.RowNumber, exp.Lag, exp.Lead)
    return isinstance(function, framed) and not isinstance(function, frameless + neighbours)


OPERATORS = (ranking, partition, frame)
