"""Regular expressions: only what RE2, which DuckDB uses, reads in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, refuse, text_literal

if TYPE_CHECKING:
    from sqlglot import exp

#: What RE2, which DuckDB uses, reads otherwise or not at all.
_FOREIGN_PATTERN = re.compile(r"\(\?[=!<]|\\[1-9<>]|\\[mMyYbB]|[*+?}]\+|\[\[:[<>]:\]\]")


def pattern(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Match a regular expression: only what RE2 reads in the same way."""
    check_pattern(node)
    if context.dialect == "mysql":
        return duck("regexp_matches(:x, :p, 'i')", x=node.this, p=node.expression)
    return None


def pattern_replaced(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Replace what a regular expression matches."""
    check_pattern(node)
    new = text_literal(node.args.get("replacement"))
    backslashes = context.dialect in ("postgres", "bigquery")
    if new is None or "$" in new or ("\\" in new and not backslashes):
        refuse(node, "a replacement with groups or out of data")
    if context.dialect == "mysql":
        given = {"x": node.this, "p": node.expression, "r": new}
        return duck("regexp_replace(:x, :p, :r, 'gi')", **given)
    return None


def pattern_extracted(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Take what a regular expression matches: Trino has NULL where nothing does."""
    check_pattern(node)
    if context.dialect == "trino":
        given = {"x": node.this, "p": node.expression, "e": node}
        return duck("CASE WHEN regexp_matches(:x, :p) THEN :e END", **given)
    return None


def check_pattern(node: exp.Expr) -> None:
    """Refuse a regular expression that RE2 may read otherwise.

    Raises:
        NotSupported: it may.
    """
    text = text_literal(node.expression)
    if text is None:
        refuse(node, "a regular expression out of data")
    if _FOREIGN_PATTERN.search(text):
        refuse(node, "a regular expression with lookaround, back references or word edges")


RULES: dict[str, list[Rule]] = {
    "RegexpLike": [pattern],
    "RegexpILike": [pattern],
    "RegexpReplace": [pattern_replaced],
    "RegexpExtract": [pattern_extracted],
}
