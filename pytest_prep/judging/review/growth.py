"""How an answer's time and memory grow with its input, beside the reference's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from pytest_prep.judging.python_answer import AnswerInvalid, load_answer
from pytest_prep.judging.review.model import Finding, Measure, not_measured
from pytest_prep.judging.review.slopes import is_faster, relative_slope, slope_of
from pytest_prep.judging.review.timings import GENERATOR, Sizes, generator_in, measure
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import MEMORY, Limits
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.watch import Fault

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata

#: Seconds of wall-clock time for all sizes.
WALL: Final = 30.0
#: Seconds that the runner may take beside that.
SLACK: Final = 30.0
#: Bytes below which peaks of memory say nothing.
SMALL: Final = 4 * 10**6
#: Times the reference's memory beyond which it is a finding.
MORE: Final = 3.0
_TIME, _SPACE = "growth", "memory"


def growth_of(kata: Kata, answer: str) -> list[tuple[Measure, list[Finding]]]:
    """Measure growth of time, then the peak of memory on the largest size.

    The answer runs in child processes, as in judging.
    """
    module = generator_in(kata.folder)
    if module is None:
        why = f"the kata has no generator of sizes ({GENERATOR})"
        return [(not_measured(_TIME, why), []), (not_measured(_SPACE, why), [])]
    ask = _Ask(kata, answer, module)
    try:
        sizes = ask.sizes()
        if len(sizes[0]) < 3 or len(sizes[1]) < 3:
            why = ask.problem or "too few sizes came to an end"
            return [(not_measured(_TIME, why), []), (not_measured(_SPACE, why), [])]
        largest = sizes[0][-1][0]
        peaks = ask.peaks(largest)
    finally:
        ask.close()
    return [_time(sizes, kata.budget.growth), _space(largest, peaks)]


def _time(sizes: Sizes, limit: float | None) -> tuple[Measure, list[Finding]]:
    own, theirs = slope_of(sizes[0]), slope_of(sizes[1])
    relative = relative_slope(*sizes)
    first, largest = sizes[0][0][0], sizes[0][-1][0]
    text = (
        f"{own.words()}: n to the power {own.value:.2f} ± {own.error:.2f} for n = {first:,} to "
        f"{largest:,}; the reference {theirs.value:.2f} ± {theirs.error:.2f}"
    )
    figures = {
        "slope": own.value,
        "error": own.error,
        "relative": relative.value,
        "relative_error": relative.error,
        "largest": float(largest),
    }
    measured = Measure(_TIME, text, figures)
    if limit is not None and own.value - own.error > limit:
        broken = Finding(
            "growth-limit",
            f"its time {own.words()}; this kata asks for n to the power {limit:g} at most",
            "the complexity that was asked for is part of the problem",
            "read in README.md which size of input it has to manage, and count the steps",
            points=40,
        )
        return measured, [broken]
    if not is_faster(relative):
        return measured, []
    finding = Finding(
        "growth",
        f"its time {own.words()}; the reference's {theirs.words()}",
        "what is the complexity, and can it be better: the question that follows every solution",
        "look for a loop inside a loop, a search in a list, or a sort inside a loop",
        points=20,
    )
    return measured, [finding]


def _space(n: int, peaks: tuple[int, int] | None) -> tuple[Measure, list[Finding]]:
    if peaks is None:
        return not_measured(_SPACE, "this system does not tell the peak of a process"), []
    mine, theirs = peaks
    figures = {"answer": float(mine), "reference": float(theirs)}
    if max(mine, theirs) < SMALL:
        return Measure(_SPACE, f"less than {SMALL // 10**6} MB for n = {n:,}", figures), []
    text = f"{mine / 1e6:.0f} MB at its peak, reference {theirs / 1e6:.0f} MB, for n = {n:,}"
    measured = Measure(_SPACE, text, figures)
    if mine <= MORE * max(theirs, SMALL):
        return measured, []
    finding = Finding(
        "memory",
        f"it needs {mine / max(theirs, 1):.1f} × the memory of the reference",
        "on data that does not fit, this is where it ends",
        "keep what is needed and let the rest go: a generator in place of a list, no copies",
        points=6,
    )
    return measured, [finding]


class _Ask:
    """Asks child processes for times and peaks."""

    def __init__(self, kata: Kata, answer: str, module: Path) -> None:
        assert kata.python is not None
        self._name = kata.python.names[0]
        self._reference = kata.reference
        self._answer = answer
        self._module = module
        self._memory = kata.budget.memory or MEMORY
        #: Why there are no points, in words.
        self.problem = ""
        self._runner = Runner(self._handle)

    def close(self) -> None:
        self._runner.close()

    def sizes(self) -> Sizes:
        reply = self._ask({"do": "sizes"})
        self.problem = str(reply.get("problem", ""))
        answer, reference = reply.get("sizes") or ([], [])
        return [(n, s) for n, s in answer], [(n, s) for n, s in reference]

    def peaks(self, n: int) -> tuple[int, int] | None:
        answer, reference = (
            self._ask({"do": "peak", "whose": whose, "n": n}).get("peak")
            for whose in ("answer", "reference")
        )
        return None if answer is None or reference is None else (int(answer), int(reference))

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            reply: dict[str, Any] = json.loads(self._runner.ask(request, WALL + SLACK))
        except (RunnerDied, ValueError):
            return {"problem": "its process ended"}
        return reply

    # -- the runner's side

    def _handle(self, supervisor: Supervisor, request: dict[str, Any]) -> bytes:
        work = self._sizes if request["do"] == "sizes" else self._peak(request)
        try:
            ended = supervisor.run(work, Limits(WALL, self._memory))
        except Fault as error:
            last = str(error).strip().split("\n")[-1]
            return json.dumps({"problem": f"it cannot be run on growing sizes: {last}"}).encode()
        if ended.how == "done":
            return ended.result
        # What was measured before it was stopped counts.
        return json.dumps(
            {"sizes": json.loads(ended.note or "null"), "problem": f"it was stopped: {ended.how}"}
        ).encode()

    # -- the child's side

    def _sizes(self, outlet: Outlet) -> bytes:
        make = self._make()
        text = "null"
        try:
            answer = self._solve("answer")
        except AnswerInvalid as error:
            return json.dumps({"problem": str(error)}).encode()
        for known in measure(answer, self._solve("reference"), make):
            text = json.dumps(known)
            outlet.note(text)
        return json.dumps({"sizes": json.loads(text)}).encode()

    def _peak(self, request: dict[str, Any]) -> Callable[[Outlet], bytes]:
        def work(_: Outlet) -> bytes:
            arguments = self._make()(request["n"])
            solve = self._solve(request["whose"])
            before = _status("VmRSS")
            solve(*arguments)
            after = _status("VmHWM")
            known = before is not None and after is not None
            peak = max(0, (after or 0) - (before or 0)) if known else None
            return json.dumps({"peak": peak}).encode()

        return work

    def _make(self) -> Callable[[int], tuple[Any, ...]]:
        made: Callable[[int], tuple[Any, ...]] = getattr(
            load_answer(self._module, (GENERATOR,)), GENERATOR
        )
        return made

    def _solve(self, whose: str) -> Callable[..., Any]:
        path = self._reference
        if whose == "answer":
            path = Path("answer.py").absolute()
            path.write_text(self._answer, encoding="utf-8")
        loaded: ModuleType = load_answer(path, (self._name,))
        solve: Callable[..., Any] = getattr(loaded, self._name)
        return solve


def _status(key: str) -> int | None:
    """Return a size of this process in bytes, as Linux tells it."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    found = [line.split()[1] for line in text.splitlines() if line.startswith(f"{key}:")]
    return int(found[0]) * 1024 if found else None
