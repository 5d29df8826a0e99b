"""Counts, names and numbers as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def count(n: int) -> str:
    """Return ``16,348``."""
    return f"{n:,}"


def rows(n: int, adjective: str = "") -> str:
    """Return ``1 row``, ``24 rows`` or ``24 expected rows``."""
    noun = "row" if n == 1 else "rows"
    return " ".join(filter(None, (count(n), adjective, noun)))


def verb(n: int, singular: str, plural: str) -> str:
    """Return the form that goes with ``n``."""
    return singular if n == 1 else plural


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return ``a, b and c``; of more than ``most`` names the first ones and a count."""
    names = [*names[:most], f"{len(names) - most} more"] if len(names) > most else list(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def plain(number: Decimal) -> str:
    """Return a number without exponent or trailing zeros, to twelve significant digits."""
    rounded = Decimal(f"{number:.12g}").normalize()
    return f"{rounded:,f}"


def times(factor: Decimal) -> str:
    """Return ``3 ×``, or ``1/3 of`` for the inverse of a whole number."""
    inverse = 1 / factor
    whole = round(inverse)
    if 1 < whole <= 1_000_000 and abs(inverse - whole) < Decimal("1e-9") * whole:
        return f"1/{count(whole)} of"
    return f"{plain(factor)} ×"
