"""The first repeated event.

The problem is in README.md; judge this file with
``pytest katas/python/algorithms/first_repeat``.
"""

from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    """Return the first id in ``events`` that came before, or None if no id comes twice."""
    raise NotImplementedError
