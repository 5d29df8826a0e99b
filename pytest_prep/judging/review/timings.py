"""CPU time of an answer and the reference on inputs of growing size, measured in one process."""

from __future__ import annotations

import ast
import gc
import time
from collections import deque
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path
from typing import Any, Final

from pytest_prep.judging.review.slopes import Point

#: What a kata's test module calls the function that makes an input of size n.
GENERATOR: Final = "growth_input"
#: Sizes start here and grow by this factor.
SMALLEST, FACTOR, LARGEST = 4, 1.5, 1 << 20
#: CPU seconds: of one call after which no larger size is tried; that a next size may be expected
#: to take; of making one input; of the whole measurement.
ENOUGH, NEXT, MAKING, TOTAL = 0.06, 0.25, 0.05, 2.5
#: A call is repeated for about this long, at most so often; the shortest counts.
REPEAT, MOST = 0.002, 12

#: The answer's times and the reference's.
Sizes = tuple[list[Point], list[Point]]
Make = Callable[[int], tuple[Any, ...]]
Solve = Callable[..., Any]


def generator_in(folder: Path) -> Path | None:
    """Return the test module of a kata that makes inputs of growing size, None without one."""
    for path in sorted(folder.glob("test_*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError):
            continue
        if any(isinstance(n, ast.FunctionDef) and n.name == GENERATOR for n in tree.body):
            return path
    return None


def measure(answer: Solve, reference: Solve, make: Make) -> Iterator[Sizes]:
    """Yield what is known after each size: the answer's times and the reference's.

    Both are measured one after the other on the same sizes, and each goes on to larger ones as
    long as it is worth it.
    """
    began = time.process_time()
    known: Sizes = ([], [])
    running = [0, 1]
    solve = (answer, reference)
    n = SMALLEST
    collecting = gc.isenabled()
    gc.disable()
    try:
        while n <= LARGEST and running:
            start = time.process_time()
            make(n)
            making = time.process_time() - start
            for which in running:
                known[which].append((n, _shortest(solve[which], make, n)))
            yield known
            if making > MAKING or time.process_time() - began > TOTAL:
                return
            running = [which for which in running if known[which][-1][1] <= ENOUGH]
            n = min((_next(known[which]) for which in running), default=n)
    finally:
        if collecting:
            gc.enable()


def _shortest(solve: Solve, make: Make, n: int) -> float:
    """Return the CPU seconds of the shortest of several calls, each on an input of its own."""
    least = _call(solve, make(n))
    times = min(MOST, max(2, round(REPEAT / least)))
    return min([least, *(_call(solve, make(n)) for _ in range(times))])


def _call(solve: Solve, arguments: tuple[Any, ...]) -> float:
    start = time.process_time()
    result = solve(*arguments)
    if hasattr(result, "__next__"):
        # a generator has done nothing yet
        deque(result, maxlen=0)
    return max(time.process_time() - start, 1e-9)


def _next(points: list[Point]) -> int:
    """Return the next size: a smaller step where the time is about to explode."""
    n, seconds = points[-1]
    factor = FACTOR
    if len(points) > 1:
        rise = seconds / points[-2][1]
        if rise > 1 and rise * seconds > NEXT:
            # less than a power law through the last two sizes allows: 2ⁿ outruns every power
            factor = min(FACTOR, FACTOR ** (0.7 * log(max(NEXT / seconds, 1.01)) / log(rise)))
    return max(n + 1, round(n * factor))
