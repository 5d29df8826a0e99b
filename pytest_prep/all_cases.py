"""How many cases a kata has, whichever of them were selected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.case import GENERATED, judged_names
from pytest_prep.nodes import PRACTICE

if TYPE_CHECKING:
    from pytest_prep.nodes import KataDir

#: What the modules and classes below a Python kata's folder hold, by node id.
_HELD = pytest.StashKey[dict[str, list[pytest.Item | pytest.Collector]]]()
_COUNT = pytest.StashKey[int]()


def note_collected(
    folder: KataDir, collector: pytest.Collector, found: Iterable[pytest.Item | pytest.Collector]
) -> None:
    """Keep what a module or class of a Python kata holds, before anything is deselected."""
    folder.stash.setdefault(_HELD, {})[collector.nodeid] = list(found)


def case_count(folder: KataDir) -> int:
    """Return how many cases of different names the kata has; 0 where nobody knows.

    Nobody does where only a part of the kata's test modules or classes was collected.
    """
    if _COUNT not in folder.stash:
        folder.stash[_COUNT] = _count(folder)
    return folder.stash[_COUNT]


def _count(folder: KataDir) -> int:
    kata = folder.kata
    if kata.sql:
        settings = folder.config.stash[PRACTICE].settings
        return sum(name != GENERATED or settings.is_searching for name in judged_names(kata))
    held = folder.stash.get(_HELD, {})
    modules = [f"{folder.nodeid}/{path.name}" for path in folder.path.glob("test_*.py")]
    names: set[str] = set()
    todo = modules
    while todo:
        found = held.get(todo.pop())
        if found is None:
            return 0
        names.update(node.name for node in found if isinstance(node, pytest.Item))
        todo.extend(node.nodeid for node in found if isinstance(node, pytest.Collector))
    return len(names)
