"""The first repeated event: one pass with a set of the ids seen so far."""

from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    """Return the first id in ``events`` that came before, or None if no id comes twice."""
    seen: set[str] = set()
    for event in events:
        if event in seen:
            return event
        seen.add(event)
    return None
