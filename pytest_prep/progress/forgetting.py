"""How this learner forgets, and how long an answer takes them.

Nobody's memory follows the default parameters of FSRS, and fitting all 21 to a few days of answers
would follow noise. So nine variants stand side by side (the first stabilities as they are, a third
and a tenth of it; the default decay, a steeper and a steep one), and every answer of the learner
moves their weights by Bayes' rule. The variants lean to forgetting faster than the default: too
hopeful a belief spreads a short time over too many cards, which simulations punish hardest (see
``benchmarks/flash_planner.py``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from pytest_prep.progress.memory import (
    AGAIN,
    DEFAULT_PARAMETERS,
    FSRS,
    GOOD,
    GRADES,
    SAME_DAY,
    STABILITY_MINIMUM,
    Memory,
    Review,
)
from pytest_prep.progress.reviews import CardRecord

#: Multiples of the first stabilities (w0 to w3), and decays of the curve (w20).
SCALES: Final = (0.1, 0.33, 1.0)
DECAYS: Final = (0.1542, 0.4, 1.0)

#: The latest answers are enough to weigh nine variants, and take a hundredth of a second.
_ANSWERS: Final = 2000

#: First grades of somebody who learns new cards, as if twenty had been seen: where the learner
#: has few answers, these count.
_FIRST: Final = {1: 6.0, 2: 3.0, 3: 9.0, 4: 2.0}

#: A variant that is believed less than this is left out.
_BELIEVED: Final = 0.01

#: The belief before there are answers: half of it in the default parameters.
_PRIOR: Final = (1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 16.0, 4.0, 4.0)

VARIANTS: Final = tuple(
    FSRS((*(scale * w for w in DEFAULT_PARAMETERS[:4]), *DEFAULT_PARAMETERS[4:20], decay))
    for scale in SCALES
    for decay in DECAYS
)


@dataclass(frozen=True)
class Forgetting:
    """What is believed of a learner's memory."""

    #: The belief in each of ``VARIANTS``; the sum is 1.
    weights: tuple[float, ...]
    #: The chance of each grade at a card's first review.
    first: dict[int, float]

    @property
    def believed(self) -> list[tuple[float, int]]:
        """The variants worth asking: weight and number."""
        return [(w, number) for number, w in enumerate(self.weights) if w >= _BELIEVED]

    def recall(self, reviews: tuple[Review, ...], target: float) -> float:
        """Return the chance that a card is known at a moment, without another review.

        A card never seen counts as unknown: nothing shows that it is not.
        """
        if not reviews:
            return 0.0
        total = share = 0.0
        for weight, number in self.believed:
            state = _state(number, reviews)
            elapsed = target - state.last
            total += weight * VARIANTS[number].retrievability(state.stability, elapsed)
            share += weight
        return total / share

    def gain(self, reviews: tuple[Review, ...], at: float, target: float) -> float:
        """Return how much a review at ``at`` adds to the chance of recall at ``target``."""
        total = share = 0.0
        for weight, number in self.believed:
            total += weight * self._gain(number, reviews, at, target)
            share += weight
        return total / share

    def _gain(self, number: int, reviews: tuple[Review, ...], at: float, target: float) -> float:
        model, ahead = VARIANTS[number], target - at
        if not reviews:
            return sum(
                chance * model.retrievability(model.initial_stability(grade), ahead)
                for grade, chance in self.first.items()
            )
        stability, difficulty, last = _state(number, reviews)
        now = model.retrievability(stability, at - last)
        recalled = model.recall_stability(difficulty, stability, now, GOOD)
        forgotten = max(model.forget_stability(difficulty, stability, now), STABILITY_MINIMUM)
        return (
            now * model.retrievability(recalled, ahead)
            + (1 - now) * model.retrievability(forgotten, ahead)
            - model.retrievability(stability, target - last)
        )


@lru_cache(maxsize=1 << 17)
def _state(number: int, reviews: tuple[Review, ...]) -> Memory:
    # A session asks several times; a replay takes ten times as long as finding it here.
    state = VARIANTS[number].replay(reviews)
    assert state is not None, "only a card with reviews has a state"
    return state


def learn(records: Iterable[CardRecord]) -> Forgetting:
    """Return what a learner's answers say of their memory."""
    seen = [record.reviews for record in records if record.reviews]
    first = Counter(reviews[0].grade for reviews in seen)
    total = sum(_FIRST.values()) + len(seen)
    chances = {grade: (_FIRST[grade] + first[grade]) / total for grade in GRADES}
    return Forgetting(_weights(seen), chances)


def _weights(seen: list[tuple[Review, ...]]) -> tuple[float, ...]:
    """Return the belief in each variant after the latest answers."""
    answers, latest = 0, []
    for reviews in sorted(seen, key=lambda reviews: -reviews[-1].moment):
        latest.append(reviews)
        answers += len(reviews) - 1
        if answers >= _ANSWERS:
            break
    logs = [
        math.log(prior) + sum(_log_likelihood(model, reviews) for reviews in latest)
        for prior, model in zip(_PRIOR, VARIANTS, strict=True)
    ]
    best = max(logs)
    weights = [math.exp(log - best) for log in logs]
    return tuple(weight / sum(weights) for weight in weights)


def _log_likelihood(model: FSRS, reviews: tuple[Review, ...]) -> float:
    """Return how well a variant predicted which answers were right.

    First reviews predict nothing, and those of the same day say little.
    """
    total = 0.0
    state: Memory | None = None
    for review in reviews:
        if state is not None and review.moment - state.last >= SAME_DAY:
            chance = model.retrievability(state.stability, review.moment - state.last)
            chance = min(max(chance, 0.01), 0.99)
            total += math.log(1 - chance if review.grade == AGAIN else chance)
        state = model.review(state, review)
    return total


class Pace:
    """How many seconds an answer takes this learner: medians, so that a pause does not count."""

    #: Assumed before there are answers: seconds for a new card, and for one seen before.
    NEW, SEEN = 20.0, 10.0
    #: Visits to come that showing a new card commits to.
    VISITS = 3

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

    def cost(self, record: CardRecord) -> float:
        """Return the seconds that showing a card commits to: a new one will be seen again."""
        return self.seconds(record) + (0 if record.reviews else self.VISITS * self._seen)

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
