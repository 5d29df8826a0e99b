# Looks departures up with [], which fails at an airport where flights only arrive.
# verdict: runtime_error
# caught by: test_edge_no_departures
from __future__ import annotations

from collections import deque


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    departures: dict[str, list[str]] = {}
    for origin, destination in routes:
        departures.setdefault(origin, []).append(destination)

    marked = {start}
    queue = deque([[start]])
    while queue:
        trip = queue.popleft()
        if trip[-1] == goal:
            return trip
        for following in departures[trip[-1]]:
            if following not in marked:
                marked.add(following)
                queue.append([*trip, following])
    return None
