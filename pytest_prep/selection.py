"""What selects katas: ``-k``, told before any node is built, and the marks for ``-m``."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from _pytest.mark.expression import Expression

if TYPE_CHECKING:
    import pluggy

    from pytest_prep.content.catalog import Facts
    from pytest_prep.settings import Settings


class Keywords:
    """A ``-k`` expression, evaluated as pytest evaluates it, on names alone.

    pytest offers no public way to ask; should its expression room change, nothing is pruned and
    pytest deselects the items itself.
    """

    def __init__(self, text: str) -> None:
        """Compile ``text``; a malformed expression is left for pytest to complain about."""
        self._expression: Expression | None = None
        # A superset of the expression's words does no harm.
        self._words = {word.lower() for word in re.findall(r"[^\s()]+", text)}
        self._unshared = list(self._words)
        self._decided: dict[frozenset[str], bool] = {}
        if text:
            try:
                self._expression = Expression.compile(text)
            except Exception:
                self._expression = None

    def __bool__(self) -> bool:
        """Whether there is anything to prune by."""
        return self._expression is not None

    def select(self, names: str, items: list[str]) -> list[str]:
        """Return those of ``items`` that are selected, given the other names they go by.

        ``names`` is one text, a name a line, in lower case: any part of any name counts.
        """
        if self._expression is None:
            return items
        missing = [word for word in self._unshared if word not in names]
        if not missing:
            return items if self._decide(frozenset()) else []
        selected = []
        for name in items:
            lowered = name.lower()
            if self._decide(frozenset([word for word in missing if word not in lowered])):
                selected.append(name)
        return selected

    def share(self, names: list[str]) -> None:
        """Set the names that all the items of the following selections go by."""
        text = "\n".join(names).lower()
        self._unshared = [word for word in self._words if word not in text]

    def _decide(self, missing: frozenset[str]) -> bool:
        """Evaluate the expression, once for each set of words that no name holds."""
        if missing not in self._decided:
            assert self._expression is not None

            def matches(word: str, /, **kwargs: str | int | bool | None) -> bool:
                # Only pytest says why -k takes no arguments, and only if an item is left.
                return bool(kwargs) or word.lower() not in missing

            self._decided[missing] = self._expression.evaluate(matches)
        return self._decided[missing]


def others_add_keywords(hooks: pluggy.HookRelay) -> bool:
    """Tell whether someone may give the items further keywords once they are collected.

    That is what a plugin's ``pytest_itemcollected`` is for, and what a conftest.py may do in
    ``pytest_collection_modifyitems``.
    """
    if hooks.pytest_itemcollected.get_hookimpls():
        return True
    changing = hooks.pytest_collection_modifyitems.get_hookimpls()
    return any("conftest" in impl.plugin_name for impl in changing)


def ignored_by_name(
    plugins: pytest.PytestPluginManager, hooks: pluggy.HookRelay, settings: Settings
) -> re.Pattern[str] | None:
    """Return what the name of an ignored folder matches, where names alone decide.

    Asking pytest folder by folder takes as long as all the rest of collecting katas. None means
    that it must be asked: it was told of single paths, or someone else has a say.
    """
    if settings.ignores or any("/" in pattern for pattern in settings.norecursedirs):
        return None
    if len(hooks.pytest_ignore_collect.get_hookimpls()) > 1:
        return None
    if any(
        hasattr(plugin, "collect_ignore") or hasattr(plugin, "collect_ignore_glob")
        for plugin in plugins.get_plugins()
    ):
        return None
    return re.compile("|".join(map(fnmatch.translate, ("__pycache__", *settings.norecursedirs))))


def names_above(node: pytest.Collector) -> list[str]:
    """Return the names which ``-k`` sees in every kata below a node, as pytest counts them."""
    names = ["answer.sql", "kata"]
    for parent in node.listchain():
        if isinstance(parent, pytest.Session):
            continue
        if isinstance(parent, pytest.Directory) and isinstance(parent.parent, pytest.Session):
            continue
        names.append(parent.name)
        names.extend(parent.extra_keyword_matches)
        names.extend(mark.name for mark in parent.own_markers)
    return names


def marks_of(facts: Facts) -> list[pytest.Mark]:
    """Return the marks that ``-m`` selects a kata by: its id, and its level with each topic."""
    by_topic = [_mark_of_topic(facts.level, topic) for topic in facts.topics]
    return [pytest.mark.kata(id=facts.id).mark, *by_topic]


@lru_cache
def _mark_of_topic(level: str, topic: str) -> pytest.Mark:
    # Shared by all katas of that level and topic: a mark takes as much memory as a node.
    return pytest.mark.kata(level=level, topic=topic).mark
