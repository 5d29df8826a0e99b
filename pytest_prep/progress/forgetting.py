"""How this learner forgets, and how long an answer takes them.

Nobody's memory follows the default parameters of FSRS. Fitting all 21 to a few days of answers
would follow noise; so nine forgetting curves stand side by side on the states of FSRS-6 (each
stability times 0.5, 1 or 2; a flat, the default and a steep decay), and every answer of the
learner moves their weights: Bayes' rule, tempered, because the answers to one card depend on each
other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from statistics import median
from typing import Final

from pytest_prep.progress.memory import AGAIN, FSRS, GOOD, GRADES, SAME_DAY, Memory, Review
from pytest_prep.progress.reviews import CardRecord

#: Multiples of the stability, and decays of the curve (FSRS-6's w20).
SCALES: Final = (0.5, 1.0, 2.0)
DECAYS: Final = (0.1, 0.1542, 0.3)

#: How much of its own log likelihood a variant is believed.
TEMPER: Final = 0.5

#: The latest answers are enough to weigh nine variants, and take a hundredth of a second.
_ANSWERS: Final = 2000

#: First grades of somebody who learns new cards, as if twenty had been seen: where the learner
#: has few answers, these count.
_FIRST: Final = {1: 6.0, 2: 3.0, 3: 9.0, 4: 2.0}

_FSRS: Final = FSRS()


@dataclass(frozen=True)
class Curve:
    """One variant of the forgetting curve: R after t days at stability S."""

    scale: float
    decay: float

    @property
    def factor(self) -> float:
        """FACTOR / scale: R is 0.9 after scale × S days."""
        return float((0.9 ** (-1 / self.decay) - 1) / self.scale)


CURVES: Final = tuple(Curve(scale, decay) for scale in SCALES for decay in DECAYS)
_SHAPES: Final = tuple((curve.factor, -curve.decay) for curve in CURVES)


@dataclass(frozen=True)
class Forgetting:
    """What is believed of a learner's memory."""

    #: One for each of ``CURVES``; they sum to 1.
    weights: tuple[float, ...]
    #: The chance of each grade at a card's first review.
    first: dict[int, float]

    def retrievability(self, stability: float, elapsed: float) -> float:
        """Return the chance of recall, averaged over the curves."""
        x = max(elapsed, 0.0) / stability
        return float(
            sum(
                weight * (1 + factor * x) ** power
                for weight, (factor, power) in zip(self.weights, _SHAPES, strict=True)
                if weight > 0.001
            )
        )

    def recall(self, reviews: Sequence[Review], target: float) -> float:
        """Return the chance that a card is known at a moment, without another review.

        A card never seen counts as unknown: nothing shows that it is not.
        """
        state = _state(tuple(reviews))
        if state is None:
            return 0.0
        return self.retrievability(state.stability, target - state.last)

    def gain(self, reviews: Sequence[Review], at: float, target: float) -> float:
        """Return how much a review at ``at`` adds to the chance of recall at ``target``."""
        state = _state(tuple(reviews))
        ahead = target - at
        if state is None:
            return sum(
                chance * self.retrievability(_FSRS.initial_stability(grade), ahead)
                for grade, chance in self.first.items()
            )
        now = self.retrievability(state.stability, at - state.last)
        recalled = _FSRS.review(state, Review(at, GOOD)).stability
        forgotten = _FSRS.review(state, Review(at, AGAIN)).stability
        after = now * self.retrievability(recalled, ahead) + (1 - now) * self.retrievability(
            forgotten, ahead
        )
        return after - self.retrievability(state.stability, target - state.last)


@lru_cache(maxsize=1 << 16)
def _state(reviews: tuple[Review, ...]) -> Memory | None:
    # A session asks several times; a replay takes ten times as long as finding it here.
    return _FSRS.replay(reviews)


def learn(records: Iterable[CardRecord]) -> Forgetting:
    """Return what a learner's answers say of their memory."""
    seen = [record.reviews for record in records if record.reviews]
    first = Counter(reviews[0].grade for reviews in seen)
    total = sum(_FIRST.values()) + len(seen)
    chances = {grade: (_FIRST[grade] + first[grade]) / total for grade in GRADES}
    return Forgetting(_weights(_predictions(seen)), chances)


def _predictions(seen: Iterable[Sequence[Review]]) -> list[tuple[float, float, bool]]:
    """Return for the latest answers: when, days per stability since the one before, was it known.

    First reviews predict nothing, and those of the same day say little.
    """
    latest = nlargest(_ANSWERS, seen, key=lambda reviews: reviews[-1].moment)
    found = []
    for reviews in latest:
        state: Memory | None = None
        for review in reviews:
            if state is not None and review.moment - state.last >= SAME_DAY:
                x = (review.moment - state.last) / state.stability
                found.append((review.moment, x, review.grade != AGAIN))
            state = _FSRS.review(state, review)
        if len(found) > 2 * _ANSWERS:
            break
    return nlargest(_ANSWERS, found)


def _weights(predictions: list[tuple[float, float, bool]]) -> tuple[float, ...]:
    logs = []
    for factor, power in _SHAPES:
        likelihood = 0.0
        for _, x, known in predictions:
            chance = min(max((1 + factor * x) ** power, 0.01), 0.99)
            likelihood += math.log(chance if known else 1 - chance)
        logs.append(TEMPER * likelihood)
    best = max(logs)
    weights = [math.exp(log - best) for log in logs]
    return tuple(weight / sum(weights) for weight in weights)


class Pace:
    """How many seconds an answer takes this learner: medians, so that a pause does not count."""

    #: Assumed before there are answers: seconds for a new card, and for one seen before.
    NEW, SEEN = 20.0, 10.0

    def __init__(self, records: Iterable[CardRecord]) -> None:
        """Take the medians over all cards."""
        new: list[float] = []
        seen: list[float] = []
        for record in records:
            if record.seconds:
                new.append(record.seconds[0])
                seen.extend(record.seconds[1:])
        self._new = _median(new, self.NEW)
        self._seen = _median(seen, self.SEEN)

    def seconds(self, record: CardRecord) -> float:
        """Return the seconds expected for a card: its own, drawn towards those of all."""
        if not record.reviews:
            return self._new
        own = [seconds for seconds in record.seconds[1:] if seconds > 0]
        if not own:
            return self._seen
        return (median(own) * len(own) + self._seen * 3) / (len(own) + 3)


def _median(seconds: list[float], usual: float) -> float:
    """Return the median, drawn towards what is usual while there are few answers."""
    known = [value for value in seconds if value > 0]
    if not known:
        return usual
    return max((median(known) * len(known) + usual * 5) / (len(known) + 5), 1.0)
