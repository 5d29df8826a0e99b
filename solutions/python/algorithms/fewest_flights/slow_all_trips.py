# Tries every trip without a repeated airport and keeps the shortest: exponential.
# caught by: test_budget_many_equal_trips
from __future__ import annotations

from collections import defaultdict


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    departures = defaultdict(list)
    for origin, destination in routes:
        departures[origin].append(destination)

    best = None

    def search(trip: list[str]) -> None:
        nonlocal best
        if best is not None and len(trip) > len(best):
            return
        if trip[-1] == goal:
            if best is None or len(trip) < len(best):
                best = trip
            return
        for following in departures.get(trip[-1], ()):
            if following not in trip:
                search([*trip, following])

    search([start])
    return best
