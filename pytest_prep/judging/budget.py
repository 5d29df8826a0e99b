"""How much time an answer may take, and how a breach is made sure of."""

from __future__ import annotations

from collections.abc import Callable

from pytest_prep.judging.verdict import Timing

#: No answer is too slow below this many CPU seconds: start-up noise is of that size.
FLOOR = 1.0
#: A breach must show in the least of this many runs: one run alone is off by more than 2 × in
#: every tenth trial on a busy machine.
RUNS = 3
#: The same code never took more than this many times its own least of three, so a breach by more
#: needs no second run.
CERTAIN = 3.0


def budget(reference: float, factor: float) -> float:
    """Return the CPU seconds an answer may use, given the reference's."""
    return max(FLOOR, factor * reference)


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
    """Tell whether the answer used more than it may."""
    return not timing.finished or timing.answer > timing.budget
