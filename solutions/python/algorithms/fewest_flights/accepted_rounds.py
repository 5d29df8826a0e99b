# Works in rounds on sets: each round holds the airports that need one flight more.
from __future__ import annotations


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    departures: dict[str, set[str]] = {}
    for origin, destination in routes:
        departures.setdefault(origin, set()).add(destination)

    rounds = [{start}]
    reached = {start}
    while goal not in rounds[-1]:
        following = set().union(*(departures.get(here, ()) for here in rounds[-1])) - reached
        if not following:
            return None
        reached |= following
        rounds.append(following)

    trip = [goal]
    for earlier in reversed(rounds[:-1]):
        trip.append(next(here for here in earlier if trip[-1] in departures.get(here, ())))
    return trip[::-1]
