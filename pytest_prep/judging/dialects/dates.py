"""Dates: differences, and arithmetic with units and intervals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, kind, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

MOMENTS = ("date", "timestamp")
UNITS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND")
_ISO = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
#: ``date - date`` is a number of days.
_DAYS_BETWEEN = ("postgres", "snowflake")
#: ``date + 1`` is the next day.
_PLUS_DAYS = ("postgres", "snowflake", "bigquery", "spark")


def is_iso(text: str) -> bool:
    """Tell whether ``text`` is a date or a moment as every engine reads it."""
    return _ISO.fullmatch(text) is not None


def check_moment(node: exp.Expr, context: Context) -> None:
    """Refuse what is not a date or a moment, or a text that not every engine reads.

    Raises:
        NotSupported: it is not.
    """
    node = plain(node)
    literal = text_literal(node)
    if literal is not None:
        if not is_iso(literal):
            refuse(node, f"the date {literal!r}; write 'YYYY-MM-DD'")
    elif kind(node) not in MOMENTS and not _is_cast_moment(node):
        refuse(node, "a date out of what is not known to be a date")


def _is_cast_moment(node: exp.Expr) -> bool:
    return type(node).__name__ in ("TsOrDsToDate", "TimeStrToTime", "TsOrDsToTimestamp", "Date")


def plain(node: exp.Expr) -> exp.Expr:
    """Return the moment inside sqlglot's own conversions."""
    from sqlglot import exp

    wrappers = (exp.TsOrDsToDate, exp.TsOrDsToTimestamp, exp.TimeStrToTime)
    while isinstance(node, wrappers) and kind(node.this) in (*MOMENTS, "text"):
        if isinstance(node, exp.TsOrDsToDate) and kind(node.this) != "date":
            break
        node = node.this
    return node


def as_timestamp(node: exp.Expr) -> exp.Expr:
    """Return a date or moment as a moment."""
    return duck("CAST(:x AS TIMESTAMP)", x=plain(node))


def difference(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Count units between two moments: borders crossed, or whole units passed."""
    unit = _unit(node)
    start, end = node.expression, node.this
    for part in (start, end):
        check_moment(part, context)
    if unit == "WEEK" and context.dialect not in ("snowflake", "trino"):
        refuse(node, "a difference in weeks: weeks start on other days there")
    name = type(node).__name__
    if unit == "WEEK" and context.dialect == "snowflake":
        # DuckDB's own count of weeks starts from a Thursday.
        return _bounded(
            "date_diff('day', date_trunc('week', :a), date_trunc('week', :b)) // 7", start, end
        )
    if context.dialect == "trino":
        return _bounded(f"date_sub('{unit.lower()}', :a, :b)", start, end)
    units = context.dialect == "spark" and node.args.get("unit") is not None
    if units or (name == "TimestampDiff" and context.dialect in ("mysql", "spark", "bigquery")):
        if unit in ("YEAR", "QUARTER", "MONTH"):
            return _whole_months(start, end, {"YEAR": 12, "QUARTER": 3, "MONTH": 1}[unit])
        return _bounded(f"date_sub('{unit.lower()}', :a, :b)", start, end)
    if context.dialect in ("mysql", "spark", "hive"):
        return duck("date_diff('day', CAST(:a AS DATE), CAST(:b AS DATE))", a=start, b=end)
    return _bounded(f"date_diff('{unit.lower()}', :a, :b)", start, end)


def _bounded(template: str, start: exp.Expr, end: exp.Expr) -> exp.Expr:
    return duck(template, a=as_timestamp(start), b=as_timestamp(end))


def _whole_months(start: exp.Expr, end: exp.Expr, months: int) -> exp.Expr:
    """Count the months passed: one less while the day and time of the start are not reached.

    MySQL and Spark never take the last day of a shorter month for the day that it lacks.
    """
    a, b = as_timestamp(start), as_timestamp(end)
    counted = duck(
        "CASE WHEN :b >= :a THEN date_diff('month', :a, :b) - CAST("
        "(:b - date_trunc('month', :b)) < (:a - date_trunc('month', :a)) AS INTEGER) "
        "ELSE date_diff('month', :a, :b) + CAST("
        "(:b - date_trunc('month', :b)) > (:a - date_trunc('month', :a)) AS INTEGER) END",
        a=a,
        b=b,
    )
    return counted if months == 1 else duck(f":m // {months}", m=counted)


def _unit(node: exp.Expr) -> str:
    unit = node.args.get("unit")
    name = "DAY" if unit is None else unit.name.upper()
    if type(unit).__name__ == "WeekStart":
        name = "WEEK"
    name = name.removesuffix("S") if name not in UNITS else name
    if name not in UNITS:
        refuse(node, f"the unit {name}")
    return name


def shifted(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Add to a date or take from it by a function."""
    unit = _unit(node)
    check_moment(node.this, context)
    sign = "-" if type(node).__name__ in ("DateSub", "TimestampSub", "DatetimeSub") else "+"
    given = node.expression
    if type(given).__name__ == "Interval":
        given = given.this
    count = text_literal(given)
    amount = duck(f"to_{unit.lower()}s(:n)", n=_number(node, given, count))
    base = plain(node.this)
    if type(node).__name__ == "TsOrDsAdd":
        base = duck("CAST(:x AS DATE)", x=base)
    elif unit in ("HOUR", "MINUTE", "SECOND") or kind(base) != "date":
        base = as_timestamp(base)
    word = "CAST(:x {} :i AS DATE)" if kind(node) == "date" else ":x {} :i"
    return duck(word.format(sign), x=base, i=amount)


def _number(node: exp.Expr, given: exp.Expr, text: str | None) -> exp.Expr:
    from sqlglot import exp

    if text is not None:
        if not re.fullmatch(r"-?\d+", text.strip()):
            refuse(node, f"an interval of {text!r}")
        return exp.Literal.number(int(text))
    if kind(given) == "whole" or isinstance(given.unnest(), exp.Neg):
        return given
    return refuse(node, "an interval whose length is not a whole number")


def arithmetic(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Check + and − with dates: days, intervals and what else the dialects make of them."""
    left, right = kind(node.this), kind(node.expression)
    name = context.dialect
    sides = {left, right}
    if not sides & {*MOMENTS, "interval"}:
        return None
    if "interval" in sides:
        if name in ("sqlite", "tsql"):
            refuse(node, "INTERVAL")
        if sides == {"interval"} and name != "postgres":
            refuse(node, "arithmetic of intervals")
        if "text" in sides or "" in sides:
            refuse(node, "an interval beside what is not known to be a date")
        return duck("CAST(:n AS DATE)", n=node) if kind(node) == "date" else None
    if left in MOMENTS and right in MOMENTS:
        days = left == right == "date"
        if not (name in _DAYS_BETWEEN and days) and name != "postgres":
            refuse(node, "a date minus a date; use the function for differences")
        return None
    if left == "date" and right == "whole" and name in _PLUS_DAYS:
        return duck("CAST(:n AS DATE)", n=node)
    return refuse(node, "arithmetic on dates without an interval")


def interval(node: exp.Interval, context: Context) -> exp.Expr | None:
    """Check an interval's unit; a bare one is no value that can be compared."""
    unit = node.args.get("unit")
    if unit is None:
        return None
    if type(unit).__name__ == "IntervalSpan":
        refuse(node, "an interval of two units")
    _unit(node)
    return None


def last_day(node: exp.LastDay, context: Context) -> exp.Expr:
    """Take the last day of the month."""
    unit = node.args.get("unit")
    if unit is not None and unit.name.upper() != "MONTH":
        refuse(node, f"the last day of the {unit.name.lower()}")
    check_moment(node.this, context)
    return duck("last_day(CAST(:x AS DATE))", x=plain(node.this))


def add_months(node: exp.AddMonths, context: Context) -> exp.Expr:
    """Add months; Hive and Snowflake keep the last day of a month the last day."""
    check_moment(node.this, context)
    day = duck("CAST(:x AS DATE)", x=plain(node.this))
    moved = duck("CAST(:d + to_months(:n) AS DATE)", d=day, n=node.expression)
    if context.dialect in ("hive", "snowflake"):
        return duck("CASE WHEN last_day(:d) = :d THEN last_day(:m) ELSE :m END", d=day, m=moved)
    return moved


def cast(node: exp.Cast, context: Context) -> exp.Expr | None:
    """Cast to a date or a moment."""
    from sqlglot import exp

    to, given = node.to.this, kind(node.this)
    moments = (
        exp.DType.DATE,
        exp.DType.TIMESTAMP,
        exp.DType.DATETIME,
        exp.DType.DATETIME2,
        exp.DType.TIMESTAMPNTZ,
        exp.DType.TIMESTAMPTZ,
        exp.DType.TIMESTAMPLTZ,
    )
    if to not in moments:
        return None
    if to in (exp.DType.TIMESTAMPTZ, exp.DType.TIMESTAMPLTZ):
        if context.dialect not in ("bigquery", "spark", "hive"):
            refuse(node, "a moment with a time zone")
        node.to.set("this", exp.DType.TIMESTAMP)
    if context.dialect == "sqlite":
        refuse(node, "a cast to a date: SQLite makes a number of it")
    literal = text_literal(node.this)
    if literal is not None and not is_iso(literal):
        refuse(node, f"the date {literal!r}; write 'YYYY-MM-DD'")
    if given not in (*MOMENTS, "text", "null"):
        refuse(node, "a cast to a date of what is not known to be a date")
    word = "DATE" if to is exp.DType.DATE else "TIMESTAMP"
    lenient = isinstance(node, exp.TryCast) or (
        context.dialect in ("spark", "hive", "mysql") and given == "text" and literal is None
    )
    return duck(f"{'TRY_CAST' if lenient else 'CAST'}(:x AS {word})", x=node.this)


def months_between(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Refuse fractions of months."""
    return refuse(node, "MONTHS_BETWEEN: months of 31 days with fractions")


RULES: dict[str, list[Rule]] = {
    **{name: [difference] for name in ("DateDiff", "TimestampDiff", "DatetimeDiff")},
    **{
        name: [shifted]
        for name in (
            "DateAdd",
            "DateSub",
            "TimestampAdd",
            "TimestampSub",
            "DatetimeAdd",
            "DatetimeSub",
            "TsOrDsAdd",
        )
    },
    "Add": [arithmetic],
    "Sub": [arithmetic],
    "Interval": [interval],
    "LastDay": [last_day],
    "AddMonths": [add_months],
    "MonthsBetween": [months_between],
    "Cast": [cast],
    "TryCast": [cast],
}
