# Depth-first search: finds a trip, but the first one it meets and not a short one.
# caught by: test_edge_short_way_in_the_middle
from __future__ import annotations


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    departures: dict[str, list[str]] = {}
    for origin, destination in routes:
        departures.setdefault(origin, []).append(destination)

    marked = {start}
    stack = [[start]]
    while stack:
        trip = stack.pop()
        if trip[-1] == goal:
            return trip
        for following in departures.get(trip[-1], ()):
            if following not in marked:
                marked.add(following)
                stack.append([*trip, following])
    return None
