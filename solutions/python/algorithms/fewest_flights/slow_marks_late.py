# Marks an airport when it leaves the queue, so every equally short way puts it in once more.
# caught by: test_budget_many_equal_trips
from __future__ import annotations

from collections import defaultdict, deque


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    departures = defaultdict(list)
    for origin, destination in routes:
        departures[origin].append(destination)

    came_from = {start: None}
    marked = set()
    queue = deque([start])
    while queue:
        airport = queue.popleft()
        marked.add(airport)
        if airport == goal:
            break
        for following in departures.get(airport, ()):
            if following not in marked:
                came_from.setdefault(following, airport)
                queue.append(following)

    if goal not in came_from:
        return None
    trip = [goal]
    while came_from[trip[-1]] is not None:
        trip.append(came_from[trip[-1]])
    return trip[::-1]
