"""The fewest flights between two airports.

The problem is in README.md; judge this file with
``pytest katas/python/algorithms/fewest_flights``.
"""

from __future__ import annotations


def fewest_flights(routes: list[tuple[str, str]], start: str, goal: str) -> list[str] | None:
    """Return the airports of a trip from ``start`` to ``goal`` with as few flights as possible.

    Each pair in ``routes`` is one flight from its first airport to its second. The result holds
    both ends; it is None if there is no trip.
    """
    raise NotImplementedError
