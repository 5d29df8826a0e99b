"""The words and constructs of which a query in a dialect may consist; all others are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.functions import FUNCTIONS
from pytest_prep.judging.dialects.tree import NotSupported, refuse

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.tokenizer_core import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Why a function is refused, where there is more to say than that nobody checked it.
_REASONS = (
    (r"APPROX\w*|PERCENTILE_APPROX", "gives an approximation, which is another one here"),
    (r"RAND|RANDOM|NEWID|UUID|UNIFORM", "gives other rows every time"),
    (r"NOW|CURDATE|GETDATE|SYSDATETIME|CURRENT_\w+|SYSDATE", "depends on today"),
    (r"WEEK|YEARWEEK|DATETRUNC", "numbers weeks by the server's settings"),
    (r"UNIX_\w+|FROM_UNIXTIME|TO_UNIXTIME", "depends on the time zone"),
    (r"CONVERT|TRY_CONVERT", "has styles of its own; use CAST or FORMAT"),
    (r"JSON_\w+|GET_JSON_OBJECT|PARSE_JSON|FLATTEN", "reads JSON, which is not translated"),
)
#: Words before a parenthesis that call nothing.
_NO_CALLS = _words(
    """
    SELECT FROM WHERE AND OR NOT IN ANY ALL SOME EXISTS ON USING AS VALUES OVER BY HAVING CASE
    WHEN THEN ELSE BETWEEN LIKE ILIKE DISTINCT JOIN UNION EXCEPT INTERSECT MINUS FILTER GROUP
    ROLLUP CUBE LATERAL TOP LIMIT WITH INTERVAL SETS XOR APPLY QUALIFY WITHIN IS ARRAY
    RECURSIVE MATERIALIZED PIVOT UNPIVOT SAMPLE TABLESAMPLE GLOB ESCAPE
    """
) | {"GROUPING SETS", "ORDER BY", "GROUP BY", "PARTITION BY", "UNION ALL"}
#: Operators of these dialects that may stand before a parenthesis too.
_OPERATORS = {name: _words("DIV MOD RLIKE REGEXP") for name in ("mysql", "spark", "hive")}
#: Types that may have parameters, where they follow AS or ``::``.
_TYPES = _words(
    """
    DECIMAL NUMERIC NUMBER VARCHAR NVARCHAR CHAR NCHAR CHARACTER STRING BIGNUMERIC TIMESTAMP
    TIME FLOAT DATETIME2 DATE
    """
)
#: Words and signs that only these dialects have.
_ONLY = {
    "QUALIFY": ("QUALIFY", ("snowflake", "bigquery")),
    "FILTER": ("FILTER", ("postgres", "sqlite", "spark", "trino")),
    "ILIKE": ("ILIKE", ("postgres", "snowflake", "spark")),
    "DCOLON": ("::", ("postgres", "snowflake")),
    "LIMIT": ("LIMIT", tuple(name for name in FUNCTIONS if name != "tsql")),
    "USING": ("USING", tuple(name for name in FUNCTIONS if name != "tsql")),
    "DPIPE": ("||", tuple(name for name in FUNCTIONS if name not in ("tsql", "mysql"))),
    "NULLSAFE_EQ": ("<=>", ("mysql", "spark", "hive")),
}
#: The kinds of nodes, by sqlglot's names, of which queries may consist beside functions.
_NODES = _words(
    """
    Add Alias Aliases All And Any Array Between Boolean Bracket ByteString CTE Cast Column DPipe
    DataType DataTypeParam Distinct Div EQ Escape Except Fetch Filter From GT GTE Group
    GroupingSets Having Identifier IgnoreNulls In IntDiv Intersect Interval Is Join LT LTE
    Lateral Like Limit LimitOptions Literal Mod Mul NEQ Neg Not Null NullSafeEQ NullSafeNEQ
    Offset Or Order Ordered Paren Qualify RawString RegexpILike RegexpLike Rollup Select Star
    Sub Subquery Table TableAlias Tuple Union Unnest Values Var WeekStart Where Window
    WindowSpec With WithinGroup Xor Cube Intervals Schema PropertyEQ RespectNulls Slice Explode
    """
)
_MORE_NODES = {
    "postgres": frozenset(("ILike",)),
    "snowflake": frozenset(("ILike",)),
    "spark": frozenset(("ILike",)),
    "sqlite": frozenset(("Glob",)),
}
#: Functions that are written without a name's parentheses.
_UNNAMED = re.compile(r"Current\w*|Local(time|timestamp)\w*|JSON\w*|Struct|Map|Utc\w*|Lambda|Rand")
_WORDS = {
    "Pivot": "PIVOT",
    "TableSample": "SAMPLE",
    "WithTableHint": "a table hint",
    "Distribute": "DISTRIBUTE BY",
    "Sort": "SORT BY",
    "Lock": "FOR UPDATE",
    "Parameter": "a variable",
    "SessionParameter": "a variable",
    "PropertyEQ": "a variable",
    "Lambda": "a lambda",
    "AtTimeZone": "a time zone",
    "JSONExtract": "JSON",
    "JSONExtractScalar": "JSON",
    "ILike": "ILIKE",
    "SimilarTo": "SIMILAR TO",
    "Collate": "COLLATE",
}
_NO_REGEXP = ("sqlite", "tsql", "trino", "bigquery")


def check_words(sql: str, tree: exp.Expr, dialect: str) -> None:
    """Refuse a query with words that were not checked in its dialect.

    Raises:
        NotSupported: there is one; with its line.
    """
    from sqlglot.dialects.dialect import Dialect

    tokens = Dialect.get_or_raise(dialect).tokenize(sql)
    for i, token in enumerate(tokens):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if dialect == "bigquery" and token.text.upper() == "SAFE" and following == ".":
            raise NotSupported("the prefix SAFE", token.line)
        sign, having = _ONLY.get(token.token_type.name, ("", ()))
        if sign and dialect not in having:
            raise NotSupported(f"there is no {sign}", token.line)
    for name, token in _calls(tokens, tree, dialect):
        if name not in FUNCTIONS[dialect]:
            raise NotSupported(f"{name} {_reason(name)}", token.line)
    for node in tree.walk():
        _check_node(node, dialect)


def _reason(name: str) -> str:
    for pattern, reason in _REASONS:
        if re.fullmatch(pattern, name):
            return reason
    return "has not been checked"


def _calls(tokens: list[Token], tree: exp.Expr, dialect: str) -> Iterator[tuple[str, Token]]:
    """Yield the names that stand before a parenthesis and call a function."""
    from sqlglot import exp

    aliases = {
        alias.this.meta.get("start")
        for alias in tree.find_all(exp.TableAlias)
        if isinstance(alias.this, exp.Identifier)
    }
    for i, token in enumerate(tokens[:-1]):
        name = token.text.upper()
        if tokens[i + 1].token_type.name != "L_PAREN" or not re.match(r"[A-Z_]", name):
            continue
        before = tokens[i - 1].text.upper() if i else ""
        if name in _NO_CALLS or token.start in aliases or token.token_type.name == "STRING":
            continue
        if name in _OPERATORS.get(dialect, ()) and not before.endswith(("(", ",", "SELECT")):
            continue
        if name in _TYPES and before in ("AS", "::"):
            continue
        yield name, token


def _check_node(node: exp.Expr, dialect: str) -> None:
    from sqlglot import exp

    name = type(node).__name__
    if re.fullmatch(_UNNAMED, name):
        today = name.startswith(("Current", "Local", "Utc"))
        refuse(node, "today's date or time" if today else f"{_WORDS.get(name, name.upper())}")
    if isinstance(node, exp.Func) and not isinstance(node, exp.Connector):
        patterns = isinstance(node, exp.RegexpLike | exp.RegexpILike)
        if patterns and _is_operator(node) and dialect in _NO_REGEXP:
            refuse(node, "there is no operator for regular expressions")
        return
    if name not in _NODES and name not in _MORE_NODES.get(dialect, ()):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        refuse(node, _WORDS.get(name, f"{words}, which has not been checked,"))
    if isinstance(node, exp.Join):
        _check_join(node, dialect)
    elif isinstance(node, exp.Distinct) and node.args.get("on") and dialect != "postgres":
        refuse(node, "there is no DISTINCT ON")
    elif isinstance(node, exp.Group):
        _check_group(node, dialect)
    elif isinstance(node, exp.SetOperation):
        nested = isinstance(node.this, exp.SetOperation) and type(node.this) is not type(node)
        if nested and dialect == "bigquery":
            refuse(node, "different set operators without parentheses")
        if node.args.get("by_name"):
            refuse(node, "a set operator by name")
    elif isinstance(node, exp.Lateral) and "PosExplode" in {type(n).__name__ for n in node.walk()}:
        refuse(node, "POSEXPLODE")


def _is_operator(node: exp.Expr) -> bool:
    """Whether a function's node was written as an operator: then it has no place of its own."""
    return "start" not in node.meta


def _check_join(node: exp.Join, dialect: str) -> None:
    if node.side == "FULL" and dialect == "mysql":
        refuse(node, "there is no FULL JOIN")
    allowed = {"", "INNER", "CROSS", "OUTER"}
    if dialect in ("spark", "hive"):
        allowed |= {"SEMI", "ANTI"}
    if node.kind not in allowed or node.method not in ("", "NATURAL"):
        refuse(node, f"{node.method or node.kind} JOIN")


def _check_group(node: exp.Group, dialect: str) -> None:
    from sqlglot import exp

    if dialect in ("hive", "tsql"):
        for part in node.expressions:
            if isinstance(part, exp.Literal):
                refuse(node, f"GROUP BY {part.name}: no column is meant by it there")
    if dialect == "hive" and any(node.args.get(k) for k in ("rollup", "cube", "grouping_sets")):
        refuse(node, "GROUPING SETS, ROLLUP and CUBE")
    if node.args.get("all") and dialect not in ("snowflake", "spark"):
        refuse(node, "GROUP BY ALL")
