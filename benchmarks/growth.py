"""How often the growth of a function's time is told right, alone and beside a reference.

    python benchmarks/growth.py [repeats]

Each function is measured as ``--review`` measures an answer, with the linear function as the
reference; in the second part answers that grow faster are to be noticed, and fair ones are not to
be blamed. Takes about a second a function and repeat.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable
from itertools import combinations
from typing import Any

from pytest_prep.judging.review.slopes import Slope, is_faster, relative_slope, slope_of
from pytest_prep.judging.review.timings import measure

Function = Callable[[list[int]], Any]


def make(n: int) -> tuple[list[int]]:
    """Return n different numbers out of order."""
    return ([number * 7919 % 1_000_003 for number in range(n)],)


def first(values: list[int]) -> int:
    """Constant."""
    return values[0] if values else 0


def search(values: list[int]) -> int:
    """Logarithmic (the list is not sorted; the steps are the same)."""
    return sum(bisect_left(values, value) for value in range(50))


def total(values: list[int]) -> int:
    """Linear, in C."""
    return sum(values)


def loop(values: list[int]) -> int:
    """Linear, in Python."""
    found = 0
    for value in values:
        found += value & 1
    return found


def seen(values: list[int]) -> bool:
    """Linear, with a set that outgrows the caches."""
    met: set[int] = set()
    for value in values:
        if value in met:
            return True
        met.add(value)
    return False


def in_order(values: list[int]) -> list[int]:
    """N log n, in C."""
    return sorted(values)


def merged(values: list[int]) -> list[int]:
    """N log n, in Python: merge sort."""
    if len(values) < 2:
        return values
    middle = len(values) // 2
    left, right = merged(values[:middle]), merged(values[middle:])
    result = []
    while left and right:
        result.append(left.pop() if left[-1] > right[-1] else right.pop())
    return [*left, *right, *reversed(result)]


def pairs(values: list[int]) -> int:
    """n², in Python."""
    found = 0
    for a in values:
        for b in values:
            found += a < b
    return found


def listed(values: list[int]) -> bool:
    """n², hidden in C: a search in a list."""
    met: list[int] = []
    for value in values:
        if value in met:
            return True
        met.append(value)
    return False


def bubbles(values: list[int]) -> list[int]:
    """n²: bubble sort."""
    result = list(values)
    for end in range(len(result), 1, -1):
        for i in range(end - 1):
            if result[i] > result[i + 1]:
                result[i], result[i + 1] = result[i + 1], result[i]
    return result


def triples(values: list[int]) -> int:
    """n³: all triples."""
    return sum((a + b + c) & 1 for a, b, c in combinations(values, 3))


def subsets(values: list[int]) -> int:
    """2ⁿ: all subsets."""

    def best(place: int, taken: int) -> int:
        if place == len(values):
            return taken & 1
        return best(place + 1, taken) + best(place + 1, taken + values[place])

    return best(0, 0)


def steps(values: list[int]) -> int:
    """1.6ⁿ: Fibonacci numbers by recursion."""

    def count(n: int) -> int:
        return 1 if n < 2 else count(n - 1) + count(n - 2)

    return count(len(values))


#: Function → the upper and lower end of slopes that are called what it is.
EXPECTED: dict[Function, str] = {
    first: "hardly grows",
    search: "hardly grows",
    total: "about as n ",
    loop: "about as n ",
    seen: "about as n ",
    in_order: "about as n ",
    merged: "about as n ",
    pairs: "about as n²",
    listed: "about as n²",
    bubbles: "about as n²",
    triples: "about as n³",
    subsets: "2ⁿ",
    steps: "2ⁿ",
}
#: (answer, reference, whether the answer grows faster).
BESIDE: tuple[tuple[Function, Function, bool], ...] = (
    (listed, seen, True),
    (pairs, in_order, True),
    (bubbles, merged, True),
    (triples, pairs, True),
    (loop, search, True),
    (subsets, loop, True),
    (seen, loop, False),
    (in_order, total, False),
    (merged, in_order, False),
    (bubbles, pairs, False),
    (loop, total, False),
    (search, first, False),
)


def measured(answer: Function, reference: Function) -> tuple[Slope, Slope]:
    """Return the answer's slope, and how much steeper it is than the reference's."""
    *_, (mine, theirs) = measure(answer, reference, make)
    return slope_of(mine), relative_slope(mine, theirs)


def main(arguments: list[str]) -> int:
    """Print a line a function and the hit rates."""
    repeats = int(arguments[0]) if arguments else 20
    hits = 0
    for function, expected in EXPECTED.items():
        slopes = [measured(function, loop)[0] for _ in range(repeats)]
        right = sum(expected in slope.words() for slope in slopes)
        hits += right
        low, high = min(s.value for s in slopes), max(s.value for s in slopes)
        print(
            f"{function.__name__:10} {right:3} of {repeats} right, slopes {low:.2f} to {high:.2f}"
        )
    print(f"classes: {hits} of {repeats * len(EXPECTED)} right")
    told = {True: 0, False: 0}
    for answer, reference, faster in BESIDE:
        flagged = sum(is_faster(measured(answer, reference)[1]) for _ in range(repeats))
        told[faster] += flagged
        print(f"{answer.__name__:10} beside {reference.__name__:10} flagged {flagged} of {repeats}")
    each = repeats * len(BESIDE) // 2
    print(f"beside a reference: {told[True]} of {each} that grow faster were flagged, "
          f"{told[False]} of {each} fair ones")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
