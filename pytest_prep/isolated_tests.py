"""Test functions of Python katas, each run in a forked child; its reports come back as JSON."""

from __future__ import annotations

import builtins
import json
import os
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from pytest_prep.child_benchmarks import add_figures, count, figures
from pytest_prep.child_coverage import ChildCoverage, add_coverage
from pytest_prep.child_limits import TestChild, without_debugger
from pytest_prep.child_reports import (
    BROKEN,
    Builtins,
    Warnings,
    captured_streams,
    cut,
    left_behind,
    open_to_children,
    rebuilt,
    reports_of_verdict,
    verdict_of_end,
    warn,
)
from pytest_prep.content.errors import ContentError
from pytest_prep.fixtures import ENDLESS, LOADING, write_generated
from pytest_prep.judging.python_answer import AnswerInvalid
from pytest_prep.judging.sandbox.child import Outlet
from pytest_prep.judging.sandbox.limits import MEMORY, Ended, Limits
from pytest_prep.judging.sandbox.runner import Runner, RunnerDied
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.watch import Fault
from pytest_prep.judging.verdict import Verdict
from pytest_prep.nodes import PRACTICE, KataDir
from pytest_prep.patience import is_known_crash, note, out_of_patience
from pytest_prep.practice import kata_of
from pytest_prep.python_katas import CHILD, is_test, is_to_do
from pytest_prep.reference_figures import Figures, KeptFigures
from pytest_prep.report.terminal import VerdictRepr
from pytest_prep.reruns import attempts
from pytest_prep.shared_fixtures import Job, SharedFixtures, own_temporary_folder

#: Wall-clock seconds for the setup, in which the answer's file is executed.
SETUP = 2 * LOADING
#: A test, by its identity, and what its reference took in an earlier run, if that is to do.
Asked = tuple[int, tuple[float, int] | None]


class IsolatedTests:
    """Runs test functions of Python katas in children."""

    def __init__(self, config: pytest.Config) -> None:
        """Set up; the runner is forked at the first test, with what is collected by then."""
        self.config = config
        #: The items that the runner knows, by their identity.
        self._known: dict[int, pytest.Item] = {}
        # Registered here, once: in a child it would cost more than most tests.
        self._warnings = Warnings()
        config.pluginmanager.register(self._warnings, "prep-child-warnings")
        self._runner = Runner(self._serve, keep=open_to_children(config))
        self._shared = SharedFixtures(self._runner, self._warnings, SETUP)
        self._figures = KeptFigures(config.stash[PRACTICE].settings)
        #: Data sets that are there to be read.
        self._made: set[str | None] = {None}
        self._in_child = False
        self._reports: list[pytest.TestReport] = []

    # -- hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Run a test of a Python kata in a child, or, there, run it."""
        if self._in_child:
            self._reports = runtestprotocol(item, log=False, nextitem=None)
            return True
        if not is_isolated(item):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for reports in attempts(item, lambda: self._patiently(item, nextitem)):
            for report in reports:
                item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        item.session._setupstate.teardown_exact(nextitem)
        return True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Report from where pytest was started: from elsewhere it shows absolute paths."""
        if not self._in_child:
            return (yield)
        scratch = Path.cwd()
        os.chdir(self.config.invocation_params.dir)
        try:
            return (yield)
        finally:
            os.chdir(scratch)

    def pytest_unconfigure(self) -> None:
        """End the runner."""
        if not self._in_child:
            self._shared.close()

    # -- pytest's side

    def renew(self) -> None:
        """Take over for the next test what has changed in this process since the last one."""
        self._shared.close()
        self._known = {}

    def make_ready(self, item: pytest.Item, among: Sequence[pytest.Item] = ()) -> None:
        """Have the data and a runner for a test, which comes with what is collected by now.

        ``among`` are the tests that run with it, where they are not the session's.
        """
        kata = kata_of(item)
        if kata.dataset not in self._made:
            self._made.add(kata.dataset)
            write_generated(self.config.stash[PRACTICE], kata)
        if id(item) not in self._known:
            self._shared.close()
            self._known = {id(known): known for known in (*item.session.items, *among, item)}
        self._runner.start()

    def _patiently(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> list[pytest.TestReport]:
        """Run a test, unless its answer had to be stopped too often."""
        folder = item.getparent(KataDir)
        assert folder is not None
        if hopeless := out_of_patience(folder):
            return reports_of_verdict(item, hopeless)
        reports = self.reports_of(item, nextitem)
        for report in reports:
            if prep := getattr(report, "prep", None):
                note(folder, item.name, Verdict.from_dict(prep["verdict"]))
        return reports

    def reports_of(
        self,
        item: pytest.Item,
        nextitem: pytest.Item | None,
        among: Sequence[pytest.Item] = (),
    ) -> list[pytest.TestReport]:
        """Run a test in a child; return its reports."""
        self.make_ready(item, among)
        reports = self._in_a_child(item)
        torn = self._shared.tear_down(item, nextitem)
        if torn is not None and reports[-1].passed:
            reports[-1] = rebuilt(self.config, torn)
        return reports

    def _in_a_child(self, item: pytest.Item) -> list[pytest.TestReport]:
        try:
            for warning in self._shared.set_up(item):
                warn(self.config, item, warning)
            earlier = self._figures.known(item)
            reply = json.loads(self._runner.ask((id(item), earlier and tuple(earlier))))
        except RunnerDied as error:
            return reports_of_verdict(item, Verdict("runtime_error", f"the runner ended: {error}"))
        except pytest.fail.Exception as error:
            # pytest-timeout, the backstop
            return reports_of_verdict(item, Verdict("time_limit", str(error).split("\n")[0]))
        if "fault" in reply:
            verdict = Verdict("runtime_error", BROKEN, reply["fault"].strip().split("\n")[-1])
            return reports_of_verdict(item, verdict)
        ended = Ended(**{**reply, "result": b""})
        try:
            if ended.how == "done":
                return self._rebuilt(item, reply["result"], ended)
            verdict = verdict_of_end(item, ended)
        except (ValueError, LookupError, TypeError, AttributeError):
            # What came out of the child is no report: the answer broke what makes them.
            verdict = Verdict("runtime_error", BROKEN)
        return reports_of_verdict(item, verdict, ended.output)

    def _rebuilt(self, item: pytest.Item, result: str, ended: Ended) -> list[pytest.TestReport]:
        """Rebuild the reports of a child that came to its end."""
        content, folder = json.loads(result), item.getparent(KataDir)
        assert folder is not None
        for warning in content["warnings"]:
            warn(self.config, item, warning)
        add_coverage(content["coverage"])
        add_figures(self.config, content["benchmarks"])
        notes = [str(note) for note in content["notes"]]
        if ended.left_behind:
            notes.append(f"processes left behind and ended: {ended.left_behind}")
        reports = []
        for data in content["reports"]:
            report = rebuilt(self.config, data)
            report.location = item.location
            if report.failed and notes:
                report.sections.append(("Notes", "\n".join(notes)))
            prep = getattr(report, "prep", None)
            if prep and report.passed:
                prep["notes"] = notes
            if prep and content["endless"]:
                # The others need not wait again: a new runner takes this over.
                folder.stash[ENDLESS] = Verdict.from_dict(prep["verdict"])
                self._known = {}
            if prep and report.failed:
                verdict = Verdict.from_dict(prep["verdict"])
                known = is_known_crash(folder, item.name, verdict)
                if known or prep["told"]:
                    path, brief = f"{folder.nodeid}/answer.py", known or folder.is_brief(item.name)
                    report.longrepr = VerdictRepr(verdict, path, brief=brief)
                prep["told"] |= known
            item.user_properties[:] = report.user_properties
            reports.append(report)
        if content["reference"] and all(report.passed for report in reports):
            self._figures.keep(item, *content["reference"])
        return reports

    # -- the runner's side

    def _serve(self, supervisor: Supervisor, asked: Job | Asked) -> bytes:
        if isinstance(asked, dict):
            return self._shared.serve(asked, self._known)
        return self._handle(supervisor, asked)

    def _handle(self, supervisor: Supervisor, asked: Asked) -> bytes:
        try:
            ended = self._run(supervisor, *asked)
            if asked[1] and ended.note and ended.how in ("time", "memory"):
                # What the reference took in an earlier run rejects nothing.
                ended = self._run(supervisor, asked[0], None)
        except Fault as error:
            return json.dumps({"fault": str(error)}).encode()
        return json.dumps({**vars(ended), "result": ended.result.decode(errors="replace")}).encode()

    def _run(self, supervisor: Supervisor, number: int, earlier: tuple[float, int] | None) -> Ended:
        item, before = self._known[number], dict(vars(builtins))
        named = kata_of(item).budget.memory

        def work(outlet: Outlet) -> bytes:
            child = TestChild(outlet, named, earlier and Figures(*earlier))
            return self._in_the_child(item, child, before)

        return supervisor.run(work, Limits(SETUP, named or MEMORY), captured_streams(self.config))

    # -- the child's side

    def _in_the_child(self, item: pytest.Item, child: TestChild, before: Builtins) -> bytes:
        dumps, config = json.dumps, self.config
        self._in_child = True
        config.stash[CHILD] = child
        self._shared.take_over(item)
        own_temporary_folder(config, os.environ["TMPDIR"])
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = os.environ["TMPDIR"]
        without_debugger()
        measured, known = ChildCoverage.begin(), count(config)
        self._warnings.found.clear()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        notes, folder = left_behind(before), item.getparent(KataDir)
        assert folder is not None
        data = []
        for report in self._reports:
            report.sections = [(name, cut(text)) for name, text in report.sections]
            data.append(config.hook.pytest_report_to_serializable(config=config, report=report))
        content = {
            "reports": data,
            "warnings": self._warnings.found,
            "coverage": measured.end(),
            "benchmarks": figures(config, known),
            "reference": child.told,
            "notes": notes,
            "endless": ENDLESS in folder.stash,
        }
        return dumps(content).encode()


def is_isolated(item: pytest.Item) -> bool:
    """Tell whether an item is a test that runs an answer, in a child."""
    if item.config.stash[PRACTICE].settings.in_process or not is_test(item):
        return False
    try:
        return not is_to_do(item)
    except (AnswerInvalid, ContentError):
        return False  # nothing is run: the test's setup says why


def run_test(
    item: pytest.Item, nextitem: pytest.Item | None, among: Sequence[pytest.Item] = ()
) -> list[pytest.TestReport]:
    """Run a test without reporting it, where answers run; return its reports.

    ``among``: see :meth:`IsolatedTests.make_ready`.
    """
    if not is_isolated(item):
        return runtestprotocol(item, log=False, nextitem=nextitem)
    plugin: Any = item.config.pluginmanager.get_plugin("prep-isolated")
    return plugin.reports_of(item, nextitem, among)  # type: ignore[no-any-return]
