"""An answer in another dialect of SQL, read by sqlglot and rewritten for the kata's engine.

sqlglot reads the query with the kata's schema, so that every expression has a type: without types
``7 / 2`` cannot be told from ``7.0 / 2``. What sqlglot leaves as it is, and another engine means
differently, is rewritten by the rules of :mod:`pytest_prep.judging.dialects`. What these do not
know to be right is refused, with the reason and the line: never judged by guess.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_prep.judging.dialects.tree import Context, NotSupported, Rule
from pytest_prep.judging.engine import SqlSyntaxError
from pytest_prep.judging.translation import SUPPORTED

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    from pytest_prep.judging.dialects.schema import Schema

__all__ = ["SUPPORTED", "NotSupported", "Translated", "translate"]


@dataclass(frozen=True, slots=True)
class Translated:
    """A query in the SQL of the kata's engine."""

    sql: str
    #: What the learner should know of the translation, a sentence each.
    notes: tuple[str, ...] = ()


def translate(sql: str, dialect: str, engine: str, schema_sql: str) -> Translated:
    """Rewrite a query.

    Args:
        sql: one query in ``dialect``.
        dialect: one of :data:`SUPPORTED`.
        engine: the name of the kata's engine.
        schema_sql: the kata's CREATE TABLE statements.

    Raises:
        NotSupported: the query holds something that is not known to mean the same.
        SqlSyntaxError: it does not parse, or names a column that does not exist.
    """
    if dialect == engine:
        return Translated(sql)
    if engine != "duckdb":
        raise NotSupported(f"a kata on {engine} reads {engine} only", 1)
    from pytest_prep.judging.dialects.schema import read_schema
    from pytest_prep.judging.dialects.vocabulary import check_words

    tree = _parsed(sql, dialect)
    check_words(sql, tree, dialect)
    schema = read_schema(schema_sql)
    context = Context(dialect, schema.keys)
    tree = _typed(tree, context, schema)
    tree = _rewritten(tree, context)
    return Translated(_written(tree))


def _parsed(sql: str, dialect: str) -> exp.Expr:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        statements = [s for s in _quietly(sqlglot.parse, sql, read=dialect) if s is not None]
    except SqlglotError as error:
        raise _syntax_error(error) from error
    statements = [s for s in statements if not isinstance(s, exp.Semicolon)]
    if len(statements) != 1:
        raise SqlSyntaxError(f"one query is asked for; found {len(statements)}")
    if not isinstance(statements[0], exp.Query):
        raise NotSupported("only queries are read in another dialect", 1)
    return statements[0]


def _typed(tree: exp.Expr, context: Context, schema: Schema) -> exp.Expr:
    """Give every column its table and every expression its type."""
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
    from sqlglot.optimizer.annotate_types import annotate_types
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import traverse_scope

    from pytest_prep.judging.dialects.names import check_aliases
    from pytest_prep.judging.dialects.prepare import prepared
    from pytest_prep.judging.dialects.types import mapping, metadata

    # Letter case in names never matters on the kata's engine.
    reading = f"{context.dialect}, normalization_strategy = case_insensitive"
    tables = mapping(schema.tables, reading)
    try:
        tree = prepared(tree, context.dialect)
        check_aliases(tree, context, schema)
        tree = qualify(tree, dialect=reading, schema=tables, quote_identifiers=False)
        tree = annotate_types(
            tree, schema=tables, expression_metadata=metadata(context.dialect), dialect=reading
        )
        for scope in traverse_scope(tree):
            for source in scope.sources.values():
                if isinstance(source, exp.Table):
                    columns = schema.tables.get(source.name.lower(), {})
                    source.meta["texts"] = [
                        name
                        for name, kind in columns.items()
                        if kind.this in exp.DataType.TEXT_TYPES
                    ]
    except SqlglotError as error:
        raise _unknown_name(tree, error, context.dialect) from error
    return tree


def _rewritten(tree: exp.Expr, context: Context) -> exp.Expr:
    """Apply every rule, innermost expressions first."""
    from pytest_prep.judging.dialects import rules
    from pytest_prep.judging.dialects.names import settle_ungrouped
    from pytest_prep.judging.dialects.rows import count_from_zero
    from pytest_prep.judging.dialects.text import collated

    settle_ungrouped(tree, context)
    for node in reversed(list(tree.walk(bfs=False))):
        for rule in rules.rules_for(node, context):
            if _applied(rule, node, context):
                break
    if context.dialect == "bigquery":
        count_from_zero(tree)
    collated(tree, context)
    return _without_parentheses(tree)


def _without_parentheses(tree: exp.Expr) -> exp.Expr:
    """Drop parentheses that hold nothing together, so that the learner reads less."""
    from sqlglot import exp

    operators = (exp.Binary, exp.Unary, exp.Between, exp.In, exp.Interval, exp.Bracket, exp.Is)
    for node in list(tree.find_all(exp.Paren)):
        if not isinstance(node.parent, operators) and not isinstance(node.this, exp.Query):
            node.replace(node.this)
    return tree


def _applied(rule: Rule, node: exp.Expr, context: Context) -> bool:
    """Apply a rule; tell whether it put something else in the node's place."""
    from sqlglot import exp

    new = rule(node, context)
    if new is None:
        return False
    new.type = node.type
    if isinstance(new, exp.Paren):
        new.this.type = node.type
    node.replace(new)
    return True


def _written(tree: exp.Expr) -> str:
    """Return the query in DuckDB's SQL."""
    import duckdb
    from sqlglot import ErrorLevel
    from sqlglot.errors import UnsupportedError

    for quoted in (False, True):
        try:
            sql = tree.sql(
                "duckdb",
                unsupported_level=ErrorLevel.RAISE,
                pretty=True,
                comments=False,
                identify=quoted,
            )
            duckdb.extract_statements(sql)
        except UnsupportedError as error:
            raise NotSupported(str(error).splitlines()[0]) from error
        except duckdb.ParserException:
            # A name that is a word of DuckDB's own, or something sqlglot cannot write.
            continue
        return sql
    raise NotSupported("no SQL could be written that the kata's engine reads")


def _quietly(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call sqlglot without its warnings, which would go to the learner's terminal."""
    logger = logging.getLogger("sqlglot")
    disabled, logger.disabled = logger.disabled, True
    try:
        return function(*args, **options)
    finally:
        logger.disabled = disabled


def _syntax_error(error: SqlglotError) -> SqlSyntaxError:
    """Return sqlglot's complaint with its line, and without its colours."""
    found = getattr(error, "errors", None)
    if found:
        return SqlSyntaxError(found[0]["description"].rstrip("."), found[0]["line"])
    return SqlSyntaxError(_plain(str(error).splitlines()[0]))


def _unknown_name(tree: exp.Expr, error: SqlglotError, dialect: str) -> Exception:
    """Return what to say of a name that sqlglot cannot place."""
    from sqlglot import exp

    message = _plain(str(error).splitlines()[0])
    line = int(found[1]) if (found := re.search(r"Line: (\d+)", message)) else None
    message = re.sub(r"\.? ?\(?Line: \d+, Col: \d+\)?", "", message).rstrip(".")
    if dialect == "sqlite" and any(
        node.args.get("quoted") for node in tree.find_all(exp.Identifier)
    ):
        return NotSupported(f"{message}; write text in single quotes", line)
    beyond = (exp.Unnest, exp.Lateral, exp.Explode, exp.Pivot, exp.Values)
    if any(isinstance(node, beyond) for node in tree.walk()):
        return NotSupported(f"names of a list's rows ({message})", line)
    return SqlSyntaxError(message, line)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
