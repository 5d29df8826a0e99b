# Adds first and asks afterwards: a set that did not grow already held the id.
from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for number, event in enumerate(events, start=1):
        seen.add(event)
        if len(seen) < number:
            return event
    return None
