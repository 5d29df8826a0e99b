"""How well sessions prepare for an interview date: the planner against other ways to choose cards.

    python benchmarks/flash_planner.py            # five minutes; the table of the README
    python benchmarks/flash_planner.py --quick    # half a minute, wider intervals
    python benchmarks/flash_planner.py --cost     # the time of a plan over 100,000 reviews

A simulated learner has 250 new cards and some days with some minutes each; on the day after the
last one the true chance of recall, averaged over all cards, is noted. No policy sees the truth:
each knows only the grades and the seconds of the answers, as in a real session. All repeat what
failed once the chosen cards are done and minutes are left.

Four kinds of learner forget by laws of their own, with parameters drawn for each learner and each
card: FSRS-6 with noise; ACT-R (Pavlik and Anderson 2005); and two with exponential forgetting,
one whose half-life doubles by a fixed factor, one who gains the more the less is left (spacing).

The planner's constants were chosen on the seeds of ``--tune``; the figures are of other seeds.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import mean, stdev
from typing import Protocol

from pytest_prep.progress.clock import day_start, study_day
from pytest_prep.progress.events import CARD, new_event
from pytest_prep.progress.forgetting import _state
from pytest_prep.progress.memory import DEFAULT_PARAMETERS, FSRS, SM2, Memory, Review, to_days
from pytest_prep.progress.planner import plan_session
from pytest_prep.progress.reviews import CardRecord, read_cards

START = datetime(2026, 3, 2, 19, tzinfo=UTC)
CARDS = [f"card-{n}" for n in range(250)]


class Learner(Protocol):
    """A memory whose laws the policies do not know."""

    def recall(self, card: str, moment: float) -> float:
        """Return the true chance of recall."""

    def study(self, card: str, moment: float, grade: int) -> None:
        """See the card's answer."""


class NoisyFSRS:
    """FSRS-6, every parameter shifted for the learner, every card's stability for the card."""

    def __init__(self, rng: random.Random) -> None:
        w = [value * rng.lognormvariate(0, 0.25) for value in DEFAULT_PARAMETERS]
        w[7] = DEFAULT_PARAMETERS[7]
        w[15], w[16] = min(w[15], 1.0), max(w[16], 1.0)
        w[20] = rng.uniform(0.1, 0.4)
        self.fsrs = FSRS(tuple(w))
        self.ease = {card: rng.lognormvariate(0, 0.5) for card in CARDS}
        self.states: dict[str, Memory] = {}

    def recall(self, card: str, moment: float) -> float:
        """Return the true chance of recall."""
        if card not in self.states:
            return 0.0
        state = self.states[card]
        return self.fsrs.retrievability(state.stability * self.ease[card], moment - state.last)

    def study(self, card: str, moment: float, grade: int) -> None:
        """See the card's answer."""
        self.states[card] = self.fsrs.review(self.states.get(card), Review(moment, grade))


class ActR:
    """Each exposure leaves a trace; it decays the faster, the more active the memory was."""

    A, C, TAU, S = 0.177, 0.217, -0.704, 0.255

    def __init__(self, rng: random.Random) -> None:
        # Pavlik and Anderson scale the time between sessions down: less interferes then.
        self.scale = 0.025 * rng.lognormvariate(0, 0.4)
        self.tau = self.TAU + rng.gauss(0, 0.15)
        self.ease = {card: rng.gauss(0, 0.25) for card in CARDS}
        self.traces: dict[str, list[tuple[float, float]]] = {}

    def _activation(self, card: str, moment: float) -> float:
        traces = self.traces.get(card)
        if not traces:
            return -math.inf
        total = sum(
            max((moment - then) * 86_400 * self.scale, 1.0) ** -decay for then, decay in traces
        )
        return math.log(total) + self.ease[card]

    def recall(self, card: str, moment: float) -> float:
        """Return the true chance of recall."""
        return 1 / (1 + math.exp(min((self.tau - self._activation(card, moment)) / self.S, 700)))

    def study(self, card: str, moment: float, grade: int) -> None:
        """See the card's answer."""
        activation = self._activation(card, moment)
        decay = self.C * math.exp(min(activation, 2.0)) + self.A
        self.traces.setdefault(card, []).append((moment, decay))


class Exponential:
    """R halves every h days; a success multiplies h by a factor, a lapse throws it back."""

    def __init__(self, rng: random.Random) -> None:
        self.factor = rng.uniform(1.6, 2.6)
        self.first = rng.uniform(0.8, 2.5)
        self.ease = {card: rng.lognormvariate(0, 0.4) for card in CARDS}
        self.states: dict[str, tuple[float, float]] = {}

    def recall(self, card: str, moment: float) -> float:
        """Return the true chance of recall."""
        if card not in self.states:
            return 0.0
        half, last = self.states[card]
        return float(2 ** (-(moment - last) / half))

    def grown(self, half: float, recall: float) -> float:
        """Return the half-life after a success."""
        # What was seen minutes ago teaches nothing new.
        return half * (1 + (self.factor - 1) * min((1 - recall) / 0.2, 1.0))

    def study(self, card: str, moment: float, grade: int) -> None:
        """See the card's answer."""
        fresh = self.first * self.ease[card] * (1.5 if grade == 4 else 1.0)
        if card not in self.states:
            half = fresh
        elif grade == 1:
            half = max(self.states[card][0] * 0.4, fresh * 0.7)
        else:
            half = self.grown(self.states[card][0], self.recall(card, moment))
        self.states[card] = (half, moment)


class Spacing(Exponential):
    """As above, but the gain grows all the way with what was forgotten, and flattens with h."""

    def grown(self, half: float, recall: float) -> float:
        """Return the half-life after a success."""
        return half * (1 + 4 * (self.factor - 1) * (1 - recall) * float((1 + half) ** -0.3))


LEARNERS: dict[str, Callable[[random.Random], Learner]] = {
    "FSRS-6 with noise": NoisyFSRS,
    "ACT-R": ActR,
    "exponential": Exponential,
    "exponential, spacing": Spacing,
}


class Simulation:
    """A learner, the log of their answers, and a policy that sees only the log."""

    def __init__(self, kind: str, seed: int) -> None:
        self.rng = random.Random(f"{kind} {seed}")
        self.learner = LEARNERS[kind](self.rng)
        self.speed = self.rng.uniform(0.7, 1.4)
        self.records: dict[str, CardRecord] = {}

    def answer(self, card: str, moment: datetime) -> tuple[float, int]:
        """Ask a card, log it, and return the seconds and the grade."""
        at, rng = to_days(moment), self.rng
        record = self.records.get(card, CardRecord(card))
        if not record.reviews:
            grade = rng.choices((1, 2, 3, 4), (35, 15, 42, 8))[0]
            seconds = 20.0
        elif rng.random() < self.learner.recall(card, at):
            grade, seconds = rng.choices((2, 3, 4), (15, 70, 15))[0], 8.0
        else:
            grade, seconds = 1, 16.0
        seconds *= self.speed * rng.lognormvariate(0, 0.4)
        self.learner.study(card, at, grade)
        day = study_day(moment).isoformat()
        self.records[card] = CardRecord(
            card,
            (*record.reviews, Review(at, grade)),
            (*record.seconds, seconds),
            record.first_day or day,
            day,
        )
        return seconds, grade

    def run(self, policy: Policy, days: int, minutes: float) -> float:
        """Practise, and return the true recall at noon of the day after the last one."""
        interview = study_day(START) + timedelta(days=days)
        for day in range(days):
            start = START + timedelta(days=day)
            spent, failed = 0.0, []
            for card in policy(self.records, start, interview, minutes):
                if spent >= minutes * 60:
                    break
                seconds, grade = self.answer(card, start + timedelta(seconds=spent))
                spent += seconds
                if grade == 1:
                    failed.append(card)
            while failed and spent < minutes * 60:
                card = failed.pop(0)
                # Ten seconds to turn to the next one keep moments apart where cards are few.
                seconds, grade = self.answer(card, start + timedelta(seconds=spent + 10))
                spent += seconds + 10
                if grade == 1:
                    failed.append(card)
        at = to_days(day_start(interview) + timedelta(hours=8))
        return mean(self.learner.recall(card, at) for card in CARDS)


Policy = Callable[[dict[str, CardRecord], datetime, date, float], Sequence[str]]


def planner(
    records: dict[str, CardRecord], now: datetime, interview: date, minutes: float
) -> Sequence[str]:
    """The planner, told of the date."""
    return plan_session(CARDS, records, now=now, interview=interview, minutes=minutes).cards


def due(scheduler: FSRS | SM2, *, ahead: bool = False) -> Policy:
    """Return a policy that shows what is due, then new cards, then perhaps what is not due yet."""

    def choose(
        records: dict[str, CardRecord], now: datetime, interview: date, minutes: float
    ) -> Sequence[str]:
        session = plan_session(
            CARDS,
            records,
            now=now,
            interview=None,
            minutes=minutes * 2,
            new=len(CARDS),
            scheduler=scheduler,
        )
        rest: list[str] = []
        if ahead:
            at, chosen = to_days(now), set(session.cards)
            rest = [card for card in records if card not in chosen]
            rest.sort(
                key=lambda card: -scheduler.urgency(scheduler.replay(records[card].reviews), at)  # type: ignore[arg-type]
            )
        return [*session.cards, *rest]

    return choose


def rotation(
    records: dict[str, CardRecord], now: datetime, interview: date, minutes: float
) -> Sequence[str]:
    """The card seen longest ago first, unseen ones before all."""
    last = {card: record.reviews[-1].moment for card, record in records.items()}
    return sorted(CARDS, key=lambda card: last.get(card, 0.0))


POLICIES: dict[str, Policy] = {
    "SM-2": due(SM2()),
    "FSRS 0.90": due(FSRS()),
    "FSRS, ahead": due(FSRS(), ahead=True),
    "rotation": rotation,
    "planner": planner,
}


@dataclass(frozen=True)
class Row:
    """Recall on the day, in percent, of one kind of learner, one value a seed for each policy."""

    kind: str
    recalls: dict[str, list[float]]

    def lines(self) -> Iterator[str]:
        """Yield a line of means, and one of the planner's lead over each other policy."""
        means = [
            f"{mean(values):6.1f} ±{half_width(values):3.1f}" for values in self.recalls.values()
        ]
        yield f"{self.kind:22}" + "".join(f"{text:>14}" for text in means)
        ours = self.recalls["planner"]
        leads = []
        for name, values in self.recalls.items():
            if name != "planner":
                gaps = [a - b for a, b in zip(ours, values, strict=True)]
                leads.append(f"{mean(gaps):+6.1f} ±{half_width(gaps):3.1f}")
        yield f"{'  planner leads by':22}" + "".join(f"{text:>14}" for text in leads)


def half_width(values: list[float]) -> float:
    """Return half the width of the 95 % confidence interval of the mean."""
    return 1.96 * stdev(values) / math.sqrt(len(values))


def simulate(seeds: range, days: int, minutes: float) -> None:
    """Print the table of one setting."""
    print(
        f"\n{len(CARDS)} cards, {days} days, {minutes:g} minutes a day, {len(seeds)} learners each"
    )
    print(f"{'recall on the day, %':22}" + "".join(f"{name:>14}" for name in POLICIES))
    for kind in LEARNERS:
        recalls = {
            name: [100 * Simulation(kind, seed).run(policy, days, minutes) for seed in seeds]
            for name, policy in POLICIES.items()
        }
        for line in Row(kind, recalls).lines():
            print(line)


def cost() -> None:
    """Print the seconds that reading the log and planning take with 100,000 reviews."""
    rng, events = random.Random(1), []
    end = START + timedelta(days=90)
    for number in range(10_000):
        moment = START + timedelta(days=rng.random() * 20)
        for _ in range(10):
            grade = rng.choices((1, 2, 3, 4), (15, 15, 60, 10))[0]
            data = {"card": f"card-{number}", "grade": grade, "milliseconds": 9000, "content": ""}
            events.append(new_event(CARD, data, moment=moment))
            moment = min(moment + timedelta(days=rng.random() * 14), end - timedelta(days=1))
    events.sort(key=lambda event: event.time)
    for name, interview in (
        ("to a date", study_day(end) + timedelta(days=14)),
        ("what is due", None),
    ):
        reading, planning = [], []
        for _ in range(3):
            start = time.process_time()
            records = read_cards(events)
            reading.append(time.process_time() - start)
            _state.cache_clear()
            start = time.process_time()
            plan_session(list(records), records, now=end, interview=interview, minutes=30)
            planning.append(time.process_time() - start)
        print(
            f"{len(records):,} cards, {len(events):,} reviews, {name}: "
            f"reading {min(reading):.2f} s, planning {min(planning):.2f} s of CPU time"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="few learners, one setting")
    parser.add_argument("--tune", action="store_true", help="the seeds the constants are chosen on")
    parser.add_argument("--cost", action="store_true", help="the time of planning, and stop")
    parser.add_argument("--seeds", type=int, default=0, help="learners of each kind")
    arguments = parser.parse_args()
    os.environ["TZ"] = "UTC"
    time.tzset()
    if arguments.cost:
        cost()
        return
    count = arguments.seeds or (6 if arguments.quick else 30)
    first = 1000 if arguments.tune else 1
    seeds = range(first, first + count)
    settings = [(14, 30.0)] if arguments.quick else [(14, 15.0), (14, 30.0), (14, 60.0), (2, 30.0)]
    for days, minutes in settings:
        simulate(seeds, days, minutes)


if __name__ == "__main__":
    main()
