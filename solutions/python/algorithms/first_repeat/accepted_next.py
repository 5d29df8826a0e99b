# One lazy expression: set.add returns None, so each new id is remembered while it is refused.
from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((event for event in events if event in seen or seen.add(event)), None)
