"""Test functions of Python katas, run in another process; their reports come back as JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from pytest_prep.content.errors import ContentError
from pytest_prep.fixtures import ENDLESS, write_generated
from pytest_prep.isolation.child_benchmarks import add_figures
from pytest_prep.isolation.child_coverage import add_coverage
from pytest_prep.isolation.child_reports import (
    BROKEN,
    content_of,
    rebuilt,
    reports_of_verdict,
    verdict_of_end,
    warn,
)
from pytest_prep.isolation.reference_figures import Figures, KeptFigures
from pytest_prep.isolation.reruns import attempts
from pytest_prep.judging.python_answer import AnswerInvalid
from pytest_prep.judging.sandbox.limits import Ended
from pytest_prep.judging.sandbox.watch import Fault
from pytest_prep.judging.verdict import Verdict
from pytest_prep.nodes import PRACTICE
from pytest_prep.patience import is_known_crash, note, out_of_patience
from pytest_prep.practice import folder_of, kata_of
from pytest_prep.python_katas import CHILD, is_test, is_to_do
from pytest_prep.recorder import told_of_python

CANNOT = "its tests cannot be run in a process of their own"


class CannotRun(Exception):
    """A test cannot be run where it should be, whatever the answer.

    Its arguments are those of a verdict: the summary, and details if there are any.
    """


class IsolatedTests(ABC):
    """Has test functions of Python katas run in a process that may be lost."""

    def __init__(self, config: pytest.Config) -> None:
        """Set up; nothing is started before the first test."""
        self.config = config
        self._figures = KeptFigures(config.stash[PRACTICE].settings)
        #: Data sets that are there to be read.
        self._made: set[str | None] = {None}

    # -- hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Have a test of a Python kata run, and report it."""
        if CHILD in self.config.stash or not is_isolated(item):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for reports in attempts(item, lambda: self._patiently(item, nextitem)):
            for report in reports:
                item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        item.session._setupstate.teardown_exact(nextitem)
        return True

    def pytest_unconfigure(self) -> None:
        """End what was started."""
        if CHILD not in self.config.stash:
            self.renew()

    # -- what differs with the process

    @abstractmethod
    def renew(self) -> None:
        """Take over for the next test what has changed in this process since the last one."""

    @abstractmethod
    def _start(self, item: pytest.Item, among: Sequence[pytest.Item]) -> None:
        """Have a process that can run a test."""

    @abstractmethod
    def _run(self, item: pytest.Item, earlier: Figures | None) -> Ended:
        """Run a test in that process; the result is that of :meth:`ChildTests.run`, as JSON.

        ``earlier`` is what its reference took in an earlier run, if that is to do.

        Raises:
            CannotRun, Fault: see there.
        """

    def _tear_down(
        self, item: pytest.Item, nextitem: pytest.Item | None, reports: list[pytest.TestReport]
    ) -> list[pytest.TestReport]:
        """End what the next test has no use for; return the reports with what came of that."""
        return reports

    # -- what does not

    def make_ready(self, item: pytest.Item, among: Sequence[pytest.Item] = ()) -> None:
        """Have the data and a process for a test, which comes with what is collected by now.

        ``among`` are the tests that run with it, where they are not the session's.
        """
        kata = kata_of(item)
        if kata.dataset not in self._made:
            self._made.add(kata.dataset)
            write_generated(self.config.stash[PRACTICE], kata)
        self._start(item, among)

    def _patiently(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> list[pytest.TestReport]:
        """Run a test, unless its answer had to be stopped too often."""
        folder = folder_of(item)
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
        """Run a test in another process, and end what only it needed; return its reports."""
        return self._tear_down(item, nextitem, self._judged(item, among))

    def _judged(self, item: pytest.Item, among: Sequence[pytest.Item]) -> list[pytest.TestReport]:
        folder = folder_of(item)
        if ENDLESS in folder.stash:
            return reports_of_verdict(item, folder.stash[ENDLESS])
        self.make_ready(item, among)
        try:
            earlier = self._figures.known(item)
            ended = self._run(item, earlier)
            if earlier and ended.note and ended.how in ("time", "memory"):
                # What the reference took in an earlier run rejects nothing.
                self.make_ready(item, among)
                ended = self._run(item, None)
        except CannotRun as error:
            return reports_of_verdict(item, Verdict("kata_error", *error.args))
        except Fault as error:
            last = str(error).strip().split("\n")[-1]
            return reports_of_verdict(item, Verdict("runtime_error", BROKEN, last))
        except pytest.fail.Exception as error:
            # pytest-timeout, the backstop
            return reports_of_verdict(item, Verdict("time_limit", str(error).split("\n")[0]))
        try:
            if ended.how == "done":
                return self._rebuilt(item, content_of(ended.result), ended.left_behind)
            verdict = verdict_of_end(item, ended)
        except (ValueError, LookupError, TypeError, AttributeError):
            # What came out of the process is no report: the answer broke what makes them.
            self.renew()
            verdict = Verdict("runtime_error", BROKEN)
        return reports_of_verdict(item, verdict, ended.output)

    def _rebuilt(
        self, item: pytest.Item, content: dict[str, Any], left: int
    ) -> list[pytest.TestReport]:
        """Rebuild the reports of a test that came to its end, and left so many processes behind."""
        for warning in content["warnings"]:
            warn(self.config, item, warning)
        add_coverage(content["coverage"])
        add_figures(self.config, content["benchmarks"])
        notes = [str(note) for note in content["notes"]]
        if left:
            notes.append(f"processes left behind and ended: {left}")
        reports = []
        for data in content["reports"]:
            report = rebuilt(self.config, data)
            report.location = item.location
            if report.failed and notes:
                report.sections.append(("Notes", "\n".join(notes)))
            if prep := getattr(report, "prep", None):
                self._complete(item, report, prep, notes, endless=content["endless"])
            item.user_properties[:] = report.user_properties
            reports.append(report)
        if content["reference"] and all(report.passed for report in reports):
            self._figures.keep(item, *content["reference"])
        return reports

    def _complete(
        self,
        item: pytest.Item,
        report: pytest.TestReport,
        prep: dict[str, Any],
        notes: list[str],
        *,
        endless: bool,
    ) -> None:
        """Give the report of a verdict what is known of the kata's other tests.

        ``prep`` is what :func:`put_on_report` put there, ``endless`` whether executing the
        answer's file was never done.
        """
        folder, verdict = folder_of(item), Verdict.from_dict(prep["verdict"])
        if report.passed:
            prep["notes"] = notes
        if endless:
            # The others need not wait again.
            folder.stash[ENDLESS] = verdict
        if report.failed:
            known = is_known_crash(folder, item.name, verdict)
            if known or prep["told"]:
                brief = known or folder.is_brief(item.name)
                report.longrepr = told_of_python(folder, verdict, brief=brief)
            prep["told"] |= known


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


def isolated(config: pytest.Config) -> IsolatedTests:
    """Return what runs the tests of Python katas as the settings say."""
    if config.stash[PRACTICE].settings.isolation == "spawn":
        from pytest_prep.isolation.spawned_tests import SpawnedTests

        return SpawnedTests(config)
    from pytest_prep.isolation.forked_tests import ForkedTests

    return ForkedTests(config)
