"""Text: letter case, LIKE, and pieces of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.dates import MOMENTS
from pytest_prep.judging.dialects.tree import (
    Context,
    Rule,
    duck,
    kind,
    refuse,
    text_literal,
    whole_literal,
)

if TYPE_CHECKING:
    from sqlglot import exp

#: The collation under which = and the rest ignore case, as each server's default does.
COLLATIONS = {"mysql": "NOCASE.NOACCENT", "tsql": "NOCASE"}
#: A backslash in LIKE's pattern takes the next sign as it is, without ESCAPE.
_BACKSLASH_LIKE = ("postgres", "mysql", "spark", "hive", "bigquery")


def collated(tree: exp.Expr, context: Context) -> None:
    """Let every text column ignore case: DuckDB carries a collation through a whole query."""
    from sqlglot import exp, parse_one

    collation = COLLATIONS.get(context.dialect)
    if collation is None:
        return
    used = {column.name.lower() for column in tree.find_all(exp.Column)}
    for table in list(tree.find_all(exp.Table)):
        texts = [name for name in table.meta.get("texts", ()) if name in used]
        if not texts:
            continue
        columns = ", ".join(f'"{name}" COLLATE {collation} AS "{name}"' for name in texts)
        source = parse_one(f'SELECT * REPLACE ({columns}) FROM "{table.name}"', read="duckdb")
        for key in ("joins", "laterals", "pivots"):
            if table.args.get(key):
                refuse(table, "joins in parentheses")
        table.replace(exp.Subquery(this=source, alias=table.args.get("alias")))


def comparison(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Let a comparison of texts that come from no column ignore case too."""
    from sqlglot import exp

    collation = COLLATIONS.get(context.dialect)
    if collation is None or kind(node.this) != "text":
        return None
    if context.dialect == "tsql":
        _without_blanks(node)
    if any(kind(column) == "text" for column in node.find_all(exp.Column)):
        return None
    node.this.replace(_with_collation(node.this, collation))
    return None


def _without_blanks(node: exp.Expr) -> None:
    """Compare texts without the blanks at their ends, which T-SQL leaves out."""
    from sqlglot import exp

    if not isinstance(node, exp.EQ | exp.NEQ | exp.In):
        return
    for part in [node.this, node.args.get("expression"), *node.expressions]:
        literal = text_literal(part)
        if literal is not None:
            part.set("this", literal.rstrip(" "))
        elif isinstance(part, exp.Expr):
            part.replace(duck("rtrim(:x, ' ')", x=part))


def _with_collation(node: exp.Expr, collation: str) -> exp.Expr:
    return duck(f":x COLLATE {collation}", x=node)


def like(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Compare with a pattern: case, the escape sign, T-SQL's brackets."""
    from sqlglot import exp

    name, pattern = context.dialect, text_literal(node.expression)
    escaped = isinstance(node.parent, exp.Escape)
    if name == "tsql" and (pattern is None or "[" in pattern):
        refuse(node, "LIKE with [ ] or with a pattern out of data")
    if name == "sqlite":
        if kind(node.this) in (*MOMENTS, "whole"):
            node.this.replace(duck("CAST(:x AS VARCHAR)", x=node.this))
        if pattern is None or not pattern.isascii():
            refuse(node, "LIKE: SQLite ignores the case of English letters only")
        negate = node.args.get("negate")
        return exp.ILike(this=node.this, expression=node.expression, negate=negate)
    if name in COLLATIONS and not any(kind(c) == "text" for c in node.find_all(exp.Column)):
        node.this.replace(_with_collation(node.this, COLLATIONS[name]))
    if name in _BACKSLASH_LIKE and not escaped and (pattern is None or "\\" in pattern):
        plain = node.copy()
        return exp.paren(exp.Escape(this=plain, expression=exp.Literal.string("\\")))
    return None


def substring(node: exp.Substring, context: Context) -> exp.Expr | None:
    """Cut a piece out of text: starts at or before 0 differ."""
    text, start, length = node.this, node.args.get("start"), node.args.get("length")
    if kind(text) in MOMENTS and context.dialect == "sqlite":
        text = duck("CAST(:x AS VARCHAR)", x=text)
    elif kind(text) != "text":
        refuse(node, "SUBSTRING of what is not known to be text")
    if start is None or kind(start) == "text":
        refuse(node, "SUBSTRING with a pattern")
    given: dict[str, exp.Expr] = {"x": text, "s": start}
    if length is not None:
        given["n"] = length
        if (whole_literal(length) or 0) < 0:
            refuse(node, "SUBSTRING of a negative length")
    first = whole_literal(start)
    if first is None or first < 1:
        return _unusual_substring(node, given, first, context.dialect)
    return duck(_piece(given), **given)


def _piece(given: dict[str, exp.Expr]) -> str:
    return "substring(:x, :s, :n)" if "n" in given else "substring(:x, :s)"


def _unusual_substring(
    node: exp.Expr, given: dict[str, exp.Expr], first: int | None, dialect: str
) -> exp.Expr:
    """Cut from a start that is, or may be, 0 or less; ``first`` is None where data tells."""
    piece = _piece(given)
    if dialect in ("postgres", "tsql"):
        count = ", greatest(:n - greatest(1 - :s, 0), 0)" if "n" in given else ""
        return duck(f"substring(:x, greatest(:s, 1){count})", **given)
    if dialect in ("mysql", "trino"):
        empty = "CASE WHEN :s = 0 OR -:s > length(:x) THEN '' ELSE"
        return duck(f"{empty} {piece} END", **given)
    if dialect == "hive":
        given["s"] = duck("CASE WHEN :s = 0 THEN 1 ELSE :s END", s=given["s"])
        return duck(f"CASE WHEN -:s > length(:x) THEN '' ELSE {piece} END", **given)
    if dialect == "bigquery":
        inside = "CASE WHEN :s = 0 OR -:s > length(:x) THEN 1 ELSE :s END"
        given["s"] = duck(inside, s=given["s"], x=given["x"])
        return duck(piece, **given)
    if dialect == "sqlite" and not first:
        refuse(node, "SUBSTR from what may be 0")
    if dialect in ("sqlite", "spark"):
        given["s"] = duck("CASE WHEN :s = 0 THEN 1 ELSE :s END", s=given["s"])
        return duck(piece, **given)
    if first is None or first < 0:
        refuse(node, "SUBSTRING from what may be before the start; use RIGHT")
    given["s"] = whole(1)
    return duck(piece, **given)


def whole(value: int) -> exp.Expr:
    """Return a whole number as a literal."""
    from sqlglot import exp

    return exp.Literal.number(value)


def edge(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Take LEFT or RIGHT: a negative count means all but that many only in PostgreSQL."""
    count = whole_literal(node.expression)
    if kind(node.this) != "text" and not (
        context.dialect in ("mysql", "tsql", "snowflake") and kind(node.this) == "whole"
    ):
        refuse(node, "LEFT or RIGHT of what is not known to be text")
    if kind(node.this) == "whole":
        node.this.replace(duck("CAST(:x AS VARCHAR)", x=node.this))
    if context.dialect == "postgres" or (count is not None and count >= 0):
        return None
    if context.dialect in ("bigquery", "tsql"):
        guard = "CASE WHEN :n < 0 THEN error('negative length') ELSE :n END"
        node.expression.replace(duck(guard, n=node.expression))
    else:
        node.expression.replace(duck("greatest(:n, 0)", n=node.expression))
    return None


def length(node: exp.Length, context: Context) -> exp.Expr | None:
    """Count characters, or bytes in MySQL; T-SQL leaves blanks at the end out."""
    name, given = context.dialect, kind(node.this)
    as_text = {"sqlite": (*MOMENTS, "whole"), "postgres": (), "bigquery": (), "trino": ()}
    if given in as_text.get(name, ("whole",)):
        node.this.replace(duck("CAST(:x AS VARCHAR)", x=node.this))
    elif given != "text":
        refuse(node, "the length of what is not known to be text")
    if name == "mysql" and node.args.get("binary"):
        return duck("strlen(:x)", x=node.this)
    if name == "tsql":
        return duck("length(rtrim(:x, ' '))", x=node.this)
    return None


def position(node: exp.StrPosition, context: Context) -> exp.Expr | None:
    """Find text in text; where text has no case, there neither."""
    if node.args.get("occurrence"):
        refuse(node, "the position of a later occurrence")
    if context.dialect in COLLATIONS:
        for part in (node.this, node.args["substr"]):
            part.replace(duck("lower(:x)", x=part))
    return None


def replace(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Replace text: T-SQL finds it in any case."""
    if context.dialect == "tsql":
        found = text_literal(node.expression)
        if found is None or found.lower() != found.upper():
            refuse(node, "REPLACE of letters: T-SQL ignores case")
    return None


def padded(node: exp.Pad, context: Context) -> exp.Expr | None:
    """Pad text; numbers are padded as text."""
    if kind(node.this) == "whole":
        node.this.replace(duck("CAST(:x AS VARCHAR)", x=node.this))
    elif kind(node.this) != "text":
        refuse(node, "padding of what is not known to be text")
    return None


def middle(node: exp.Anonymous, context: Context) -> exp.Expr | None:
    """MID is MySQL's SUBSTRING."""
    from sqlglot import exp

    text, start, count = [*node.expressions, None][:3]
    piece = exp.Substring(this=text, start=start, length=count)
    return substring(piece, context)


def substring_index(node: exp.Expr, context: Context) -> exp.Expr:
    """Take the text before the n-th separator, or after the n-th from the end."""
    text, separator, count = node.this, node.args["delimiter"], node.args["count"]
    number = whole_literal(count)
    if number is None or number == 0:
        refuse(node, "SUBSTRING_INDEX with a count out of data")
    part = f"[1:{number}]" if number > 0 else f"[{number}:]"
    return duck(f"array_to_string(string_split(:x, :d){part}, :d)", x=text, d=separator)


def find_in_set(node: exp.Anonymous, context: Context) -> exp.Expr:
    """Find text in a list with commas."""
    needle, hay = node.expressions
    return duck(
        "CASE WHEN :n IS NOT NULL AND :h IS NOT NULL THEN "
        "coalesce(list_position(string_split(lower(:h), ','), lower(:n)), 0) END",
        n=needle,
        h=hay,
    )


def field(node: exp.Anonymous, context: Context) -> exp.Expr:
    """Number the first of the further arguments that equals the first one."""
    from sqlglot import exp

    first, *others = node.expressions
    if any(text_literal(other) is None for other in others) or kind(first) != "text":
        refuse(node, "FIELD of anything but texts")
    case = exp.Case()
    for number, other in enumerate(others, start=1):
        test = duck("lower(:a) = lower(:b)", a=first, b=other).unnest()
        case = case.when(test, whole(number), copy=False)
    return case.else_(whole(0), copy=False)


RULES: dict[str, list[Rule]] = {
    **{name: [comparison] for name in ("EQ", "NEQ", "GT", "GTE", "LT", "LTE", "In", "Between")},
    "NullSafeEQ": [comparison],
    "Like": [like],
    "Substring": [substring],
    "Left": [edge],
    "Right": [edge],
    "Length": [length],
    "StrPosition": [position],
    "Replace": [replace],
    "Pad": [padded],
    "SubstringIndex": [substring_index],
}
CALLS: dict[str, Rule] = {
    "MID": middle,
    "FIND_IN_SET": find_in_set,
    "FIELD": field,
}
