"""Operators on values: comparisons, arithmetic, constants, functions, CASE, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import Edit, become, part, put, without, wrapped

if TYPE_CHECKING:
    from sqlglot import exp

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d+(\.\d+)?")
#: The unit that takes a unit's place.
_UNITS = {
    "SECOND": "MINUTE",
    "MINUTE": "HOUR",
    "HOUR": "DAY",
    "DAY": "MONTH",
    "WEEK": "MONTH",
    "MONTH": "YEAR",
    "QUARTER": "MONTH",
    "YEAR": "MONTH",
}


def comparison(node: exp.Expr) -> Iterator[Edit]:
    """= ↔ <>; < and > with and without the boundary, and turned round; BETWEEN without an end."""
    from sqlglot import exp

    turned: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
        exp.EQ: (exp.NEQ,),
        exp.NEQ: (exp.EQ,),
        exp.LT: (exp.LTE, exp.GT),
        exp.LTE: (exp.LT, exp.GTE),
        exp.GT: (exp.GTE, exp.LT),
        exp.GTE: (exp.GT, exp.LTE),
    }
    for kind in turned.get(type(node), ()):
        yield become(kind)
    if isinstance(node, exp.Between):
        for low, high, end in ((exp.GT, exp.LTE, "low"), (exp.GTE, exp.LT, "high")):

            def open_end(
                old: exp.Expr, low: type[exp.Expr] = low, high: type[exp.Expr] = high
            ) -> exp.Expr:
                above = low(this=old.this.copy(), expression=old.args["low"].copy())
                below = high(this=old.this.copy(), expression=old.args["high"].copy())
                return wrapped(exp.And(this=above, expression=below), old.parent)

            yield Edit(open_end, f"BETWEEN without its {end} end")


def arithmetic(node: exp.Expr) -> Iterator[Edit]:
    """+ ↔ -, * ↔ /, / ↔ //, % → //."""
    from sqlglot import exp

    others: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
        exp.Add: (exp.Sub,),
        exp.Sub: (exp.Add,),
        exp.Mul: (exp.Div,),
        exp.Div: (exp.Mul, exp.IntDiv),
        exp.IntDiv: (exp.Div,),
        exp.Mod: (exp.IntDiv,),
    }
    for kind in others.get(type(node), ()):
        yield become(kind)


def constant(node: exp.Expr) -> Iterator[Edit]:
    """Numbers one up and one down in their last place, dates by a day, texts emptied."""
    from sqlglot import exp

    if isinstance(node, exp.Boolean):
        yield put("this", not node.this)
    if not isinstance(node, exp.Literal) or not _counts(node):
        return
    text = str(node.this)
    if not node.is_string:
        if _NUMBER.fullmatch(text):
            step = Decimal(1).scaleb(-len(text.partition(".")[2]))
            for value in (Decimal(text) + step, Decimal(text) - step):
                yield Edit(lambda _, v=value: exp.Literal.number(v))  # type: ignore[misc]
    elif _DATE.fullmatch(text):
        for days in (1, -1):
            other = (date.fromisoformat(text) + timedelta(days)).isoformat()
            yield Edit(lambda _, o=other: exp.Literal.string(o))  # type: ignore[misc]
    else:
        yield Edit(lambda _: exp.Literal.string("" if text else "x"))


def _counts(literal: exp.Literal) -> bool:
    """Tell whether a literal is a value, and not part of a type, a unit or a position."""
    from sqlglot import exp

    parent = literal.parent
    if isinstance(
        parent, exp.DataType | exp.DataTypeParam | exp.Interval | exp.Group | exp.Ordered
    ):
        return False
    if isinstance(parent, exp.Select) and isinstance(parent.parent, exp.Exists):
        return False
    named = isinstance(parent, exp.Anonymous) and parent.name.lower() in ("date_part", "datepart")
    return not (named and literal is parent.expressions[0])  # type: ignore[union-attr]


def aggregate(node: exp.Expr) -> Iterator[Edit]:
    """SUM, AVG, MIN, MAX, MEDIAN … by their neighbours; DISTINCT inside dropped and added."""
    from sqlglot import exp

    others: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
        exp.Sum: (exp.Avg, exp.Max),
        exp.Avg: (exp.Sum, exp.Median),
        exp.Median: (exp.Avg,),
        exp.Min: (exp.Max,),
        exp.Max: (exp.Min,),
        exp.ArgMax: (exp.ArgMin,),
        exp.ArgMin: (exp.ArgMax,),
        exp.First: (exp.Last,),
        exp.Last: (exp.First,),
        exp.StddevSamp: (exp.StddevPop,),
        exp.StddevPop: (exp.StddevSamp,),
        exp.Variance: (exp.VariancePop,),
        exp.VariancePop: (exp.Variance,),
        exp.LogicalAnd: (exp.LogicalOr,),
        exp.LogicalOr: (exp.LogicalAnd,),
        exp.PercentileCont: (exp.PercentileDisc,),
        exp.PercentileDisc: (exp.PercentileCont,),
        exp.CountIf: (exp.Count,),
    }
    for kind in others.get(type(node), ()):
        yield become(kind)
    if not isinstance(node, exp.Sum | exp.Avg | exp.Count) or isinstance(node.this, exp.Star):
        return
    if not isinstance(node.this, exp.Distinct):
        yield put("this", exp.Distinct(expressions=[node.this.copy()]))
    elif len(node.this.expressions) == 1:
        yield put("this", node.this.expressions[0])


def function(node: exp.Expr) -> Iterator[Edit]:
    """Leave out TRIM, LOWER, ROUND, …; FLOOR ↔ CEIL, GREATEST ↔ LEAST."""
    from sqlglot import exp

    dropped = (exp.Trim, exp.Lower, exp.Upper, exp.Abs, exp.Round, exp.Floor, exp.Ceil)
    if isinstance(node, dropped):
        yield part("this")
    others: dict[type[exp.Expr], type[exp.Expr]] = {
        exp.Floor: exp.Ceil,
        exp.Ceil: exp.Floor,
        exp.Greatest: exp.Least,
        exp.Least: exp.Greatest,
    }
    kind = others.get(type(node))
    if kind:
        yield become(kind, "this", "expressions")


def case(node: exp.Expr) -> Iterator[Edit]:
    """Swap neighbouring branches, leave one out, leave ELSE out; swap the results of IF."""
    from sqlglot import exp

    if isinstance(node, exp.Case):
        branches = node.args["ifs"]
        for index in range(len(branches) - 1):

            def swap(old: exp.Expr, i: int = index) -> None:
                ifs = list(old.args["ifs"])
                ifs[i], ifs[i + 1] = ifs[i + 1], ifs[i]
                old.set("ifs", ifs)

            yield Edit(swap, f"branches {index + 1} and {index + 2} of CASE swapped")
        for index in range(len(branches) if len(branches) > 1 else 0):
            yield without("ifs", index)
        if node.args.get("default") is not None:
            yield put("default", None)
    elif isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
        true, false = node.args["true"], node.args.get("false")
        if false is not None:
            yield Edit(
                lambda old: exp.If(this=old.this.copy(), true=false.copy(), false=true.copy())
            )


def date_part(node: exp.Expr) -> Iterator[Edit]:
    """Another unit, another length of an interval, another way to count days of the week."""
    from sqlglot import exp

    unit = node.args.get("unit")
    if isinstance(unit, exp.Var) and not isinstance(node, exp.Extract):
        other = _UNITS.get(unit.name.upper().rstrip("S"))
        if other:
            yield put("unit", exp.var(other))
    if isinstance(node, exp.Interval) and isinstance(node.this, exp.Literal):
        count = str(node.this.this)
        for other in (str(int(count) + 1), str(int(count) - 1)) if count.isdigit() else ():
            yield put("this", exp.Literal.string(other))
    if isinstance(node, exp.Extract):
        other = _UNITS.get(node.name.upper())
        if other:
            yield put("this", exp.var(other))
    if isinstance(node, exp.Anonymous) and node.name.lower() in ("date_part", "datepart"):
        other = _UNITS.get(node.expressions[0].name.upper())
        if other:

            def swap(old: exp.Expr) -> None:
                old.expressions[0].replace(exp.Literal.string(other.lower()))

            yield Edit(swap)
    others: dict[type[exp.Expr], type[exp.Expr]] = {
        exp.DayOfWeekIso: exp.DayOfWeek,
        exp.DayOfWeek: exp.DayOfWeekIso,
        exp.Year: exp.Month,
        exp.Month: exp.Day,
        exp.Day: exp.Month,
        exp.DayOfYear: exp.Day,
    }
    kind = others.get(type(node))
    if kind:
        yield become(kind, "this")


OPERATORS = (comparison, arithmetic, constant, aggregate, function, case, date_part)
