"""The rules of all rooms: which apply to a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.dialects import (
    casts,
    compare,
    date_parts,
    dates,
    formats,
    lists,
    numbers,
    patterns,
    rows,
    sqlite,
    text,
    written,
)
from pytest_prep.judging.dialects.tree import Context, Rule

if TYPE_CHECKING:
    from sqlglot import exp

#: In this order: types are compared before anything is rewritten.
_ROOMS = (
    compare,
    sqlite,
    text,
    written,
    patterns,
    lists,
    dates,
    date_parts,
    formats,
    casts,
    numbers,
    rows,
)
_RULES: dict[str, list[Rule]] = {}
for _room in _ROOMS:
    for _name, _rules in _room.RULES.items():
        _RULES.setdefault(_name, []).extend(_rules)
#: For calls that sqlglot has no name for.
_CALLS: dict[str, Rule] = {**text.CALLS, **date_parts.CALLS, **numbers.CALLS}


def rules_for(node: exp.Expr, context: Context) -> list[Rule]:
    """Return the rules for a node; the first that puts something in its place is the last."""
    name = type(node).__name__
    if name != "Anonymous":
        return _RULES.get(name, [])
    calls = {**_CALLS, **sqlite.CALLS} if context.dialect == "sqlite" else _CALLS
    word = node.name.upper()
    return [calls[word]] if word in calls else []
