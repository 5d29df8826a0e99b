"""Tests of Python katas in the process in which they run: their reports become plain data."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Generator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from pytest_prep.fixtures import ENDLESS
from pytest_prep.isolation.child_benchmarks import count, figures
from pytest_prep.isolation.child_coverage import ChildCoverage
from pytest_prep.isolation.child_limits import TestChild, without_debugger
from pytest_prep.isolation.child_reports import Builtins, Warnings, cut, left_behind
from pytest_prep.isolation.shared_fixtures import own_temporary_folder
from pytest_prep.practice import folder_of
from pytest_prep.python_katas import CHILD


class ChildTests:
    """The plugin of a process that runs tests for another one, and idle in that one."""

    def __init__(self, config: pytest.Config) -> None:
        """Hear of warnings from now."""
        self._config = config
        self._reports: list[pytest.TestReport] = []
        # Registered here, once: in a forked child it would cost more than most tests.
        self.warnings = Warnings()
        config.pluginmanager.register(self.warnings, "prep-child-warnings")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Run a test from its setup to its teardown, in a child."""
        if CHILD not in self._config.stash:
            return None
        self._reports = runtestprotocol(item, log=False, nextitem=None)
        return True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Report from where pytest was started: from elsewhere it shows absolute paths."""
        if CHILD not in self._config.stash:
            return (yield)
        scratch = _folder()
        os.chdir(self._config.invocation_params.dir)
        try:
            return (yield)
        finally:
            os.chdir(scratch)

    def begin(self) -> None:
        """Make this process one that runs tests; it is confined already."""
        own_temporary_folder(self._config, os.environ["TMPDIR"])
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = os.environ["TMPDIR"]
        without_debugger()

    def run(self, item: pytest.Item, child: TestChild, before: Builtins) -> dict[str, Any]:
        """Run a test; return what came of it as plain data.

        Args:
            item: the test.
            child: what it may use.
            before: the built-ins as they were.
        """
        config, threads = self._config, threading.active_count()
        config.stash[CHILD] = child
        measured, known = ChildCoverage.begin(), count(config)
        self.warnings.found.clear()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        notes = left_behind(before, threads)
        data = []
        for report in self._reports:
            report.sections = [(name, cut(text)) for name, text in report.sections]
            data.append(config.hook.pytest_report_to_serializable(config=config, report=report))
        return {
            "reports": data,
            "warnings": self.warnings.found,
            "coverage": measured.end(),
            "benchmarks": figures(config, known),
            "reference": child.told,
            "notes": notes,
            "endless": ENDLESS in folder_of(item).stash,
        }


def _folder() -> str:
    """Return the working directory, another one if the answer removed it."""
    try:
        return os.getcwd()  # noqa: PTH109 - it may be gone
    except OSError:
        return tempfile.gettempdir()
