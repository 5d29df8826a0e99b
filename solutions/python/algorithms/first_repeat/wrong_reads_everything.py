# Puts the whole stream into a list before it looks at it; on a live stream no answer ever comes.
# caught by: test_edge_stops_at_the_repeat
from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    stream = list(events)
    seen: set[str] = set()
    for event in stream:
        if event in seen:
            return event
        seen.add(event)
    return None
