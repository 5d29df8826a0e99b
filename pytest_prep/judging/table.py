"""The result of a query, and whether two of them are equal at first sight."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """The result of a query."""

    columns: tuple[str, ...]
    #: The engine's names of the types: ``BIGINT``, ``DECIMAL(10,2)``, ``INTEGER[]``.
    types: tuple[str, ...]
    #: Python values as DuckDB's ``fetchall`` gives them.
    rows: list[tuple[object, ...]]


@dataclass(frozen=True)
class Rules:
    """How a kata wants results compared."""

    #: Names of expected columns; rows equal in all of them may come in any order. Empty: the order
    #: of rows does not matter.
    order: tuple[str, ...] = ()
    #: Match columns by name (in any letter case and order), not by position.
    by_name: bool = False


def equal_at_once(yours: Table, expected: Table, rules: Rules) -> bool:
    """Tell whether two results are equal beyond doubt, without the rules on single cells.

    Most right answers are, and the room that applies the rules takes longer to import than a
    small kata to judge. What Python takes for equal, the rules do too; False decides nothing.
    """
    if len(yours.columns) != len(expected.columns):
        return False
    if rules.by_name and yours.columns != expected.columns:
        return False
    if yours.rows == expected.rows:
        return True
    if rules.order or len(yours.rows) != len(expected.rows):
        return False
    try:
        return Counter(yours.rows) == Counter(expected.rows)
    except TypeError:
        # lists and structs cannot be counted
        return False
