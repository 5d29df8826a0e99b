# Has no dict of departures: reads the whole list of routes for every airport it visits.
# caught by: test_budget_every_airport
from __future__ import annotations

from collections import deque


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    marked = {start}
    queue = deque([[start]])
    while queue:
        trip = queue.popleft()
        if trip[-1] == goal:
            return trip
        for origin, destination in routes:
            if origin == trip[-1] and destination not in marked:
                marked.add(destination)
                queue.append([*trip, destination])
    return None
