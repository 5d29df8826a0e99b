"""When something learnt is due again: two schedulers, FSRS-6 and SM-2, behind one protocol.

A scheduler turns reviews into a state, and a state into the moment at which the next review is
due. States are never stored: they are replayed from the log of reviews, so changing the scheduler
needs no migration, and taking a review back is exact.

Moments are days since 1970-01-01 UTC, fractions included: the unit of every formula below.

>>> fsrs = FSRS()
>>> state = fsrs.replay([Review(20_000.0, GOOD), Review(20_003.0, GOOD)])
>>> round(fsrs.due(state) - state.last)
14
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple, Protocol, TypeVar

#: The grades a review can have.
AGAIN, HARD, GOOD, EASY = GRADES = (1, 2, 3, 4)

#: Reviews that follow within half a day are of the same day: nobody slept in between. Counting
#: whole days, as the package ``fsrs`` does, takes 21:00 and 20:00 on the next day for the same.
SAME_DAY: Final = 0.5

#: The longest interval, in days.
MAXIMUM_INTERVAL: Final = 36500.0

#: The least stability, in days.
STABILITY_MINIMUM: Final = 0.001

#: The default parameters of FSRS-6, w0 to w20.
DEFAULT_PARAMETERS: Final = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip

#: Within years 4 to 9997: the calendar's very ends have no local time.
_FIRST_DAY, _LAST_DAY = -718_000.0, 2_932_000.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def to_days(moment: datetime) -> float:
    """Return a moment, which knows its offset, as days since 1970-01-01 UTC."""
    return (moment - _EPOCH) / _DAY


def to_datetime(days: float) -> datetime:
    """Return the moment, in UTC, that is so many days after 1970-01-01, within the calendar."""
    return _EPOCH + timedelta(days=min(max(days, _FIRST_DAY), _LAST_DAY))


class Review(NamedTuple):
    """One answer to one card, or one solve of one kata."""

    #: When, in days since 1970-01-01 UTC.
    moment: float
    #: 1 again, 2 hard, 3 good, 4 easy.
    grade: int


S = TypeVar("S")


class Scheduler(Protocol[S]):
    """What the planner, the screens and the katas need of a memory model."""

    @property
    def name(self) -> str:
        """The name it is chosen by."""

    def review(self, state: S | None, review: Review) -> S:
        """Return the state after a review; ``state`` is None before the first one."""

    def replay(self, reviews: Iterable[Review]) -> S | None:
        """Return the state after reviews in the order of time, None where there are none."""

    def due(self, state: S) -> float:
        """Return the moment at which the next review is due, whole days after the last one."""

    def urgency(self, state: S, moment: float) -> float:
        """Return how much a review is needed: what is more overdue has the larger number."""


def next_dates(scheduler: Scheduler[Any], state: Any, moment: float) -> dict[int, float]:
    """Return for each grade when the card would be due next, were it given at ``moment``."""
    reviewed = {grade: scheduler.review(state, Review(moment, grade)) for grade in GRADES}
    return {grade: scheduler.due(after) for grade, after in reviewed.items()}


class Memory(NamedTuple):
    """A state of FSRS."""

    #: S: the days until retrievability falls to 90 %.
    stability: float
    #: D: from 1 (easy) to 10.
    difficulty: float
    #: The moment of the last review.
    last: float


@dataclass(frozen=True)
class FSRS:
    """FSRS-6, by the formulas of https://github.com/open-spaced-repetition/awesome-fsrs/wiki.

    There are no learning steps and no fuzz, and days are not rounded: a review after 22 hours is
    one after 0.92 days. Where both count alike, in whole days, it agrees with the package
    ``fsrs``.
    """

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    #: The share of cards that should still be known when they are due.
    retention: float = 0.9
    name: str = "fsrs"
    #: FACTOR of the forgetting curve: R is 0.9 after S days.
    factor: float = field(init=False)
    #: D0(4), and e to the power of w8: every review needs them.
    easy: float = field(init=False)
    growth: float = field(init=False)

    def __post_init__(self) -> None:
        """Work out what follows from the parameters alone."""
        object.__setattr__(self, "factor", 0.9 ** (-1 / self.parameters[20]) - 1)
        object.__setattr__(self, "easy", self.initial_difficulty(EASY))
        object.__setattr__(self, "growth", math.exp(self.parameters[8]))

    # -- the formulas, named as in the description

    def retrievability(self, stability: float, elapsed: float) -> float:
        """R(t, S): the chance of recall ``elapsed`` days after the last review."""
        return float((1 + self.factor * max(elapsed, 0.0) / stability) ** -self.parameters[20])

    def interval(self, stability: float) -> float:
        """I(r, S): the days until retrievability has fallen to the desired retention."""
        return float(stability / self.factor * (self.retention ** (-1 / self.parameters[20]) - 1))

    def initial_stability(self, grade: int) -> float:
        """S0(G)."""
        return self.parameters[grade - 1]

    def initial_difficulty(self, grade: int) -> float:
        """D0(G), not yet kept within 1 and 10."""
        w = self.parameters
        return w[4] - math.exp(w[5] * (grade - 1)) + 1

    def next_difficulty(self, difficulty: float, grade: int) -> float:
        """D'(D, G): linear damping, then reversion to the mean."""
        w = self.parameters
        damped = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9
        return _clamp(w[7] * self.easy + (1 - w[7]) * damped)

    def recall_stability(
        self, difficulty: float, stability: float, retrievability: float, grade: int
    ) -> float:
        """S'r(D, S, R, G): after a recall."""
        w = self.parameters
        bonus = w[15] if grade == HARD else w[16] if grade == EASY else 1.0
        growth = self.growth * (11 - difficulty) * stability ** -w[9]
        return float(
            stability * (1 + growth * (math.exp(w[10] * (1 - retrievability)) - 1) * bonus)
        )

    def forget_stability(self, difficulty: float, stability: float, retrievability: float) -> float:
        """S'f(D, S, R): after a lapse."""
        w = self.parameters
        kept = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
        return float(
            min(kept * math.exp(w[14] * (1 - retrievability)), stability / math.exp(w[17] * w[18]))
        )

    def short_term_stability(self, stability: float, grade: int) -> float:
        """S's(S, G): after another review on the same day."""
        w = self.parameters
        growth = math.exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
        return float(stability * (growth if grade == AGAIN else max(growth, 1.0)))

    # -- the scheduler

    def review(self, state: Memory | None, review: Review) -> Memory:
        """Return the state after a review."""
        moment, grade = review
        if state is None:
            difficulty = _clamp(self.initial_difficulty(grade))
            return Memory(self.initial_stability(grade), difficulty, moment)
        stability, difficulty, last = state
        elapsed = moment - last
        if elapsed < SAME_DAY:
            stability = self.short_term_stability(stability, grade)
        else:
            now = self.retrievability(stability, elapsed)
            if grade == AGAIN:
                stability = self.forget_stability(difficulty, stability, now)
            else:
                stability = self.recall_stability(difficulty, stability, now, grade)
        return Memory(
            max(stability, STABILITY_MINIMUM), self.next_difficulty(difficulty, grade), moment
        )

    def replay(self, reviews: Iterable[Review]) -> Memory | None:
        """Return the state after reviews in the order of time."""
        state = None
        for review in reviews:
            state = self.review(state, review)
        return state

    def due(self, state: Memory) -> float:
        """Return the moment of the next review: a whole number of days, one at least."""
        days = max(round(self.interval(state.stability)), 1)
        return state.last + min(days, MAXIMUM_INTERVAL)

    def urgency(self, state: Memory, moment: float) -> float:
        """Return the chance that it is forgotten."""
        return 1 - self.retrievability(state.stability, moment - state.last)


def _clamp(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


class Repetition(NamedTuple):
    """A state of SM-2."""

    #: n: repetitions in a row that were remembered.
    repetitions: int
    #: EF: the easiness factor, 1.3 at least.
    factor: float
    #: I(n): the days to the next repetition.
    interval: int
    #: The moment of the last repetition.
    last: float


@dataclass(frozen=True)
class SM2:
    """SM-2, by its description: P. A. Wozniak, *Optimization of learning* (1990), section 3.2.

    Its scale of quality goes from 0 to 5: again counts as 2, hard as 3, good as 4, easy as 5.
    What it asks to be repeated on the same day until it is good (its step 7) changes nothing.
    """

    name: str = "sm2"

    def review(self, state: Repetition | None, review: Review) -> Repetition:
        """Return the state after a repetition."""
        moment, grade = review
        count, factor, interval, last = state or Repetition(0, 2.5, 0, -math.inf)
        if moment - last < SAME_DAY:
            return Repetition(count, factor, interval, last)
        if grade == AGAIN:  # step 6: from the beginning, with the factor as it is
            return Repetition(0, factor, 1, moment)
        quality = grade + 1
        factor = max(factor + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02), 1.3)
        # step 3: I(1) = 1, I(2) = 6, I(n) = I(n-1) × EF, a fraction rounded up; the inner round
        # keeps 28.000000000000004 from becoming 29
        interval = (1, 6)[count] if count < 2 else math.ceil(round(interval * factor, 9))
        return Repetition(count + 1, factor, min(interval, round(MAXIMUM_INTERVAL)), moment)

    def replay(self, reviews: Iterable[Review]) -> Repetition | None:
        """Return the state after repetitions in the order of time."""
        state = None
        for review in reviews:
            state = self.review(state, review)
        return state

    def due(self, state: Repetition) -> float:
        """Return the moment of the next repetition."""
        return state.last + state.interval

    def urgency(self, state: Repetition, moment: float) -> float:
        """Return the time since the last repetition as a multiple of the interval."""
        return (moment - state.last) / state.interval


#: The schedulers by the name they are chosen by.
SCHEDULERS: Final[dict[str, Scheduler[Any]]] = {"fsrs": FSRS(), "sm2": SM2()}
