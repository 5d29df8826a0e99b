# Tests the truth of the found id instead of "is it None", so a repeated empty id counts as none.
# caught by: test_edge_empty_text
from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    seen: set[str] = set()
    found = None
    for event in events:
        if event in seen:
            found = event
            break
        seen.add(event)
    return found if found else None
