"""What becomes text: the engines write doubles, truth values and moments in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.tree import Context, Rule, duck, kind, outermost, refuse

if TYPE_CHECKING:
    from sqlglot import exp

#: VARCHAR(n) in a cast cuts longer text.
_CUTTING_TEXT = ("postgres", "mysql", "tsql", "trino", "hive")


def into_text(node: exp.Cast, context: Context) -> exp.Expr | None:
    """Cast to text: numbers and truth values are written in many ways."""
    from sqlglot import exp

    if node.to.this not in exp.DataType.TEXT_TYPES:
        return None
    check_written(node, node.this, context)
    if not node.to.expressions:
        return None
    size = node.to.expressions[0].this
    fixed = node.to.this in (exp.DType.CHAR, exp.DType.NCHAR)
    if context.dialect not in _CUTTING_TEXT or (fixed and context.dialect != "mysql"):
        refuse(node, "a cast to text of a certain length")
    return duck(f"left(CAST(:x AS VARCHAR), {size})", x=node.this)


def joined(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Join texts, or a list of texts: what is joined must be written alike."""
    parts = node.expressions
    if type(node).__name__ == "ConcatWs" and len(parts) == 2 and is_list_of_texts(parts[1]):
        return duck("array_to_string(:l, :s)", l=parts[1], s=parts[0])
    for part in [node.this, *node.expressions, node.args.get("expression")]:
        if hasattr(part, "walk"):
            check_written(node, part, context)
    return None


def joined_rows(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Join the texts of rows: of none, Snowflake makes the empty text."""
    given = node.this
    while type(given).__name__ in ("Order", "Distinct", "Limit"):
        if type(given).__name__ == "Limit":
            refuse(node, "LIMIT in an aggregate")
        given = given.expressions[0] if type(given).__name__ == "Distinct" else given.this
    check_written(node, given, context)
    if context.dialect != "snowflake":
        return None
    place = outermost(node)
    if place is node:
        return duck("coalesce(:a, '')", a=node)
    place.replace(duck("coalesce(:a, '')", a=place))
    return None


def is_list_of_texts(node: exp.Expr) -> bool:
    """Tell whether ``node`` yields a list of texts."""
    from sqlglot import exp

    inner = node.this if type(node).__name__ == "ArraySort" else node
    if type(inner).__name__ in ("ArrayAgg", "ArrayUniqueAgg"):
        return kind(inner.this) == "text"
    if inner.type is None or inner.type.this is not exp.DType.ARRAY or not inner.type.expressions:
        return False
    return inner.type.expressions[0].this in exp.DataType.TEXT_TYPES


def check_written(node: exp.Expr, part: exp.Expr, context: Context) -> None:
    """Refuse to make text of a value that the dialect writes in another way.

    Raises:
        NotSupported: it does, or may.
    """
    given = kind(part)
    alike = ("text", "whole", "null", "date")
    if given in alike and not (given == "date" and context.dialect == "tsql"):
        return
    if given == "timestamp" and context.dialect in ("postgres", "mysql", "sqlite", "spark"):
        return
    computed = any(type(n).__name__ in ("Div", "Avg", "Round") for n in part.walk())
    if given == "decimal" and context.dialect in ("postgres", "mysql") and not computed:
        return
    words = {"": "what is not known to be text", "double": "a double", "boolean": "a truth value"}
    refuse(node, f"text out of {words.get(given, 'a ' + given)}: it is written in other ways there")


RULES: dict[str, list[Rule]] = {
    "Cast": [into_text],
    "TryCast": [into_text],
    "Concat": [joined],
    "ConcatWs": [joined],
    "DPipe": [joined],
    "GroupConcat": [joined_rows],
}
