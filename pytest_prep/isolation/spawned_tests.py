"""Tests of Python katas, run by a pytest in a fresh interpreter: where nothing can be forked."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from pytest_prep.isolation.child_coverage import how_measured
from pytest_prep.isolation.child_reports import captured_streams, reports_of_verdict
from pytest_prep.isolation.isolated_tests import CANNOT, CannotRun, IsolatedTests
from pytest_prep.isolation.reference_figures import Figures
from pytest_prep.judging.sandbox.limits import Ended, Limits
from pytest_prep.judging.sandbox.spawn import NotStarted, Spawned
from pytest_prep.judging.verdict import Verdict
from pytest_prep.practice import answer_path, folder_of
from pytest_prep.python_katas import wall_cap_of
from pytest_prep.settings.worker import options_of_a_worker

#: Wall-clock seconds for the worker to collect a kata, imports of its tests included.
COLLECTING = 60.0


class SpawnedTests(IsolatedTests):
    """Runs tests one after another in a worker, which is replaced as soon as it is tainted."""

    def __init__(self, config: pytest.Config) -> None:
        """Set up; the worker is started by the first test."""
        super().__init__(config)
        self._worker = Spawned("pytest_prep.isolation.spawned_session", self._order)

    def renew(self) -> None:
        """End the worker; the next one imports everything afresh."""
        self._worker.close()

    def _start(self, item: pytest.Item, among: Sequence[pytest.Item]) -> None:
        with contextlib.suppress(NotStarted):  # told when a test is to run
            self._worker.start()

    def _run(self, item: pytest.Item, earlier: Figures | None) -> Ended:
        request = {
            "folder": str(folder_of(item).path),
            "test": item.nodeid,
            "answer": str(answer_path(item)),
            "cap": wall_cap_of(item),
            "earlier": earlier,
        }
        try:
            ended = self._worker.ask(json.dumps(request).encode(), Limits(COLLECTING))
        except NotStarted as error:
            raise CannotRun(CANNOT, str(error)) from error
        if not captured_streams(self.config):
            sys.stdout.write(ended.output)
        return ended

    def _rebuilt(
        self, item: pytest.Item, content: dict[str, Any], left: int
    ) -> list[pytest.TestReport]:
        if "broken" in content:
            return reports_of_verdict(item, Verdict("kata_error", CANNOT, content["broken"]))
        if content["changed"]:
            self.renew()
        return super()._rebuilt(item, content, left)

    def _order(self) -> dict[str, Any]:
        """Return what makes a worker's pytest like this one."""
        options, arguments = options_of_a_worker(self.config)
        return {
            "path": sys.path,
            "folder": str(self.config.invocation_params.dir),
            "options": options,
            "arguments": arguments,
            "coverage": how_measured(),
        }
