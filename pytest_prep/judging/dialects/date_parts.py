"""Parts of dates: EXTRACT and the like, names of days and months, starts of units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.dates import UNITS, as_timestamp, check_moment
from pytest_prep.judging.dialects.tree import Context, Rule, duck, kind, refuse

if TYPE_CHECKING:
    from sqlglot import exp

#: The parts that EXTRACT and the like may ask for, by the names sqlglot gives them.
_FIELDS = frozenset(("YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE"))
_MORE_FIELDS: dict[str, frozenset[str]] = {
    "postgres": frozenset(("DOW", "ISODOW", "DOY", "WEEK", "ISOYEAR", "EPOCH")),
    "mysql": frozenset(("SECOND",)),
    "snowflake": frozenset(("SECOND", "DAYOFWEEKISO")),
    "bigquery": frozenset(("SECOND", "ISOWEEK", "ISOYEAR", "DAYOFYEAR", "DAYOFWEEK")),
    "spark": frozenset(("DAYOFWEEK", "DOY", "WEEK")),
    "trino": frozenset(("SECOND", "DAY_OF_WEEK", "DOW", "DOY", "WEEK", "DAY_OF_YEAR")),
    "tsql": frozenset(("SECOND", "DAYOFYEAR", "DAYOFWEEK")),
}
#: DuckDB's function for a part, where it has another name.
_PART_FUNCTIONS = {
    "DAYOFWEEKISO": "isodow",
    "ISOWEEK": "week",
    "DAY_OF_YEAR": "dayofyear",
    "DOY": "dayofyear",
    "DOW": "dayofweek",
}
_UNIT_NAMES = {
    "ISOWEEK": "WEEK",
    "MM": "MONTH",
    "MON": "MONTH",
    "YYYY": "YEAR",
    "YY": "YEAR",
    "Q": "QUARTER",
}


def extract(node: exp.Extract, context: Context) -> exp.Expr | None:
    """Read a part of a date."""
    part = node.this.name.upper()
    moment = node.expression
    if type(node.this).__name__ == "WeekStart":
        refuse(node, "the number of the week: weeks are numbered otherwise there")
    if part not in _FIELDS | _MORE_FIELDS.get(context.dialect, frozenset()):
        if context.dialect in ("postgres", "spark") and part == "SECOND":
            return duck("epoch(:x) % 60", x=as_timestamp(moment))
        refuse(node, f"the part {part} of a date")
    if context.dialect == "postgres" and kind(moment) == "interval":
        if part == "EPOCH":
            return duck("epoch(:x)", x=moment)
        refuse(node, f"the part {part} of an interval")
    if context.dialect == "postgres" and _is_age(moment) and part in ("YEAR", "MONTH", "DAY"):
        return None
    check_moment(moment, context)
    moment = as_timestamp(moment)
    if context.dialect in ("bigquery", "spark", "tsql") and part == "DAYOFWEEK":
        return duck("dayofweek(:x) + 1", x=moment)
    if context.dialect == "trino" and part in ("DAY_OF_WEEK", "DOW"):
        return duck("isodow(:x)", x=moment)
    return duck(f"{_PART_FUNCTIONS.get(part, part.lower())}(:x)", x=moment)


def _is_age(node: exp.Expr) -> bool:
    return type(node).__name__ == "Anonymous" and node.name.upper() == "AGE"


def week_day(node: exp.Expr, context: Context) -> exp.Expr:
    """Number the day of the week: from Sunday as 1, in Snowflake from Sunday as 0."""
    check_moment(node.this, context)
    moment = as_timestamp(node.this)
    if context.dialect == "trino":
        return duck("isodow(:x)", x=moment)
    return duck(
        "dayofweek(:x)" if context.dialect == "snowflake" else "dayofweek(:x) + 1", x=moment
    )


def week_day_from_monday(node: exp.Anonymous, context: Context) -> exp.Expr:
    """Number the day of the week from Monday as 0."""
    moment = node.expressions[0] if node.expressions else node.this
    check_moment(moment, context)
    return duck("isodow(:x) - 1", x=as_timestamp(moment))


def field(node: exp.Expr, context: Context) -> exp.Expr:
    """Read a part of a date by the function of that name."""
    check_moment(node.this, context)
    names = {"DayOfMonth": "day", "DayOfYear": "dayofyear", "WeekOfYear": "week"}
    name = names.get(type(node).__name__, type(node).__name__.lower())
    return duck(f"{name}(:x)", x=as_timestamp(node.this))


def name_of_day(node: exp.Expr, context: Context) -> exp.Expr:
    """Name the day or month: short in Snowflake."""
    check_moment(node.this, context)
    day = type(node).__name__ == "Dayname"
    sign = ("%a" if day else "%b") if context.dialect == "snowflake" else ("%A" if day else "%B")
    return duck(f"strftime(:x, '{sign}')", x=as_timestamp(node.this))


def truncated(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Cut a date to the start of its unit."""
    check_moment(node.this, context)
    unit = node.args["unit"]
    word = unit.name.upper()
    if type(unit).__name__ == "WeekStart":
        if word == "SUNDAY":
            x = as_timestamp(node.this)
            sunday = duck("date_trunc('day', :x) - to_days(CAST(dayofweek(:x) AS INTEGER))", x=x)
            return duck("CAST(:s AS DATE)", s=sunday) if kind(node) == "date" else sunday
        if word != "MONDAY":
            refuse(node, "weeks from another day than Sunday or Monday")
        word = "WEEK"
    word = _UNIT_NAMES.get(word, word)
    if word not in UNITS:
        refuse(node, f"a date cut to {word}")
    if context.dialect == "tsql":
        refuse(node, "DATETRUNC: weeks and types differ")
    cut = duck(f"date_trunc('{word.lower()}', :x)", x=as_timestamp(node.this))
    return duck("CAST(:c AS DATE)", c=cut) if kind(node) == "date" else cut


_FIELD_NODES = "Year Quarter Month Day Hour Minute Second DayOfMonth DayOfYear WeekOfYear"
RULES: dict[str, list[Rule]] = {
    **{name: [field] for name in _FIELD_NODES.split()},
    "Extract": [extract],
    "DayOfWeek": [week_day],
    "Dayname": [name_of_day],
    "Monthname": [name_of_day],
    "TimestampTrunc": [truncated],
    "DateTrunc": [truncated],
}
CALLS: dict[str, Rule] = {"WEEKDAY": week_day_from_monday}
