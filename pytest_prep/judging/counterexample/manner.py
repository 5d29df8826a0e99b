"""What one database is like: few values or many, NULLs or none, runs, fan-out.

Each database draws its own manner, as no single one finds all mistakes (Groce et al., Swarm
Testing, ISSTA 2012).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_NULL_RATES = (0.0, 0.0, 0.0, 0.1, 0.2, 0.4, 0.7)
_DOMAIN = (1, 1, 2, 2, 2, 3, 3, 4, 6)


@dataclass(frozen=True, slots=True)
class Manner:
    """How one database is drawn."""

    null_rate: float
    #: Values per domain.
    domain: int
    #: Probability that a new row starts as a copy of an earlier one.
    copying: float
    #: Probability that a child takes the same parent as the child before.
    fan_out: float
    #: Whether ordered columns take consecutive values.
    runs: bool
    #: Probability that a value comes from around the literals, not from anywhere in the pool.
    special: float
    #: Whether values and parents are dealt out in turn: all of them come, equally often.
    dealt: bool
    #: Whether a domain is exactly the literals it has.
    covering: bool
    #: Whether rows with two columns of one domain make a path.
    chained: bool

    @classmethod
    def drawn(cls, chance: random.Random) -> Manner:
        """Draw a manner."""
        return cls(
            null_rate=chance.choice(_NULL_RATES),
            domain=chance.choice(_DOMAIN),
            copying=chance.choice((0.0, 0.0, 0.3, 0.6)),
            fan_out=chance.choice((0.0, 0.0, 0.5, 0.9)),
            runs=chance.random() < 0.3,
            special=chance.choice((0.2, 0.5, 0.9)),
            dealt=chance.random() < 0.25,
            covering=chance.random() < 0.25,
            chained=chance.random() < 0.15,
        )
