# Keeps whole trips in the queue; an airport is marked when a trip to it is put in.
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
        for following in departures.get(trip[-1], ()):
            if following not in marked:
                marked.add(following)
                queue.append([*trip, following])
    return None
