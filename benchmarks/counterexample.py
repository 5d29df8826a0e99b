"""How well the counterexample search finds, on the corpus of answers in ``tests/judge_corpus``.

    python benchmarks/counterexample.py                  both halves, and the speed of a batch
    python benchmarks/counterexample.py --half tuned -v  one half, and each answer that it misses
    python benchmarks/counterexample.py --hypothesis 40  against hypothesis' find, on 40 answers

Times are CPU seconds of this process. sqlglot and duckdb are imported before the clock starts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from statistics import median

import duckdb
import sqlglot  # noqa: F401 (imported before the clock starts)
from judge_corpus import HALVES, Answer, read_corpus

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import Hints, Search, search, seed_of
from pytest_prep.judging.counterexample.hunt import Hunt


def main() -> None:
    """Parse the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--budget", type=float, default=1.0, help="CPU seconds (default 1)")
    parser.add_argument("--only", default="", help="questions whose name holds this text")
    parser.add_argument("--seed", type=int, default=0, help="added to each question's seed")
    parser.add_argument("--wrong-only", action="store_true")
    parser.add_argument("--hypothesis", type=int, default=0, metavar="N")
    parser.add_argument("-v", "--verbose", action="store_true")
    chosen = parser.parse_args()
    print(f"duckdb {duckdb.__version__}, {chosen.budget} CPU s")
    for half in chosen.half or HALVES:
        answers = [a for a in read_corpus(half) if chosen.only in a.question]
        if chosen.wrong_only:
            answers = [a for a in answers if not a.right]
        print_half(half, answers, chosen.budget, chosen.seed, verbose=chosen.verbose)
    if not chosen.only and not chosen.wrong_only:
        print_throughput()
    if chosen.hypothesis:
        from counterexample_hypothesis import print_comparison

        wrong = [a for a in read_corpus("tuned") if not a.right]
        print_comparison(wrong[:: max(1, len(wrong) // chosen.hypothesis)], chosen.budget)


def searched(answer: Answer, budget: float, seed: int = 0) -> Search:
    """Search with the corpus's rules and a seed from the question's texts."""
    return search(
        answer.schema,
        answer.reference,
        answer.sql,
        rules=Rules(order=answer.order),
        seed=seed_of(answer.schema, answer.reference) + seed,
        cpu_budget=budget,
    )


def print_half(
    half: str, answers: Sequence[Answer], budget: float, seed: int, *, verbose: bool
) -> None:
    """Run the search on all answers of a half."""
    caught: list[Search] = []
    missed, alarms = [], []
    for answer in answers:
        result = searched(answer, budget, seed)
        if answer.right:
            if result.counterexample:
                alarms.append((answer, result))
        elif result.counterexample:
            caught.append(result)
        else:
            missed.append((answer, result))
        if verbose:
            found = result.counterexample
            rows = f"{found.size} rows {found.reason}" if found else result.summary
            print(f"  {answer.question:10} {answer.about:70.70} {result.cpu:.2f} s  {rows}")
            if found and answer.right:
                print(found.as_sql(), found.expected, found.yours, found.error)
    wrong = len(caught) + len(missed)
    print(f"{half}: {len(caught)} of {wrong} wrong answers caught ({len(caught) / wrong:.1%})")
    for answer, result in missed:
        print(f"  missed: {answer.question}: {answer.about} ({result.summary})")
    right = sum(answer.right for answer in answers)
    print(f"  false alarms: {len(alarms)} of {right} right answers")
    for answer, _ in alarms:
        print(f"  false alarm: {answer.question}: {answer.about}")
    if caught:
        print(f"  found        {spread([r.found or 0.0 for r in caught])} CPU s")
        print(f"  and shrunk   {spread([r.cpu for r in caught])} CPU s")
        sizes = [r.counterexample.size for r in caught if r.counterexample]
        print(f"  rows         {spread(sizes, 0)}, most {max(sizes)}")


def spread(values: Sequence[float], decimals: int = 2) -> str:
    """Write the median and the 95th percentile."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {median(ordered):.{decimals}f}, p95 {high:.{decimals}f}"


def print_throughput(count: int = 400) -> None:
    """Run the right answers on the same databases in a batch and one at a time."""
    batch: list[float] = []
    singly: list[float] = []
    questions: dict[str, Answer] = {}
    for answer in read_corpus("tuned"):
        if answer.right:
            questions.setdefault(answer.question, answer)
    for answer in questions.values():
        with Hunt(
            answer.schema,
            answer.reference,
            answer.sql,
            Rules(order=answer.order),
            seed=1,
            hints=Hints(),
        ) as hunt:
            hunt.bench.load([hunt.generator.database() for _ in range(count)])
            hunt.bench.repair()
            far = time.process_time() + 60
            for alone, figures in ((False, batch), (True, singly)):
                hunt.trial.reference.singly = hunt.trial.answer.singly = alone
                start = time.process_time()
                done = len(hunt.trial.run(count, far).yours)
                figures.append(done / (time.process_time() - start))
    print("databases per CPU second, both queries and comparison, median over questions:")
    print(f"  in a batch of {count}: {median(batch):,.0f}")
    print(f"  one at a time:     {median(singly):,.0f}")


if __name__ == "__main__":
    main()
