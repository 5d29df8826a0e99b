"""Names: where an alias may be used, whose it is, and columns beside aggregates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.dialects.schema import Schema
from pytest_prep.judging.dialects.tree import Context, duck, refuse

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

#: The clauses, beside a plain ORDER BY, in which a SELECT's aliases are known.
ALIAS_CLAUSES: dict[str, frozenset[str]] = {
    "postgres": frozenset({"group"}),
    "mysql": frozenset({"group", "having", "order"}),
    "sqlite": frozenset({"where", "group", "having", "order", "joins"}),
    "snowflake": frozenset({"expressions", "where", "group", "having", "qualify", "order"}),
    "bigquery": frozenset({"group", "having", "qualify", "order"}),
    "spark": frozenset({"expressions", "group", "having", "order"}),
    "hive": frozenset({"having", "order"}),
    "trino": frozenset({"order"}),
    "tsql": frozenset(),
}
#: Where a name that is both a column and an alias is known to mean the column.
COLUMN_WINS: dict[str, frozenset[str]] = {
    "postgres": frozenset({"expressions", "where", "group", "having", "order", "joins"}),
    "mysql": frozenset({"expressions", "where", "group", "joins"}),
    "sqlite": frozenset({"expressions", "where", "joins"}),
    "snowflake": frozenset({"expressions", "where", "joins"}),
    "bigquery": frozenset({"expressions", "where", "joins"}),
    "spark": frozenset({"expressions", "where", "group", "joins"}),
    "hive": frozenset({"expressions", "where", "joins"}),
    "trino": frozenset({"expressions", "where", "group", "having", "joins"}),
    "tsql": frozenset({"expressions", "where", "group", "having", "joins"}),
}
#: Engines that take a column which the grouped primary key determines.
_FOLLOWS_KEYS = ("postgres", "mysql", "sqlite")
_CLAUSES = {
    "expressions": "SELECT",
    "where": "WHERE",
    "group": "GROUP BY",
    "having": "HAVING",
    "qualify": "QUALIFY",
    "order": "an expression of ORDER BY",
    "joins": "ON",
}


def check_aliases(tree: exp.Expr, context: Context, schema: Schema) -> None:
    """Refuse aliases in clauses where the dialect has none, or reads something else.

    Raises:
        NotSupported: there is such an alias.
    """
    from sqlglot import exp
    from sqlglot.optimizer.scope import traverse_scope

    for scope in traverse_scope(tree):
        if not isinstance(scope.expression, exp.Select):
            continue
        aliases = {s.alias.lower(): s.this for s in scope.expression.selects if s.alias}
        columns = _source_columns(scope, schema)
        for clause, column in _bare_names(scope.expression):
            name = column.name.lower()
            if name not in aliases:
                continue
            where = _CLAUSES[clause]
            if name not in columns:
                if clause not in ALIAS_CLAUSES[context.dialect] and columns:
                    refuse(column, f"the alias {column.name} is not known in {where} there")
            elif clause not in COLUMN_WINS[context.dialect] and not _is_column(aliases[name], name):
                refuse(
                    column,
                    f"{column.name} in {where} may be the column or the alias; "
                    "give the alias another name",
                )


def _bare_names(select: exp.Select) -> Iterator[tuple[str, exp.Column]]:
    """Yield the columns without a table, by clause; a plain ORDER BY name is an alias anywhere."""
    from sqlglot import exp

    for clause in _CLAUSES:
        part = select.args.get(clause)
        for node in part if isinstance(part, list) else [part] if part else []:
            for column in _within(node):
                if clause == "order" and isinstance(column.parent, exp.Ordered):
                    continue
                if not column.table:
                    yield clause, column


def _within(node: exp.Expr) -> Iterator[exp.Column]:
    """Yield the columns below ``node``, subqueries left out."""
    from sqlglot import exp
    from sqlglot.optimizer.scope import walk_in_scope

    for found in walk_in_scope(node):
        if isinstance(found, exp.Column) and not found.find_ancestor(exp.Lateral):
            yield found


def _is_column(expression: exp.Expr, name: str) -> bool:
    from sqlglot import exp

    return isinstance(expression, exp.Column) and expression.name.lower() == name


def _source_columns(scope: Scope, schema: Schema) -> set[str]:
    """Return the names of all columns that a SELECT's sources have."""
    from sqlglot import exp

    names: set[str] = set()
    for source in scope.sources.values():
        if isinstance(source, exp.Table):
            names.update(schema.tables.get(source.name.lower(), {}))
            continue
        query = source.expression
        listed = query.named_selects if isinstance(query, exp.Query) else []
        alias = query.parent.args.get("alias") if query.parent else None
        if isinstance(alias, exp.TableAlias):
            names.update(column.name.lower() for column in alias.columns)
        if "*" in listed:
            first = source
            while parts := getattr(first, "union_scopes", None):
                first = parts[0]
            names.update(_source_columns(first, schema))
        names.update(name.lower() for name in listed)
    return names


def settle_ungrouped(tree: exp.Expr, context: Context) -> None:
    """Take any value of a column that the grouped key determines; refuse what SQLite picks.

    Raises:
        NotSupported: SQLite would take the column from a row of its choice.
    """
    from sqlglot import exp
    from sqlglot.optimizer.scope import traverse_scope

    if context.dialect not in _FOLLOWS_KEYS:
        return
    for scope in traverse_scope(tree):
        select = scope.expression
        if not isinstance(select, exp.Select):
            continue
        group = select.args.get("group")
        aggregates = any(_aggregates(node) for node in select.selects)
        if not (group or aggregates) or (group and set(group.args) - {"expressions"}):
            continue
        grouped = list(group.expressions) if group else []
        for node in [*select.selects, select.args.get("having"), select.args.get("order")]:
            for column in list(_within(node)) if node is not None else []:
                if not column.table or _is_covered(column, grouped):
                    continue
                source = scope.sources.get(column.table)
                table = source.name.lower() if isinstance(source, exp.Table) else ""
                key = context.keys.get(table)
                own = {g.name.lower() for g in grouped if _of_table(g, column.table)}
                if key and key <= own:
                    column.replace(duck("any_value(:c)", c=column))
                elif context.dialect == "sqlite":
                    refuse(column, f"SQLite takes {column.name} from a row of its choice")


def _aggregates(node: exp.Expr) -> bool:
    from sqlglot import exp
    from sqlglot.optimizer.scope import walk_in_scope

    return any(
        (isinstance(n, exp.AggFunc) or _is_total(n)) and not n.find_ancestor(exp.Window)
        for n in walk_in_scope(node)
    )


def _is_covered(column: exp.Column, grouped: list[exp.Expr]) -> bool:
    """Whether a column stands inside an aggregate or a grouped expression."""
    from sqlglot import exp

    node: exp.Expr | None = column
    while node is not None and not isinstance(node, exp.Query):
        if isinstance(node, exp.AggFunc | exp.Filter) or node in grouped or _is_total(node):
            return True
        node = node.parent
    return False


def _is_total(node: exp.Expr) -> bool:
    """Whether a call is SQLite's TOTAL, an aggregate that sqlglot does not know."""
    return type(node).__name__ == "Anonymous" and node.name.upper() == "TOTAL"


def _of_table(node: exp.Expr, table: str) -> bool:
    from sqlglot import exp

    return isinstance(node, exp.Column) and node.table == table
