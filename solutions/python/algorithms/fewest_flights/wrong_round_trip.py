# Tests for the goal only after a flight, so "already there" becomes a round trip or no trip.
# caught by: test_edge_already_there
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
        for following in departures.get(trip[-1], ()):
            if following == goal:
                return [*trip, following]
            if following not in marked:
                marked.add(following)
                queue.append([*trip, following])
    return None
