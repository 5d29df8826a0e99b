# Searches forwards from the start and backwards from the goal, always from the smaller side.
from __future__ import annotations

from collections import defaultdict


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    if start == goal:
        return [start]
    departures, arrivals = defaultdict(list), defaultdict(list)
    for origin, destination in routes:
        departures[origin].append(destination)
        arrivals[destination].append(origin)

    ahead, behind = {start: None}, {goal: None}
    front, back = [start], [goal]
    while front and back:
        if len(front) <= len(back):
            front, middle = _one_round(front, departures, ahead, behind)
        else:
            back, middle = _one_round(back, arrivals, behind, ahead)
        if middle is not None:
            return _chain(middle, ahead)[::-1] + _chain(middle, behind)[1:]
    return None


def _one_round(edge, network, own, other):
    following = []
    for airport in edge:
        for neighbour in network.get(airport, ()):
            if neighbour in own:
                continue
            own[neighbour] = airport
            if neighbour in other:
                return following, neighbour
            following.append(neighbour)
    return following, None


def _chain(airport, came_from):
    chain = []
    while airport is not None:
        chain.append(airport)
        airport = came_from[airport]
    return chain
