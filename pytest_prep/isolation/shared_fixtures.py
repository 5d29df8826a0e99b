"""Fixtures of a wider scope than one test: set up in the runner, shared by its children.

None of them can depend on ``answer``, which lasts for one test: what runs here is its author's.
Each child finds them in its memory as they were set up, whatever another test did to them.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Literal, TypedDict

import pytest
from _pytest.outcomes import TEST_OUTCOME
from _pytest.runner import SetupState
from _pytest.warnings import catch_warnings_for_item

from pytest_prep.isolation.child_reports import Warnings
from pytest_prep.judging.sandbox import linux
from pytest_prep.judging.sandbox.runner import NoReply, Runner, RunnerDied


class Job(TypedDict):
    """What the runner is asked for."""

    #: To set up what the test can share, or to tear down what the one after it has no use for.
    what: Literal["set up", "tear down"]
    #: The identities of the test and of the one after it.
    item: int
    nextitem: int


class EndlessFixtures(Exception):
    """Setting up fixtures takes for ever; ``str(error)`` names them."""


class SharedFixtures:
    """Has fixtures of a wider scope set up and torn down in the runner."""

    def __init__(self, runner: Runner, heard: Warnings, patience: float) -> None:
        """Set up.

        Args:
            runner: where the fixtures live.
            heard: hears warnings.
            patience: how many seconds setting up or tearing down may take.
        """
        self._runner = runner
        self._heard = heard
        self._patience = patience
        #: Modules whose fixtures are set up in each child: a fork cannot share what they hold.
        self._unshared: set[str] = set()
        #: A module, and the names of fixtures that are never done there: one test waits for them.
        self._endless: set[tuple[str, ...]] = set()
        #: Process id of the runner that holds fixtures.
        self._holder: int | None = None
        self._last: pytest.Item | None = None

    # -- pytest's side

    def set_up(self, item: pytest.Item) -> list[dict[str, Any]]:
        """Have the runner set up what a test can share with others; return the warnings.

        Raises:
            EndlessFixtures: that takes for ever.
        """
        module, names = item.nodeid.partition("::")[0], tuple(wide_fixtures(item))
        if module in self._unshared or not names:
            return []
        try:
            if (module, *names) in self._endless:
                raise NoReply("nor would there be one now")
            told = json.loads(self._ask("set up", item))
        except NoReply as error:
            self._endless.add((module, *names))
            raise EndlessFixtures(
                f"setting up {', '.join(names)} is not done after {self._patience:g} s"
            ) from error
        except RunnerDied:
            told = None
        self._holder, self._last = self._runner.pid, item
        if told is None or told["unshared"]:
            self._unshared.add(module)
            self._runner.close()
        return told["warnings"] if told else []

    def tear_down(self, item: pytest.Item, nextitem: pytest.Item | None) -> dict[str, Any] | None:
        """Have the runner tear down what the next test has no use for; return a failed report."""
        if self._holder is None or self._runner.pid != self._holder:
            return None
        try:
            return json.loads(self._ask("tear down", item, nextitem))  # type: ignore[no-any-return]
        except RunnerDied:
            return None

    def close(self) -> None:
        """End the runner, with what it holds."""
        if self._last is not None:
            self.tear_down(self._last, None)
            self._holder = self._last = None
        self._runner.close()

    def _ask(
        self,
        what: Literal["set up", "tear down"],
        item: pytest.Item,
        nextitem: pytest.Item | None = None,
    ) -> bytes:
        job: Job = {"what": what, "item": id(item), "nextitem": id(nextitem)}
        return self._runner.ask(job, self._patience)

    # -- the runner's side

    def serve(self, job: Job, known: dict[int, pytest.Item]) -> bytes:
        """Do a job in the runner, for one of the ``known`` tests; return the reply."""
        item = known[job["item"]]
        if self._holder != os.getpid():
            # Nothing that pytest's own process set up is torn down here.
            self._holder = os.getpid()
            item.session._setupstate = SetupState()
            own_temporary_folder(item.config, tempfile.gettempdir())
        if job["what"] == "set up":
            return json.dumps(self._set_up(item)).encode()
        return json.dumps(self._tear_down(item, known.get(job["nextitem"]))).encode()

    def _set_up(self, item: Any) -> dict[str, Any]:
        state, before, sound = item.session._setupstate, _bonds(), True
        self._heard.found.clear()
        item._initrequest()  # it may be set up again, for a rerun
        with catch_warnings_for_item(item.config, item.ihook, "runtest", item):
            try:
                state.teardown_exact(item)
                state.setup(item.parent)
                state.stack[item] = ([], None)
                for name in wide_fixtures(item):
                    item._request._get_active_fixturedef(name)
            except TEST_OUTCOME:
                pass  # pytest keeps it with the fixture and raises it again in the child
            except BaseException:
                sound = False
            finally:
                state.stack.pop(item, None)
        unshared = not sound or bool(_bonds() - before)
        if unshared:
            with contextlib.suppress(BaseException):
                state.teardown_exact(None)
        gc.freeze()
        return {"unshared": unshared, "warnings": self._heard.found}

    def _tear_down(self, item: pytest.Item, nextitem: pytest.Item | None) -> dict[str, Any] | None:
        state = item.session._setupstate
        call = pytest.CallInfo.from_call(lambda: state.teardown_exact(nextitem), "teardown")
        if call.excinfo is None:
            return None
        report = item.ihook.pytest_runtest_makereport(item=item, call=call)
        return item.config.hook.pytest_report_to_serializable(  # type: ignore[no-any-return]
            config=item.config, report=report
        )

    # -- the child's side

    def take_over(self, item: pytest.Item) -> None:
        """Let a test use what the runner set up for it, and tear down nothing of that here."""
        state: Any = SetupState()
        shared: Any = item.session._setupstate
        is_ours = self._holder == os.getppid()
        if is_ours and [*shared.stack] == item.listchain()[: len(shared.stack)]:
            state.stack = {node: ([], raised) for node, (_, raised) in shared.stack.items()}
        item.session._setupstate = state


def wide_fixtures(item: Any) -> list[str]:
    """Return the names of the fixtures of a test that last longer than it."""
    known = item._fixtureinfo.name2fixturedefs
    narrow = ("function",) if item.cls else ("function", "class")
    return [
        name for name in item.fixturenames if name in known and known[name][-1].scope not in narrow
    ]


def own_temporary_folder(config: pytest.Config, folder: str) -> None:
    """Have pytest's ``tmp_path_factory`` make its folders below one of this process's own."""
    factory: Any = getattr(config, "_tmp_path_factory", None)
    if factory is not None:
        factory._basetemp = factory._given_basetemp = None
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder


def _bonds() -> set[str]:
    """Return what a fork does not take along or shares: threads, processes, sockets, pipes."""
    me = Path("/proc/self")
    found = {*map(str, me.glob("task/*")), *map(str, linux.children(os.getpid()))}
    for handle in me.glob("fd/*"):
        with contextlib.suppress(OSError):
            target = str(handle.readlink())
            if not target.startswith("/"):
                found.add(target)
    return found
