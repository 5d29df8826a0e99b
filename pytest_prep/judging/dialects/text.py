"""Text: letter case, patterns, pieces of text, and what becomes text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.numbers import Rule
from pytest_prep.judging.dialects.tree import (
    Context,
    duck,
    kind,
    outermost,
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
#: A negative start of a SUBSTRING counts from the end.
_FROM_THE_END = ("mysql", "sqlite", "snowflake", "bigquery", "spark", "hive", "trino")
#: VARCHAR(n) in a cast cuts longer text.
_CUTTING_TEXT = ("postgres", "mysql", "tsql", "trino", "hive")
#: What RE2, which DuckDB uses, reads otherwise or not at all.
_FOREIGN_PATTERN = re.compile(r"\(\?[=!<]|\\[1-9<>]|\\[mMyYbB]|[*+?}]\+|\[\[:[<>]:\]\]")


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
        if kind(node.this) in ("date", "timestamp", "whole"):
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
    name, text, start = context.dialect, node.this, node.args.get("start")
    length = node.args.get("length")
    if kind(text) in ("date", "timestamp") and name == "sqlite":
        text = duck("CAST(:x AS VARCHAR)", x=text)
    elif kind(text) != "text":
        refuse(node, "SUBSTRING of what is not known to be text")
    if kind(start) == "text":
        refuse(node, "SUBSTRING with a pattern")
    piece = ":x, :s" if length is None else ":x, :s, :n"
    given: dict[str, exp.Expr] = {"x": text, "s": start or whole(1)}
    if length is not None:
        given["n"] = length
        if (whole_literal(length) or 0) < 0:
            refuse(node, "SUBSTRING of a negative length")
    first = whole_literal(start)
    if first is not None and first >= 1:
        return duck(f"substring({piece})", **given)
    if name in ("postgres", "tsql"):
        if length is None:
            return duck("substring(:x, greatest(:s, 1))", **given)
        return duck(
            "substring(:x, greatest(:s, 1), "
            "greatest(:n - greatest(1 - :s, 0), 0))", **given
        )
    if name == "sqlite":
        if first == 0 or first is None:
            refuse(node, "SUBSTR from what may be 0")
        return duck(f"substring({piece})", **given)
    if name == "spark" and first is not None and first < 0:
        return duck(f"substring({piece})", **given)
    if first == 0 and name in ("spark", "hive", "snowflake", "bigquery"):
        given["s"] = whole(1)
        return duck(f"substring({piece})", **given)
    if name in ("mysql", "trino"):
        cut = f"CASE WHEN :s = 0 OR -:s > length(:x) THEN '' ELSE substring({piece}) END"
        return duck(cut, **given)
    if first is None:
        given["s"] = duck("CASE WHEN :s = 0 THEN 1 ELSE :s END", s=given["s"])
    elif first < 0:
        refuse(node, "SUBSTRING counted from the end; use RIGHT")
    return duck(f"substring({piece})", **given)


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
    if name == "sqlite" and given in ("date", "timestamp", "whole"):
        node.this.replace(duck("CAST(:x AS VARCHAR)", x=node.this))
    elif given == "whole" and name in ("mysql", "tsql", "snowflake", "spark", "hive"):
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
    """Join texts: what is joined must be written alike."""
    for part in [node.this, *node.expressions, node.args.get("expression")]:
        if hasattr(part, "walk"):
            check_written(node, part, context)
    return None


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
    if given == "decimal" and context.dialect in ("postgres", "mysql"):
        if not any(n for n in part.walk() if type(n).__name__ in ("Div", "Avg", "Round")):
            return
    words = {"": "what is not known to be text", "double": "a double", "boolean": "a truth value"}
    refuse(node, f"text out of {words.get(given, 'a ' + given)}: it is written in other ways there")


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
    if new is None or "$" in new or "\\" in new:
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


def split_part(node: exp.Expr, context: Context) -> exp.Expr | None:
    """Take a part of a text with separators: beyond the last one Trino has NULL."""
    if context.dialect == "trino":
        given = {"x": node.this, "d": node.args["delimiter"], "n": node.args["part_index"]}
        return duck("list_extract(string_split(:x, :d), :n)", **given)
    return None


def element(node: exp.Bracket, context: Context) -> exp.Expr | None:
    """Take an element of a list: beyond its end BigQuery and Trino stop."""
    from sqlglot import exp

    if context.dialect not in ("bigquery", "trino") or node.args.get("safe") or len(node.expressions) != 1:
        return None
    place = whole_literal(node.expressions[0])
    if place is None or isinstance(node.expressions[0], exp.Slice):
        refuse(node, "an element of a list at a place out of data")
    # Only BigQuery says what it counts from; sqlglot makes 0 of all others.
    first = place + 1 - (node.args.get("offset") or 0)
    return duck(
        "CASE WHEN len(:l) >= :n THEN list_extract(:l, :n) ELSE error('no such element') END",
        l=node.this, n=first,
    )


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
        n=needle, h=hay,
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
    "Cast": [into_text],
    "TryCast": [into_text],
    "Concat": [joined],
    "ConcatWs": [joined],
    "DPipe": [joined],
    "RegexpLike": [pattern],
    "RegexpILike": [pattern],
    "RegexpReplace": [pattern_replaced],
    "RegexpExtract": [pattern_extracted],
    "SplitPart": [split_part],
    "GroupConcat": [joined_rows],
    "Bracket": [element],
    "Pad": [padded],
    "SubstringIndex": [substring_index],
}
CALLS: dict[str, Rule] = {
    "MID": middle,
    "FIND_IN_SET": find_in_set,
    "FIELD": field,
}
