"""Tests of Python katas in the process in which they run: their reports become JSON."""

from __future__ import annotations

import builtins
import os
import sys
import threading
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.runner import SetupState, runtestprotocol

from pytest_prep.child_benchmarks import count, figures
from pytest_prep.child_coverage import ChildCoverage
from pytest_prep.child_limits import TestChild
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import KEPT
from pytest_prep.practice import kata_of
from pytest_prep.python_katas import CHILD


class ChildTests:
    """The plugin of a process that runs tests for another one, and reports nothing itself."""

    def __init__(self, config: pytest.Config, outlet: Outlet) -> None:
        """Make this process one that runs tests.

        Args:
            config: its own, or taken over from the process that forked it.
            outlet: leads to the supervisor.
        """
        self._config = config
        self._outlet = outlet
        self._reports: list[pytest.TestReport] = []
        self._warnings: list[dict[str, Any]] = []
        factory = getattr(config, "_tmp_path_factory", None)
        if factory is not None:
            factory._basetemp = factory._given_basetemp = None
            os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"]
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = os.environ["TMPDIR"]
        _without_debugger()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool:
        """Run a test from its setup to its teardown."""
        self._reports = runtestprotocol(item, log=False, nextitem=None)
        return True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Report from where pytest was started: from elsewhere it shows absolute paths."""
        here = Path.cwd()
        os.chdir(self._config.invocation_params.dir)
        try:
            return (yield)
        finally:
            os.chdir(here)

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        """Keep a warning as plain data."""
        self._warnings.append(
            {
                "text": str(warning_message.message),
                "category": warning_message.category.__name__,
                "filename": warning_message.filename,
                "lineno": warning_message.lineno,
                "when": when,
            }
        )

    def run(self, item: pytest.Item) -> dict[str, Any]:
        """Run a test; return what came of it as plain data."""
        config = self._config
        patched, threads = dict(vars(builtins)), threading.active_count()
        config.stash[CHILD] = TestChild(self._outlet, kata_of(item).budget.memory)
        # Nothing that another process set up is torn down here.
        item.session._setupstate = SetupState()
        self._warnings.clear()
        measured, known = ChildCoverage.begin(), count(config)
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        notes = [f"patched: {n}" for n, v in vars(builtins).items() if patched.get(n) is not v]
        if (left := threading.active_count() - threads) > 0:
            notes.append(f"threads left behind: {left}")
        data = []
        for report in self._reports:
            if report.failed and notes:
                report.sections.append(("Notes", "\n".join(notes)))
            report.sections = [(name, _cut(text)) for name, text in report.sections]
            data.append(config.hook.pytest_report_to_serializable(config=config, report=report))
        return {
            "reports": data,
            "warnings": self._warnings,
            "coverage": measured.end(),
            "benchmarks": figures(config, known),
        }


def _cut(text: str) -> str:
    """Return a text without what is beyond its first megabyte."""
    return text if len(text) <= KEPT else f"{text[:KEPT]}\n… cut off at 1 MB"


def _without_debugger() -> None:
    """Let ``breakpoint()`` say what it needs, instead of waiting for somebody to type."""
    import pdb

    def refuse(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("breakpoint() works with pytest --pdb only")

    sys.breakpointhook = refuse
    pdb.set_trace = refuse
