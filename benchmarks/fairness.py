"""How often code that is exactly as fast as the reference would be called too slow, under load.

    python benchmarks/fairness.py                 500 trials beside four busy processes
    python benchmarks/fairness.py --trials 100 --busy 8

Each trial times a small computation twice, as the judge does: once as the reference, once as the
answer, and settles a breach as the judge does. The floor of one second is taken away, which would
hide everything; a single wall-clock measurement stands beside it for comparison. The third column
is the answer judged by a figure that was kept from a calm moment, the fourth how often that figure
spared the reference's run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable

from pytest_prep.judging import budget
from pytest_prep.judging.budget import breached, settle
from pytest_prep.judging.verdict import Timing

FACTORS = (2.0, 3.0, 5.0, 10.0)


def work() -> int:
    """Compute something for about ten milliseconds."""
    return sum(number * number % 7 for number in range(100_000))


def timed(clock: Callable[[], float]) -> float:
    """Return what one piece of work takes by a clock, in seconds."""
    start = clock()
    work()
    return clock() - start


def settled(answer: float, reference: float, factor: float) -> Timing:
    """Return the timing of an answer as the judge settles it."""

    def again() -> float:
        return timed(time.process_time)

    return settle(answer, reference, factor, again, again)


def busy() -> None:
    """Use a core until killed."""
    while True:
        work()


def main() -> None:
    """Run the trials and print the shares as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--busy", type=int, default=4)
    chosen = parser.parse_args()
    budget.FLOOR = 0.0
    kept = min(timed(time.process_time) for _ in range(3))
    load = [multiprocessing.Process(target=busy, daemon=True) for _ in range(chosen.busy)]
    for process in load:
        process.start()
    wrong, wall, by_kept, spared = (dict.fromkeys(FACTORS, 0) for _ in range(4))
    worst = 0.0
    for _ in range(chosen.trials):
        reference, answer = timed(time.process_time), timed(time.process_time)
        once, again = timed(time.perf_counter), timed(time.perf_counter)
        worst = max(worst, answer / reference)
        for factor in FACTORS:
            wrong[factor] += breached(settled(answer, reference, factor))
            wall[factor] += again > factor * once
            by_kept[factor] += breached(settled(answer, kept, factor))
            spared[factor] += answer <= factor * kept
    for process in load:
        process.kill()
    print(
        f"{chosen.trials} trials beside {chosen.busy} busy processes; worst first run {worst:.1f} ×"
    )
    print("| factor | called too slow | by one wall-clock run | by a kept figure | spared |")
    print("|---|---|---|---|---|")
    for factor in FACTORS:
        counts = (wrong[factor], wall[factor], by_kept[factor], spared[factor])
        print(f"| {factor:g} × | {' | '.join(map(str, counts))} |")


if __name__ == "__main__":
    main()
