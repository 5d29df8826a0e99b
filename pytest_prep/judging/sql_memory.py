"""How much memory an SQL answer may take: much is measured again, beside the reference."""

from __future__ import annotations

from typing import Protocol

from pytest_prep.judging.budget import MEMORY_FLOOR, REFERENCE_WALL, megabytes, memory_budget
from pytest_prep.judging.engine import OutOfMemory, Ran
from pytest_prep.judging.task import Task, kata_at_fault


class Run(Protocol):
    """Runs a script on the data of a task."""

    def __call__(
        self, task: Task, script: str, *, alone: bool, wall: float, memory: int | None = None
    ) -> Ran:
        """Return what it returned (see :class:`pytest_prep.judging.execute.Job`)."""


def run_within_memory(run: Run, task: Task, answer: str, *, alone: bool, wall: float) -> Ran:
    """Run an answer under the memory budget that follows from the reference's peak.

    What stays below the least budget of all is within it. What does not is run a second time, and
    so is the reference, each in a process of its own.

    Raises:
        OutOfMemory: it needs more.
        SqlError: another of its kinds.
    """
    named = task.kata.budget.memory
    try:
        ran = run(task, answer, alone=alone, wall=wall)
    except OutOfMemory as error:
        reference = None if named else _reference_memory(run, task)
        if reference is None:
            # Its further lines are advice about settings, which are locked.
            raise OutOfMemory(str(error).split("\n")[0]) from error
    else:
        if named or ran.memory is None or ran.memory <= MEMORY_FLOOR:
            return ran
        reference = _reference_memory(run, task) or 0
    limit = memory_budget(reference, None)
    told = f"budget {megabytes(limit)} (reference {megabytes(reference)})"
    try:
        again = run(task, answer, alone=True, wall=wall, memory=limit)
    except OutOfMemory as error:
        raise OutOfMemory(f"stopped at {megabytes(limit)} · {told}") from error
    if again.memory is None or again.memory <= limit:
        return again
    raise OutOfMemory(f"{megabytes(again.memory)} used · {told}")


def _reference_memory(run: Run, task: Task) -> int | None:
    """Return by how many bytes the reference's process grows, None where nobody tells."""
    with kata_at_fault(task):
        return run(task, task.reference, alone=True, wall=REFERENCE_WALL).memory
