"""Casts to numbers and truth values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, kind, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

#: A cast to a whole number cuts the fraction off; elsewhere it rounds.
_CUTTING_CASTS = ("sqlite", "spark", "hive", "tsql")
#: A cast of a double rounds 2.5 to 3; PostgreSQL, like DuckDB, to the even 2.
_ROUNDING_UP = ("snowflake", "bigquery", "trino")
#: Text that is no number casts to NULL, not to an error.
_LENIENT_CASTS = ("spark", "hive")
#: What DECIMAL without parameters is: digits and digits after the point.
_PLAIN_DECIMAL = {
    "mysql": (10, 0),
    "snowflake": (38, 0),
    "bigquery": (38, 9),
    "spark": (10, 0),
    "hive": (10, 0),
    "trino": (38, 0),
    "tsql": (18, 0),
}


def cast(node: exp.Cast, context: Context) -> exp.Expr | None:
    """Cast to a number as the dialect does."""
    from sqlglot import exp

    to, given = node.to, kind(node.this)
    if to.this in exp.DataType.INTEGER_TYPES:
        return _to_whole(node, given, context)
    if to.this in (exp.DType.DECIMAL, exp.DType.BIGDECIMAL):
        return _to_decimal(node, given, context)
    if to.this in (exp.DType.FLOAT, exp.DType.DOUBLE) and given == "text":
        _check_number_text(node, context)
    if to.this is exp.DType.FLOAT:
        # Where FLOAT has four bytes, eight are never less right for a learner's result.
        to.set("this", exp.DType.DOUBLE)
    if to.this is exp.DType.BOOLEAN and given not in ("boolean", "whole"):
        refuse(node, "a cast to BOOLEAN")
    return None


def _to_whole(node: exp.Cast, given: str, context: Context) -> exp.Expr | None:
    from sqlglot import exp

    name = context.dialect
    if given in ("", "date", "timestamp", "interval"):
        refuse(node, "a cast to a whole number of what may be a fraction or a date")
    if given == "text":
        _check_number_text(node, context)
        literal = text_literal(node.this)
        lenient = isinstance(node, exp.TryCast) or context.dialect in _LENIENT_CASTS
        if literal is not None and not lenient and not literal.strip().lstrip("+-").isdigit():
            refuse(node, f"{literal!r} as a whole number")
    as_type = node.to.sql("duckdb")
    if name in _LENIENT_CASTS and given == "text":
        inner = f"TRY_CAST(trunc(TRY_CAST(:x AS DECIMAL(38, 6))) AS {as_type})"
        return duck(inner, x=node.this)
    if given not in ("decimal", "double"):
        if isinstance(node, exp.TryCast):
            return None
        return duck(f"CAST(:x AS {as_type})", x=node.this)
    if name in _CUTTING_CASTS:
        return duck(f"CAST(trunc(:x) AS {as_type})", x=node.this)
    if name == "mysql" and given == "double":
        refuse(node, "a cast of a double to a whole number: rounds as the machine does")
    if name in _ROUNDING_UP:
        return duck(f"CAST(round(:x) AS {as_type})", x=node.this)
    return None


def _to_decimal(node: exp.Cast, given: str, context: Context) -> exp.Expr | None:
    if given == "text":
        _check_number_text(node, context)
    if context.dialect == "sqlite":
        refuse(node, "a cast to NUMERIC: SQLite may make a whole number of it")
    if context.dialect == "postgres" and not node.to.expressions:
        # numeric without parameters has as many digits as it needs: a double is nearest to it
        whole = given == "whole"
        return duck("CAST(:x AS DECIMAL(38, 0))" if whole else "CAST(:x AS DOUBLE)", x=node.this)
    digits = [str(p.this) for p in node.to.expressions]
    plain = _PLAIN_DECIMAL.get(context.dialect)
    if len(digits) < 2 and plain:
        digits = [digits[0] if digits else str(plain[0]), "0" if digits else str(plain[1])]
    if len(digits) < 2:
        digits = [*digits, "0"]
    if context.dialect in _LENIENT_CASTS and given == "text":
        return duck(f"TRY_CAST(:x AS DECIMAL({', '.join(digits)}))", x=node.this)
    name = type(node).__name__
    word = "TRY_CAST" if name == "TryCast" and given == "text" else "CAST"
    return duck(f"{word}(:x AS DECIMAL({', '.join(digits)}))", x=node.this)


def _check_number_text(node: exp.Cast, context: Context) -> None:
    from sqlglot import exp

    if context.dialect not in ("mysql", "sqlite"):
        return
    literal = text_literal(node.this)
    digits = literal is not None and literal.strip().lstrip("+-").isdigit()
    # the year, month or day out of a date: nothing but digits
    if not digits and not isinstance(node.this, exp.TimeToStr):
        refuse(node, "a cast of text to a number: what is no number becomes 0 there")


RULES: dict[str, list[Rule]] = {
    "Cast": [cast],
    "TryCast": [cast],
}
