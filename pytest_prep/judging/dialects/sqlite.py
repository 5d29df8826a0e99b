"""SQLite's date functions, whose dates are texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.dates import MOMENTS, check_moment
from pytest_prep.judging.dialects.tree import Context, Rule, duck, kind, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

_SHIFT = re.compile(r"([+-]?\d+) (year|month|day|hour|minute|second)s?")
_START = re.compile(r"start of (year|month|day)")


def date(node: exp.Anonymous, context: Context) -> exp.Expr:
    """DATE(moment, modifier, …)."""
    return duck("CAST(:x AS DATE)", x=_moved(node))


def datetime(node: exp.Anonymous, context: Context) -> exp.Expr:
    """DATETIME(moment, modifier, …)."""
    return _moved(node)


def julian_day(node: exp.Anonymous, context: Context) -> exp.Expr:
    """JULIANDAY(moment, modifier, …): days since noon on a day in 4714 BC."""
    return duck("epoch(:x) / 86400.0 + 2440587.5", x=_moved(node))


def _moved(node: exp.Anonymous) -> exp.Expr:
    """Return the moment with its modifiers applied, one by one."""
    if not node.expressions:
        refuse(node, "the date of today")
    first, *modifiers = node.expressions
    check_moment(first, Context("sqlite"))
    moment = duck("CAST(:x AS TIMESTAMP)", x=first)
    for modifier in modifiers:
        moment = _modified(moment, modifier)
    return moment


def _modified(moment: exp.Expr, modifier: exp.Expr) -> exp.Expr:
    text = (text_literal(modifier) or "").strip().lower()
    if start := _START.fullmatch(text):
        return duck(f"date_trunc('{start[1]}', :x)", x=moment)
    shift = _SHIFT.fullmatch(text)
    if not shift:
        refuse(modifier, f"the modifier {text!r} of a date")
    count, unit = int(shift[1]), shift[2]
    if unit in ("year", "month"):
        # A day that the month lacks runs over into the next one.
        return duck(
            f"date_trunc('month', :x) + to_{unit}s({count}) + (:x - date_trunc('month', :x))",
            x=moment,
        )
    return duck(f":x + to_{unit}s({count})", x=moment)


def comparison(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Compare dates as the texts they are in SQLite, where that is something else."""
    from sqlglot import exp

    if context.dialect != "sqlite":
        return None
    sides = [node.this, node.args.get("expression"), node.args.get("low"), node.args.get("high")]
    parts = [part for part in [*sides, *node.expressions] if isinstance(part, exp.Expr)]
    moments = [part for part in parts if kind(part) in MOMENTS]
    if not moments:
        return None
    width = {"date": 10, "timestamp": 19}
    widths = {width[kind(part)] for part in moments}
    widths |= {len(text) for part in parts if (text := text_literal(part)) is not None}
    if len(widths) > 1:
        for part in moments:
            part.replace(duck("CAST(:x AS VARCHAR)", x=part))
    return None


RULES: dict[str, list[Rule]] = {
    name: [comparison] for name in ("EQ", "NEQ", "GT", "GTE", "LT", "LTE", "In", "Between")
}
CALLS: dict[str, Rule] = {"DATE": date, "DATETIME": datetime, "JULIANDAY": julian_day}
