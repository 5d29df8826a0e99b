"""How much time and memory an answer may take, and how a breach is made sure of."""

from __future__ import annotations

from collections.abc import Callable

from pytest_prep.judging.verdict import Timing, Verdict

#: What is said of an accepted answer that another run may find too slow.
TOO_CLOSE = "too close to call: a little over its time budget"

#: No answer is too slow below this many CPU seconds: start-up noise is of that size.
FLOOR = 1.0
#: A breach must show in the least of this many runs: one run alone is off by more than 2 × in
#: every tenth trial on a busy machine.
RUNS = 3
#: The same code never took more than this many times its own least of three, so a breach by more
#: needs no second run.
CERTAIN = 3.0
#: A run this much over the budget, measured again and again, may be the next one within it.
CLOSE = 1.25
#: A reference may run this many wall-clock seconds before the kata counts as broken.
REFERENCE_WALL = 60.0
#: Bytes: no answer takes too much memory below this; an interpreter's own habits are of that size.
MEMORY_FLOOR = 1000 * 10**6
#: Where the kata names no limit, an answer may grow by this many times what the reference does.
MEMORY_FACTOR = 5.0


def budget(reference: float, factor: float) -> float:
    """Return the CPU seconds an answer may use, given the reference's."""
    return max(FLOOR, factor * reference)


def memory_budget(reference: int, named: int | None) -> int:
    """Return the bytes by which an answer may grow.

    Args:
        reference: by how many the reference grew, on the same data in the same run.
        named: the kata's own limit, which goes before.
    """
    return named if named is not None else max(MEMORY_FLOOR, int(MEMORY_FACTOR * reference))


def megabytes(size: int) -> str:
    """Return bytes as they are shown."""
    return f"{size / 10**6:,.0f} MB"


def wall_cap(limit: float) -> float:
    """Return the wall-clock seconds after which a run with that budget is stopped.

    Twice the budget in CPU seconds, on a machine that gives us half a core, is four times as
    much; never below five seconds, so that a busy machine stops no fair answer.
    """
    return max(5.0, 4 * limit)


def settle(
    answer: float,
    reference: float,
    factor: float,
    again_answer: Callable[[], float],
    again_reference: Callable[[], float],
) -> Timing:
    """Return the timing of an answer, measured again before it is called too slow.

    Args:
        answer: CPU seconds of its first run.
        reference: CPU seconds of the reference's.
        factor: what the kata allows, × the reference.
        again_answer: runs the answer once more and returns its CPU seconds.
        again_reference: the same for the reference.
    """
    for _ in range(RUNS - 1):
        if answer <= budget(reference, factor):
            break
        # A slow first run of the reference is in the answer's favour: keep the larger.
        reference = max(reference, again_reference())
        limit = budget(reference, factor)
        if answer <= limit or answer > CERTAIN * limit:
            break
        answer = min(answer, again_answer())
    return Timing(answer, reference, factor, budget(reference, factor))


def breached(timing: Timing) -> bool:
    """Tell whether the answer used more than it may, by more than measuring is off."""
    return not timing.finished or timing.answer > CLOSE * timing.budget


def accepted(timing: Timing) -> Verdict:
    """Return the verdict on a right answer, with a word where another run might say otherwise."""
    close = timing.finished and timing.budget < timing.answer <= CLOSE * timing.budget
    return Verdict("accepted", TOO_CLOSE if close else "", timing=timing)


def judged_right(timing: Timing) -> Verdict:
    """Return the verdict on a right answer that took this time."""
    if breached(timing):
        return Verdict("time_limit", "right, but it takes too long", timing=timing)
    return accepted(timing)
