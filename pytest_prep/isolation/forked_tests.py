"""Tests of Python katas, each run in a child that is forked with all that is collected."""

from __future__ import annotations

import builtins
import json
from collections.abc import Sequence

import pytest

from pytest_prep.isolation.child_limits import SETUP, TestChild, limits_of_setup
from pytest_prep.isolation.child_reports import captured_streams, open_to_children, rebuilt, warn
from pytest_prep.isolation.child_tests import ChildTests
from pytest_prep.isolation.isolated_tests import CannotRun, IsolatedTests
from pytest_prep.isolation.reference_figures import Figures
from pytest_prep.isolation.shared_fixtures import EndlessFixtures, Job, SharedFixtures
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import Ended
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.watch import Fault

#: A test, by its identity, and what its reference took in an earlier run, if that is to do.
Asked = tuple[int, tuple[float, int] | None]


class ForkedTests(IsolatedTests):
    """Runs each test in a forked child of its own."""

    def __init__(self, config: pytest.Config) -> None:
        """Set up; the runner is forked at the first test, with what is collected by then."""
        super().__init__(config)
        #: The items that the runner knows, by their identity.
        self._known: dict[int, pytest.Item] = {}
        self._tests = ChildTests(config)
        config.pluginmanager.register(self._tests, "prep-child")
        self._runner = Runner(self._serve, keep=open_to_children(config))
        self._shared = SharedFixtures(self._runner, self._tests.warnings, SETUP)

    def renew(self) -> None:
        """Take over for the next test what has changed in this process since the last one."""
        self._shared.close()
        self._known = {}

    def _tear_down(
        self, item: pytest.Item, nextitem: pytest.Item | None, reports: list[pytest.TestReport]
    ) -> list[pytest.TestReport]:
        torn = self._shared.tear_down(item, nextitem)
        if torn is not None and reports[-1].passed:
            reports[-1] = rebuilt(self.config, torn)
        return reports

    def _start(self, item: pytest.Item, among: Sequence[pytest.Item]) -> None:
        if id(item) not in self._known:
            self._shared.close()
            self._known = {id(known): known for known in (*item.session.items, *among, item)}
        self._runner.start()

    def _run(self, item: pytest.Item, earlier: Figures | None) -> Ended:
        try:
            for warning in self._shared.set_up(item):
                warn(self.config, item, warning)
            reply = json.loads(self._runner.ask((id(item), earlier and tuple(earlier))))
        except EndlessFixtures as error:
            raise CannotRun(str(error)) from error
        except RunnerDied as error:
            raise Fault(f"the runner ended: {error}") from error
        if "fault" in reply:
            raise Fault(reply["fault"])
        return Ended(**{**reply, "result": reply["result"].encode()})

    # -- the runner's side

    def _serve(self, supervisor: Supervisor, asked: Job | Asked) -> bytes:
        if isinstance(asked, dict):
            return self._shared.serve(asked, self._known)
        number, earlier = asked
        item, before = self._known[number], dict(vars(builtins))

        def work(outlet: Outlet) -> bytes:
            dumps = json.dumps
            child = TestChild(item, outlet, earlier and Figures(*earlier))
            self._shared.take_over(item)
            self._tests.begin()
            return dumps(self._tests.run(item, child, before)).encode()

        try:
            ended = supervisor.run(work, limits_of_setup(item), captured_streams(self.config))
        except Fault as error:
            return json.dumps({"fault": str(error)}).encode()
        return json.dumps({**vars(ended), "result": ended.result.decode(errors="replace")}).encode()
