"""Operators on CREATE TABLE: constraints dropped, narrowed and added, types that take anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import Edit, put, without

if TYPE_CHECKING:
    from sqlglot import exp


def constraint(node: exp.Expr) -> Iterator[Edit]:
    """Drop a constraint of a column or of the table, or one column of a key."""
    from sqlglot import exp

    if isinstance(node, exp.ColumnDef):
        for index in range(len(node.args.get("constraints") or ())):
            yield without("constraints", index)
    elif isinstance(node, exp.Schema) and isinstance(node.parent, exp.Create):
        for index, item in enumerate(node.expressions):
            if not isinstance(item, exp.ColumnDef):
                yield without("expressions", index)
    elif isinstance(node, exp.PrimaryKey) or (
        isinstance(node, exp.Schema) and isinstance(node.parent, exp.UniqueColumnConstraint)
    ):
        for index in range(len(node.expressions) if len(node.expressions) > 1 else 0):
            yield without("expressions", index)


def column(node: exp.Expr) -> Iterator[Edit]:
    """Give a column NOT NULL or UNIQUE that it does not have; make a number or a date a text."""
    from sqlglot import exp

    if not isinstance(node, exp.ColumnDef) or node.args.get("kind") is None:
        return
    kinds = {type(constraint.args["kind"]) for constraint in node.args.get("constraints") or ()}
    additions: list[exp.Expr] = []
    if not kinds & {exp.NotNullColumnConstraint, exp.PrimaryKeyColumnConstraint}:
        additions.append(exp.NotNullColumnConstraint())
    if not kinds & {exp.UniqueColumnConstraint, exp.PrimaryKeyColumnConstraint}:
        additions.append(exp.UniqueColumnConstraint())
    for added in additions:

        def add(old: exp.Expr, added: exp.Expr = added) -> None:
            own = old.args.get("constraints") or []
            old.set("constraints", [*own, exp.ColumnConstraint(kind=added.copy())])

        yield Edit(add, f"{node.name}: {added.sql('duckdb')} added")
    if not node.args["kind"].is_type(*exp.DataType.TEXT_TYPES):
        text = exp.DataType.build("VARCHAR", dialect="duckdb")
        yield put("kind", text, f"{node.name}: VARCHAR")


OPERATORS = (constraint, column)
