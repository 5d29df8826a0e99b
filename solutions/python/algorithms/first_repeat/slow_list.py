# Looks each id up in a list, from its beginning, so the time grows with the square of the stream.
# caught by: test_budget_million_events
from __future__ import annotations

from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    seen: list[str] = []
    for event in events:
        if event in seen:
            return event
        seen.append(event)
    return None
