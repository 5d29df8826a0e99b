"""The fewest flights between two airports: breadth-first search with predecessors."""

from __future__ import annotations

from collections import defaultdict, deque


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    """Return the airports of a trip from ``start`` to ``goal`` with as few flights as possible.

    Each pair in ``routes`` is one flight from its first airport to its second. The result holds
    both ends; it is None if there is no trip.
    """
    departures: defaultdict[str, list[str]] = defaultdict(list)
    for origin, destination in routes:
        departures[origin].append(destination)

    # Doubles as the record of what has been reached, so no airport enters the queue twice.
    came_from: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came_from:
        airport = queue.popleft()
        for following in departures.get(airport, ()):
            if following not in came_from:
                came_from[following] = airport
                queue.append(following)

    if goal not in came_from:
        return None
    trip = [goal]
    while (previous := came_from[trip[-1]]) is not None:
        trip.append(previous)
    trip.reverse()
    return trip
