"""A worker for Python katas: ``python -m pytest_prep.isolation.spawned_session FOLDER``.

A pytest with the options, plugins and conftest files of the one that asks. It collects the kata of
the first test that it is asked for, runs test after test, and reports nothing by itself.
"""

from __future__ import annotations

import builtins
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pytest_prep.fixtures import ENDLESS
from pytest_prep.isolation.child_coverage import measure_alike
from pytest_prep.isolation.child_limits import TestChild, limits_of_setup
from pytest_prep.isolation.child_reports import captured_streams
from pytest_prep.isolation.child_tests import ChildTests
from pytest_prep.isolation.choice import SPAWNED
from pytest_prep.isolation.reference_figures import Figures
from pytest_prep.isolation.shared_fixtures import own_temporary_folder
from pytest_prep.judging.python_answer import AnswerModule
from pytest_prep.judging.sandbox.taint import changed, state
from pytest_prep.judging.sandbox.worker import Worker
from pytest_prep.nodes import ANSWER, VERDICT
from pytest_prep.practice import folder_of
from pytest_prep.python_katas import TIMING, WALL_CAP

#: What an earlier run of the same test may have left on its node or its folder's.
_LEFT_BY_A_RUN: tuple[pytest.StashKey[Any], ...] = (VERDICT, TIMING, WALL_CAP, ENDLESS)


class SpawnedSession:
    """The plugin that makes a session wait for tests to run."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._items: dict[str, pytest.Item] = {}
        self._broken: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> bool:
        """Collect nothing: nobody has asked for a test yet."""
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> NoReturn:
        """Run tests until the parent is gone."""
        self._tests = ChildTests(session.config)
        session.config.pluginmanager.register(self._tests, "prep-child")
        streams = captured_streams(session.config)
        self._worker.serve(lambda: self._ready(session), streams or ((1,), (2,)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep all tests, also those that a plugin leaves out."""
        self._items.update({item.nodeid: item for item in items})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what cannot be collected."""
        if report.failed:
            self._broken.append(report.longreprtext)

    def _ready(self, session: pytest.Session) -> Callable[[bytes], bytes]:
        """Return what runs a test."""
        self._tests.begin()
        how = self._worker.order["coverage"]
        coverage = measure_alike(how) if how else None
        if coverage is not None:
            # It leaves a module of its own behind, which is to taint nobody.
            coverage.start()
            coverage.stop()

        def run(request: bytes) -> bytes:
            dumps, asked = json.dumps, json.loads(request)
            item = self._item(session, asked)
            if item is None:
                reason = "\n".join(self._broken) or f"there is no test {asked['test']}"
                return dumps({"broken": reason}).encode()
            earlier = Figures(*asked["earlier"]) if asked["earlier"] else None
            child = TestChild(item, self._worker.outlet, earlier)
            before, built_in = state(), dict(vars(builtins))
            self._worker.outlet.set_limits(limits_of_setup(item))
            if coverage is not None:
                coverage.start()
            content = self._tests.run(item, child, built_in)
            _forget_answers()
            return dumps({**content, "changed": changed(before)}).encode()

        return run

    def _item(self, session: pytest.Session, asked: dict[str, Any]) -> pytest.Item | None:
        """Return the test that is asked for, as if it had never been run."""
        if asked["test"] not in self._items:
            os.chdir(session.config.invocation_params.dir)
            session.perform_collect([asked["folder"]])
            os.chdir(self._worker.scratch)
            self._worker.drop_output()
        item = self._items.get(asked["test"])
        if item is None:
            return None
        folder = folder_of(item)
        item.user_properties.clear()
        for key in _LEFT_BY_A_RUN:
            for stash in (item.stash, folder.stash):
                if key in stash:
                    del stash[key]
        own_temporary_folder(item.config, os.environ["TMPDIR"])  # the one before is removed
        folder.stash[ANSWER] = Path(asked["answer"])
        if asked["cap"] is not None:
            folder.stash[WALL_CAP] = asked["cap"]
        return item


def _forget_answers() -> None:
    """Forget the modules of answers and references: each test executes them afresh."""
    for name, module in list(sys.modules.items()):
        if isinstance(module, AnswerModule):
            del sys.modules[name]


def main() -> None:
    """Run tests until the parent is gone."""
    worker = Worker(Path(sys.argv[1]))
    order = worker.order
    sys.path[:] = order["path"]
    os.chdir(order["folder"])
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    config = pytest.Config.fromdictargs(order["options"], order["arguments"])
    config.stash[SPAWNED] = True
    config.pluginmanager.register(SpawnedSession(worker), "prep-isolated")
    config.hook.pytest_cmdline_main(config=config)


if __name__ == "__main__":
    main()
