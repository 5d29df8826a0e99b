"""Types of expressions: sqlglot's, with what it knows wrongly or not for certain taken out.

Whether ``a / b`` keeps its fraction hangs on these types in four dialects, so a type that is not
certain is unknown here, and what depends on it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytest_prep.judging.dialects.tree import kind

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.schema import MappingSchema

#: Functions, by sqlglot's names, that yield whole numbers in every dialect that has them.
_WHOLE = """
    ArraySize Ascii BitLength Count CountIf DateDiff DatetimeDiff Day DayOfMonth DayOfWeek
    DayOfWeekIso DayOfYear DenseRank Hour Length Levenshtein Minute Month Ntile Quarter Rank
    RowNumber Second StrPosition TimestampDiff Unicode UnixDate Week WeekOfYear Year
"""
_TEXTS = """
    Substring Left Right Replace Reverse Pad SplitPart SubstringIndex RegexpReplace RegexpExtract
    TimeToStr Repeat Stuff
"""
_MOMENTS = "TsOrDsToTimestamp TimeStrToTime StrToTime"
_DAYS = "TsOrDsToDate AddMonths LastDay StrToDate Date"
#: Calls that sqlglot has no name for.
_CALLS = {
    "DATE": "date",
    "DATETIME": "timestamp",
    "JULIANDAY": "double",
    "TOTAL": "double",
    "WEEKDAY": "whole",
    "FIELD": "whole",
    "FIND_IN_SET": "whole",
    "MID": "text",
}
#: Engines whose DATE_TRUNC leaves a date a date.
_DATE_TRUNC_KEEPS = ("snowflake", "bigquery", "trino")
#: Literals with a point are exact numbers, save where every fraction is a double.
_DOUBLE_LITERALS = ("sqlite", "bigquery")
#: Whole numbers divided by whole numbers are doubles, not decimals.
_DOUBLE_QUOTIENTS = ("sqlite", "bigquery", "spark", "hive", "trino")

_Annotate = Callable[[Any, "exp.Expr"], "exp.Expr"]


def metadata(dialect: str) -> dict[type[exp.Expr], dict[str, Any]]:
    """Return sqlglot's table of types for a dialect, corrected."""
    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect

    kinds = exp.DType
    table: dict[Any, dict[str, Any]] = dict(Dialect.get_or_raise(dialect).EXPRESSION_METADATA)
    for node, facts in list(table.items()):
        whole = facts.get("returns") in exp.DataType.INTEGER_TYPES
        if issubclass(node, exp.Func) and whole and node.__name__ not in _WHOLE.split():
            table[node] = {"returns": kinds.UNKNOWN}
    for names, kind_of in (
        (_TEXTS, kinds.VARCHAR),
        (_MOMENTS, kinds.TIMESTAMP),
        (_DAYS, kinds.DATE),
        (_WHOLE, kinds.BIGINT),
    ):
        table.update({getattr(exp, name): {"returns": kind_of} for name in names.split()})
    for node in (exp.RegexpLike, exp.RegexpILike, exp.Escape, exp.Glob):
        table[node] = {"returns": kinds.BOOLEAN}

    def typed(*nodes: Any, by: Callable[[exp.Expr], str]) -> None:
        """Let ``by`` name the type of these nodes (see :func:`_type_named`)."""

        def annotate(annotator: Any, node: exp.Expr) -> exp.Expr:
            annotator._set_type(node, _type_named(by(node)))
            return node

        table.update({node: {"annotator": annotate} for node in nodes})

    typed(exp.Literal, by=lambda n: _literal(n, dialect))
    typed(exp.Add, exp.Sub, exp.Mul, exp.Mod, by=lambda n: _arithmetic(n, dialect))
    typed(exp.Div, by=lambda n: _quotient(n, dialect))
    typed(exp.Neg, exp.Min, exp.Max, exp.Abs, exp.Lag, exp.Lead, by=lambda n: kind(n.this))
    typed(
        exp.Coalesce,
        exp.Greatest,
        exp.Least,
        by=lambda n: common([n.this, *n.expressions], dialect),
    )
    typed(exp.If, by=lambda n: common([n.args["true"], n.args.get("false")], dialect))
    typed(
        exp.Case,
        by=lambda n: common(
            [*(i.args["true"] for i in n.args["ifs"]), n.args.get("default")], dialect
        ),
    )
    typed(exp.Sum, by=lambda n: "whole" if kind(n.this) == "boolean" else kind(n.this))
    typed(exp.Avg, by=lambda n: _average(n, dialect))
    typed(exp.Round, exp.Ceil, exp.Floor, exp.Trunc, by=lambda n: _rounded(n, dialect))
    typed(exp.Pow, by=lambda n: kind(n.this) if dialect == "tsql" else "double")
    typed(
        exp.Stddev,
        exp.StddevPop,
        exp.StddevSamp,
        exp.Variance,
        exp.VariancePop,
        by=lambda n: "decimal" if dialect == "postgres" and kind(n.this) != "double" else "double",
    )
    typed(exp.Anonymous, by=lambda n: _CALLS.get(n.name.upper(), ""))
    typed(exp.DateTrunc, by=lambda n: "date" if kind(n.this) == "date" else "timestamp")
    keeps = dialect in _DATE_TRUNC_KEEPS
    typed(
        exp.TimestampTrunc, by=lambda n: "date" if keeps and kind(n.this) == "date" else "timestamp"
    )
    typed(exp.DateAdd, exp.DateSub, by=_shifted)
    typed(exp.TsOrDsAdd, by=lambda n: "date")
    for node in (exp.Split, exp.RegexpSplit, exp.StringToArray):
        table[node] = {"annotator": _list_of(lambda n: "text")}
    table[exp.GenerateSeries] = {"annotator": _list_of(_series)}
    table[exp.GenerateDateArray] = {"annotator": _list_of(lambda n: "date")}
    table[exp.ArrayAgg] = {"annotator": _list_of(lambda n: kind(n.this))}
    typed(exp.Extract, by=lambda n: "decimal" if dialect == "postgres" else "whole")
    return table


def _list_of(by: Callable[[exp.Expr], str]) -> _Annotate:
    """Return an annotator for lists, of whose elements ``by`` names the type."""

    def annotate(annotator: Any, node: exp.Expr) -> exp.Expr:
        from sqlglot import exp

        element = _type_named(by(node)).into_expr()
        listed = exp.DataType(this=exp.DType.ARRAY, expressions=[element], nested=True)
        annotator._set_type(node, listed)
        return node

    return annotate


def _series(node: exp.Expr) -> str:
    """DuckDB's series of dates is one of timestamps."""
    start = kind(node.args.get("start"))
    return "timestamp" if start == "date" else start


def _type_named(name: str) -> exp.DType:
    """Return sqlglot's type for one of the names of :func:`kind`."""
    from sqlglot import exp

    kinds = exp.DType
    return {
        "whole": kinds.BIGINT,
        "decimal": kinds.DECIMAL,
        "double": kinds.DOUBLE,
        "text": kinds.VARCHAR,
        "date": kinds.DATE,
        "timestamp": kinds.TIMESTAMP,
        "boolean": kinds.BOOLEAN,
        "interval": kinds.INTERVAL,
        "null": kinds.NULL,
    }.get(name, kinds.UNKNOWN)


def common(nodes: list[exp.Expr | None], dialect: str) -> str:
    """Return the kind of a value that comes from one of ``nodes``; unknown where they differ."""
    kinds = {kind(node) for node in nodes if node is not None} - {"null"}
    if len(kinds) == 1:
        return kinds.pop()
    if dialect == "sqlite" or "" in kinds:
        # SQLite decides row by row.
        return ""
    for numbers, name in (
        ({"whole", "decimal"}, "decimal"),
        ({"whole", "decimal", "double"}, "double"),
        ({"date", "timestamp"}, "timestamp"),
    ):
        if kinds <= numbers:
            return name
    return ""


def _literal(node: exp.Expr, dialect: str) -> str:
    if node.is_string:
        return "text"
    if node.is_int:
        return "whole"
    exponent = "e" in node.name.lower()
    return "double" if exponent or dialect in _DOUBLE_LITERALS else "decimal"


def _arithmetic(node: exp.Expr, dialect: str) -> str:
    left, right = kind(node.this), kind(node.expression)
    sides = {"whole" if side == "boolean" else side for side in (left, right)}
    moments = sides & {"date", "timestamp"}
    if "null" in sides:
        return (sides - {"null"} or {"null"}).pop()
    if "interval" in sides:
        if not moments:
            return "interval" if sides <= {"interval", "whole"} else ""
        unit = node.expression.args.get("unit")
        hours = unit is None or unit.name.upper() in ("HOUR", "MINUTE", "SECOND")
        return (
            "date" if moments == {"date"} and dialect != "postgres" and not hours else "timestamp"
        )
    if moments:
        if left in moments and right in moments:
            return "whole" if left == right == "date" else "interval"
        return "date" if sides == {"date", "whole"} else ""
    if sides == {"text"} and dialect == "tsql":
        return "text"
    for names, name in (
        ({"whole"}, "whole"),
        ({"whole", "decimal"}, "decimal"),
        ({"whole", "decimal", "double"}, "double"),
    ):
        if sides <= names:
            return name
    return ""


def _quotient(node: exp.Expr, dialect: str) -> str:
    sides = {kind(node.this), kind(node.expression)} - {"null"}
    if "" in sides or not sides <= {"whole", "decimal", "double"}:
        return ""
    if "double" in sides:
        return "double"
    if sides == {"whole"}:
        whole = dialect in ("postgres", "sqlite", "trino", "tsql")
        return "whole" if whole else "double" if dialect in _DOUBLE_QUOTIENTS else "decimal"
    return "decimal"


def _average(node: exp.Expr, dialect: str) -> str:
    given = kind(node.this)
    if given in ("double", "") or dialect == "sqlite":
        return "double" if given else ""
    if given == "whole" and dialect == "tsql":
        return "whole"
    return "double" if given == "whole" and dialect in _DOUBLE_QUOTIENTS else "decimal"


def _rounded(node: exp.Expr, dialect: str) -> str:
    given = kind(node.this)
    if dialect == "sqlite" and type(node).__name__ == "Round":
        return "double"
    return "decimal" if dialect == "postgres" and given == "whole" else given


def _shifted(node: exp.Expr) -> str:
    """A date stays one unless hours or less are added."""
    unit = node.args.get("unit")
    small = unit is not None and unit.name.upper().rstrip("S") in ("HOUR", "MINUTE", "SECOND")
    return "date" if kind(node.this) == "date" and not small else "timestamp"


def mapping(tables: dict[str, dict[str, exp.DataType]], dialect: str) -> MappingSchema:
    """Return the kata's tables as sqlglot's schema."""
    from sqlglot import exp
    from sqlglot.schema import MappingSchema

    schema = MappingSchema(dialect=dialect)
    for name, columns in tables.items():
        schema.add_table(exp.to_table(name), dict(columns), dialect=dialect)
    return schema
