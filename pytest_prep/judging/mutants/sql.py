"""All mutants of an SQL script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_prep.judging.mutants import nulls, rows, tables, values, windows
from pytest_prep.judging.mutants.edit import Operator
from pytest_prep.judging.mutants.mutant import Mutant, distinct
from pytest_prep.judging.mutants.splice import Splicer

if TYPE_CHECKING:
    from sqlglot import exp

OPERATORS: tuple[Operator, ...] = (
    *rows.OPERATORS,
    *values.OPERATORS,
    *nulls.OPERATORS,
    *windows.OPERATORS,
    *tables.OPERATORS,
)


def sql_mutants(text: str, dialect: str, *, ordered: bool) -> list[Mutant]:
    """Return the mutants of a reference, by line.

    Not each of them is a valid script: what no engine can bind is no mutant, and only the engine
    can tell.

    Args:
        text: the reference, one or more statements.
        dialect: the engine's name, which is sqlglot's too.
        ordered: whether the order of the result's rows is judged.

    Raises:
        SqlglotError: the reference does not parse.
    """
    splicer = Splicer(text, dialect)
    return distinct(_mutants(splicer, ordered), text)


def _mutants(splicer: Splicer, ordered: bool) -> Iterator[Mutant]:
    for place, tree in enumerate(splicer.trees):
        for index, node in enumerate(tree.walk()):
            if not ordered and _orders_result(node):
                continue
            for operator in OPERATORS:
                for edit in operator(node):
                    changed = tree.copy()
                    target = next(n for i, n in enumerate(changed.walk()) if i == index)
                    new = edit.apply(target)
                    if new is not None:
                        changed = new if target.parent is None else changed
                        if target.parent is not None:
                            target.replace(new)
                    trees = [*splicer.trees[:place], changed, *splicer.trees[place + 1 :]]
                    mutant = splicer.mutant(trees, edit.label)
                    if mutant is not None:
                        yield mutant


def _orders_result(node: exp.Expr) -> bool:
    """Tell whether a node belongs to an ORDER BY that changes nothing but the order of rows."""
    from sqlglot import exp

    order = node if isinstance(node, exp.Order) else node.parent
    if not isinstance(order, exp.Order) or not isinstance(order.parent, exp.Query):
        return False
    query = order.parent
    return query.parent is None and not query.args.get("limit") and not query.args.get("offset")
