"""Tell before any node is built which katas a ``-k`` expression cannot select."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _pytest.mark.expression import Expression

if TYPE_CHECKING:
    import pluggy


class Keywords:
    """A ``-k`` expression, evaluated as pytest evaluates it, on names alone.

    pytest offers no public way to ask; should its expression room change, nothing is pruned and
    pytest deselects the items itself.
    """

    def __init__(self, text: str) -> None:
        """Compile ``text``; a malformed expression is left for pytest to complain about."""
        self._expression: Expression | None = None
        if text:
            try:
                self._expression = Expression.compile(text)
            except Exception:
                self._expression = None

    def __bool__(self) -> bool:
        """Whether there is anything to prune by."""
        return self._expression is not None

    def select(self, names: list[str], items: list[str]) -> list[str]:
        """Return those of ``items`` that are selected, given the other names they go by.

        Any part of any name counts, whatever the case of its letters.
        """
        if self._expression is None:
            return items
        # No name holds a line end, so one text serves for all of them.
        shared = "\n".join(names).lower()
        item = ""

        def matches(word: str, /, **kwargs: str | int | bool | None) -> bool:
            if kwargs:
                # Only pytest says why -k knows no such thing, and only if an item is left.
                return True
            word = word.lower()
            return word in shared or word in item

        selected = []
        for name in items:
            item = name.lower()
            if self._expression.evaluate(matches):
                selected.append(name)
        return selected


def others_add_keywords(hooks: pluggy.HookRelay) -> bool:
    """Tell whether someone may give the items further keywords once they are collected.

    That is what a plugin's ``pytest_itemcollected`` is for, and what a conftest.py may do in
    ``pytest_collection_modifyitems``.
    """
    if hooks.pytest_itemcollected.get_hookimpls():
        return True
    changing = hooks.pytest_collection_modifyitems.get_hookimpls()
    return any("conftest" in impl.plugin_name for impl in changing)


def names_above(node: pytest.Collector) -> list[str]:
    """Return the names which ``-k`` sees in a node and its parents, as pytest counts them."""
    names = []
    for parent in node.listchain():
        if isinstance(parent, pytest.Session):
            continue
        if isinstance(parent, pytest.Directory) and isinstance(parent.parent, pytest.Session):
            continue
        names.append(parent.name)
        names.extend(parent.extra_keyword_matches)
        names.extend(mark.name for mark in parent.own_markers)
    return names
