"""Dates to text and back, by formats of trusted signs only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.dates import as_timestamp, check_moment, plain
from pytest_prep.judging.dialects.tree import Context, Rule, duck, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

#: What a format may hold, once sqlglot has made strftime's signs of it.
_FORMATS: dict[str, str] = {
    "postgres": "YmdHMSy",
    "mysql": "YmdHMSyjBbAa",
    "sqlite": "YmdHMSjw",
    "snowflake": "YmdHMSy",
    "bigquery": "YmdHMSyjBbAa",
    "spark": "YmdHMSy",
    "hive": "YmdHMSy",
    "trino": "YmdHMSyjBbAa",
    "tsql": "YmdHMSAB",
}
_SNOWFLAKE_SIGNS = {
    "YYYY": "%Y",
    "YY": "%y",
    "MM": "%m",
    "DD": "%d",
    "HH24": "%H",
    "MI": "%M",
    "SS": "%S",
}


def formatted(node: exp.TimeToStr, context: Context) -> exp.Expr | None:
    """Write a date in a format of trusted signs only."""
    text = text_literal(node.args.get("format"))
    if text is None:
        refuse(node, "a format out of data")
    check_format(node, text, context)
    check_moment(node.this, context)
    return duck("strftime(:x, :f)", x=as_timestamp(node.this), f=plain_format(text))


def written(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Write a date in a format of Snowflake's."""
    text = text_literal(node.args.get("format"))
    if context.dialect != "snowflake" or node.args.get("format") is None:
        return None
    parts = re.split("(YYYY|YY|MM|DD|HH24|MI|SS)", (text or "?").upper())
    sign = "".join(_SNOWFLAKE_SIGNS.get(part, part) for part in parts)
    check_format(node, sign if text else "%?", context)
    check_moment(node.this, context)
    return duck("strftime(:x, :f)", x=as_timestamp(node.this), f=sign)


def plain_format(text: str) -> str:
    """Return a format without the marks by which sqlglot keeps padded signs apart."""
    return re.sub(r"(%\w)strict", r"\1", text)


def check_format(node: exp.Expr, text: str, context: Context) -> None:
    """Refuse a format with signs that are not known to give the same letters.

    Raises:
        NotSupported: it has one.
    """
    left = text = plain_format(text)
    for sign in _FORMATS[context.dialect]:
        left = left.replace(f"%{sign}", "")
    left = left.replace("%-d", "").replace("%-m", "") if context.dialect == "mysql" else left
    if re.search(r"[A-Za-z%\"\\]", left):
        refuse(node, "a format with signs that are not known to read the same")


def parsed(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Read a date by a format."""
    text = text_literal(node.args.get("format"))
    if text is None:
        if type(node).__name__ in ("TsOrDsToDate", "TsOrDsToTimestamp", "TimeStrToTime", "Date"):
            return _as_moment(node, context)
        refuse(node, "a date out of text without a format")
    check_format(node, text, context)
    text = plain_format(text)
    if not {*re.findall(r"%(\w)", text)} <= {*"YmdHMS"}:
        refuse(node, "a date out of text with names or short years")
    to_date = type(node).__name__ in ("StrToDate", "TsOrDsToDate") and not (
        context.dialect == "mysql" and re.search("%[HMS]", text)
    )
    lenient = context.dialect in ("mysql", "spark", "hive")
    read = "try_strptime(:x, :f)" if lenient else "strptime(:x, :f)"
    whole = duck(read, x=node.this, f=text)
    return duck("CAST(:x AS DATE)", x=whole) if to_date else whole


def _as_moment(node: exp.Expr, context: Context) -> exp.Expr:
    if node.args.get("expressions") or node.args.get("zone"):
        refuse(node, "a date out of parts or of another time zone")
    check_moment(node.this, context)
    day = type(node).__name__ in ("TsOrDsToDate", "Date")
    return duck(f"CAST(:x AS {'DATE' if day else 'TIMESTAMP'})", x=plain(node.this))


RULES: dict[str, list[Rule]] = {
    **{
        name: [parsed]
        for name in (
            "StrToDate",
            "StrToTime",
            "TsOrDsToDate",
            "TsOrDsToTimestamp",
            "TimeStrToTime",
            "Date",
        )
    },
    "TimeToStr": [formatted],
    "ToChar": [written],
}
