# Counts first: the earliest id with two deliveries need not be the first that is repeated.
# caught by: test_edge_second_delivery_decides
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def first_repeat(events: Iterable[str]) -> str | None:
    counts = Counter(events)
    for event, count in counts.items():
        if count > 1:
            return event
    return None
