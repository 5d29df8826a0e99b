# Takes every pair as a connection in both directions, and so uses flights that nobody flies.
# caught by: test_edge_one_way
from __future__ import annotations

from collections import defaultdict, deque


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    neighbours = defaultdict(set)
    for origin, destination in routes:
        neighbours[origin].add(destination)
        neighbours[destination].add(origin)

    marked = {start}
    queue = deque([[start]])
    while queue:
        trip = queue.popleft()
        if trip[-1] == goal:
            return trip
        for following in neighbours[trip[-1]]:
            if following not in marked:
                marked.add(following)
                queue.append([*trip, following])
    return None
