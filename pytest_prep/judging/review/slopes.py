"""How fast a time grows with the size of the input: the slope of log time over log size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median, pstdev
from typing import Final

#: Seconds: shorter times are taken for this long, because they are the noise of memory and clock.
FLOOR: Final = 2e-5
#: Every call has a fixed cost, taken to be its time on the size that took least. What counts is
#: the time beyond it, where that is at least this share of the fixed cost, …
BEYOND: Final = 0.5
#: … and at least this share of the longest.
SHARE: Final = 1 / 300
#: Fewer sizes that count are no growth, unless the longest time is so many times the fixed cost.
LEAST: Final = 4
CLEAR: Final = 10.0
#: Without growth, the times themselves are taken, of so many of the largest sizes.
LAST: Final = 10
#: A slope relative to the reference's beyond which the answer grows faster.
FASTER: Final = 0.5
#: A relative slope must exceed this also at the lower end of its uncertainty.
SURELY: Final = 0.25
#: An uncertainty beyond which no class is named.
VAGUE: Final = 0.4

#: Upper ends of slopes → what they are called. n and n log n differ by a slope of about 0.07 over
#: the sizes that can be measured here, less than the noise: they are never told apart. What is
#: linear in steps shows slopes up to 1.45, because a larger set misses the caches more often.
_CLASSES: Final = (
    (0.3, "hardly grows with n"),
    (0.7, "grows more slowly than n"),
    (1.55, "grows about as n (or n log n: the two cannot be told apart)"),
    (2.5, "grows about as n²"),
    (3.5, "grows about as n³"),
    (4.5, "grows faster than n³"),
    (math.inf, "grows faster than any small power of n, perhaps as 2ⁿ"),
)


#: One size and the CPU seconds of one call on it.
Point = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope and its uncertainty: about two standard errors."""

    value: float
    error: float

    def words(self) -> str:
        """Return what the slope of one time means."""
        explodes = self.value - self.error > _CLASSES[-2][0]
        if self.error > VAGUE and not explodes:
            return "cannot be told: the times scatter too much"
        return next(words for end, words in _CLASSES if self.value < end)


def slope_of(points: Sequence[Point]) -> Slope:
    """Return the slope of a time.

    Raises:
        ValueError: there are fewer than three sizes.
    """
    return _theil_sen([(math.log(n), math.log(seconds)) for n, seconds in _telling(points)])


def relative_slope(answer: Sequence[Point], reference: Sequence[Point]) -> Slope:
    """Return by how much the slope of the answer's time is steeper than the reference's.

    Where enough sizes tell of both it is the slope of their ratio, out of which the machine's
    load and what both do alike cancel. Where the reference is so much quicker that on the sizes
    of the answer it still spends its fixed cost, each is told by its own sizes.

    Raises:
        ValueError: there are fewer than three sizes of either.
    """
    own, other = slope_of(answer), slope_of(reference)
    theirs = dict(_telling(reference))
    common = [(n, seconds / theirs[n]) for n, seconds in _telling(answer) if n in theirs]
    if len(common) >= LEAST:
        return _theil_sen([(math.log(n), math.log(ratio)) for n, ratio in common])
    return Slope(own.value - other.value, math.hypot(own.error, other.error))


def is_faster(relative: Slope) -> bool:
    """Tell whether the answer's time surely grows faster than the reference's."""
    return relative.value > FASTER and relative.value - relative.error > SURELY


def _telling(points: Sequence[Point]) -> list[Point]:
    """Return the sizes that count, with their time beyond the fixed cost.

    Raises:
        ValueError: there are fewer than three.
    """
    if len(points) < 3:
        raise ValueError("fewer than three sizes were measured")
    times = [(n, max(seconds, FLOOR)) for n, seconds in points]
    base = min(seconds for _, seconds in times)
    longest = max(seconds for _, seconds in times) - base
    least = max(BEYOND * base, SHARE * longest)
    beyond = [(n, seconds - base) for n, seconds in times if seconds > base]
    chosen = [(n, seconds) for n, seconds in beyond if seconds >= least]
    if len(chosen) < LEAST and longest > CLEAR * base and len(beyond) >= 3:
        return beyond[-LEAST:]
    return chosen if len(chosen) >= LEAST else times[-LAST:]


def _theil_sen(points: list[tuple[float, float]]) -> Slope:
    """Return the median of the slopes between all pairs (Theil 1950, Sen 1968).

    One time that the machine's load has doubled does not move it. The uncertainty is twice the
    standard error of a straight line, its scatter taken from the median residual.
    """
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    value = median(slopes)
    level = median([y - value * x for x, y in points])
    scatter = 1.4826 * median([abs(y - value * x - level) for x, y in points])
    spread = pstdev([x for x, _ in points])
    return Slope(value, 2 * scatter / (spread * math.sqrt(len(points))))
