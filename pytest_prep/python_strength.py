"""The mutants of a Python reference, tried with the kata's own tests."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import call_and_report

from pytest_prep.content.answer import read_text
from pytest_prep.expected import Unexpected
from pytest_prep.judging.mutants.mutant import Fate, Mutant
from pytest_prep.judging.python_mutants import SAME_CODE, python_mutants, same_code
from pytest_prep.nodes import ANSWER, PRACTICE, KataDir
from pytest_prep.python_katas import WALL_CAP
from pytest_prep.strength import MutantsItem
from pytest_prep.submissions import tests_of

#: A mutant may take this many wall-clock seconds in one test, …
CAP = 1.0
#: … or as many times the reference's, if that is more.
CAP_FACTOR = 10
#: The reference itself, while it is timed.
_REFERENCE_CAP = 60.0


class PythonHooks:
    """The hook that lets the item run tests before its own report."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Run the kata's tests; pytest sets up one item at a time."""
        if isinstance(item, PythonMutants):
            item.try_mutants()


@dataclass(slots=True)
class _Test:
    """One of the kata's tests."""

    item: pytest.Item
    #: Wall-clock seconds with the reference.
    seconds: float = 0.0
    #: How many mutants it has killed: the deadliest tests go first.
    kills: int = 0

    @property
    def turn(self) -> tuple[bool, int, float]:
        """The order: tests of real data and of budgets come after all others."""
        late = self.item.name.startswith(("test_real", "test_budget"))
        return late, -self.kills, self.seconds


class PythonMutants(MutantsItem):
    """The mutants of a Python reference."""

    def __init__(self, **kwargs: Any) -> None:
        """Bring in the hook."""
        super().__init__(**kwargs)
        self._fates: list[Fate] = []
        self._problem = ""
        self.config.stash[PRACTICE].register_once("prep-python-strength", PythonHooks)

    def try_mutants(self) -> None:
        """Try every mutant on the kata's tests until one of them fails."""
        if not self.config.pluginmanager.hasplugin("timeout"):
            self._problem = "mutants of Python references need pytest-timeout: some never end"
            return
        kata = self.parent.kata
        text = read_text(kata.reference)
        with tempfile.TemporaryDirectory(prefix="pytest-prep-") as place:
            answer = Path(place) / kata.reference.name
            folder = KataDir.from_parent(self.parent, path=kata.folder)
            folder.stash[ANSWER] = answer
            tests = [_Test(item) for item in tests_of(folder, self.session)]
            run = _Run(tests, folder, self)
            answer.write_text(text, encoding="utf-8")
            killer = run.killer(timing=True) if tests else "there are no tests"
            if killer:
                self._problem = f"the reference does not pass its own tests: {killer}"
            else:
                for mutant in python_mutants(text):
                    answer.write_text(mutant.text, encoding="utf-8")
                    self._fates.append(_fate(text, mutant, run.killer()))
                # A test that a mutant spoilt for good would "kill" all later ones.
                answer.write_text(text, encoding="utf-8")
                killer = run.killer()
                if killer:
                    self._problem = f"after the mutants the reference fails too: {killer}"

    def runtest(self) -> None:
        """Tell what became of the mutants."""
        __tracebackhide__ = True
        if self._problem:
            raise Unexpected(self._problem)
        self.conclude(self._fates)


def _fate(text: str, mutant: Mutant, killer: str) -> Fate:
    if killer:
        late = killer.startswith(("test_real", "test_budget"))
        return Fate(mutant, "real" if late else "cases", killer)
    if same_code(text, mutant.text):
        return Fate(mutant, "proved", SAME_CODE)
    return Fate(mutant, "survived")


class _Run:
    """Runs tests without reporting them."""

    def __init__(self, tests: list[_Test], folder: KataDir, then: pytest.Item) -> None:
        self._tests = tests
        self._folder = folder
        self._then = then
        #: The test whose teardown waits for the next one: only then is clear what both share.
        self._last: pytest.Item | None = None

    def killer(self, *, timing: bool = False) -> str:
        """Return the first test that the answer fails, and how; ``""`` without one."""
        try:
            for test in sorted(self._tests, key=lambda test: test.turn):
                why = self._run(test, timing)
                if why:
                    test.kills += 1
                    return f"{test.item.name}: {why}"
            return ""
        finally:
            # also a module's fixtures: a mutant may have spoilt them for the next one
            self._tear_down(self._then)

    def _run(self, test: _Test, timing: bool) -> str:
        item: Any = test.item
        self._tear_down(item)
        cap = _REFERENCE_CAP if timing else max(CAP, CAP_FACTOR * test.seconds)
        self._folder.stash[WALL_CAP] = cap
        item._initrequest()
        self._last = item
        for when in ("setup", "call"):
            report = call_and_report(item, when, log=False)
            if timing and when == "call":
                test.seconds = report.duration
            if not report.passed:
                prep = getattr(report, "prep", None)
                told = prep["verdict"]["summary"] if prep else ""
                return str(told or report.longreprtext.strip().split("\n")[-1])
        return ""

    def _tear_down(self, following: pytest.Item) -> None:
        if self._last is None:
            return
        item: Any = self._last
        self._last = None
        call_and_report(item, "teardown", log=False, nextitem=following)
        item._request = False
        item.funcargs = None
