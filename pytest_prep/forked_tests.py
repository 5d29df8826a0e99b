"""Tests of Python katas, each run in a child that is forked with all that is collected."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from pytest_prep.child_limits import limits_of_setup
from pytest_prep.child_reports import captured_streams, open_to_children
from pytest_prep.child_tests import ChildTests
from pytest_prep.isolated_tests import IsolatedTests
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import Ended
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.watch import Fault


class ForkedTests(IsolatedTests):
    """Runs each test in a forked child of its own."""

    def __init__(self, config: pytest.Config) -> None:
        """Set up; the runner is forked at the first test, with what is collected by then."""
        super().__init__(config)
        #: The items that the runner knows, by their identity.
        self._known: dict[int, pytest.Item] = {}
        self._runner = Runner(self._handle, keep=open_to_children(config))

    def renew(self) -> None:
        """Take over for the next test what has changed in this process since the last one."""
        self._runner.close()
        self._known = {}

    def _start(self, item: pytest.Item) -> None:
        if id(item) not in self._known:
            self._runner.close()
            self._known = {id(known): known for known in (*item.session.items, item)}
        self._runner.start()

    def _run(self, item: pytest.Item) -> Ended:
        try:
            reply = json.loads(self._runner.ask(id(item)))
        except RunnerDied as error:
            raise Fault(f"the runner ended: {error}") from error
        if "fault" in reply:
            raise Fault(reply["fault"])
        return Ended(**{**reply, "result": reply["result"].encode()})

    # -- the runner's side

    def _handle(self, supervisor: Supervisor, number: int) -> bytes:
        item = self._known[number]

        def work(outlet: Outlet) -> bytes:
            dumps = json.dumps
            tests = ChildTests(self.config, outlet)
            self.config.pluginmanager.register(tests, "prep-child")
            return dumps(tests.run(item)).encode()

        try:
            ended = supervisor.run(work, limits_of_setup(item), captured_streams(self.config))
        except Fault as error:
            return json.dumps({"fault": str(error)}).encode()
        return json.dumps(
            {**asdict(ended), "result": ended.result.decode(errors="replace")}
        ).encode()
