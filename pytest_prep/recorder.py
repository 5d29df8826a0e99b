"""Reports → what the session says of each kata, in the one process that reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.all_cases import case_count
from pytest_prep.content.kata import BENCHMARKS
from pytest_prep.judging.verdict import WORDS, Status, Verdict, gravest
from pytest_prep.nodes import VERDICT, CaseItem, KataDir
from pytest_prep.recording import Recording
from pytest_prep.settings import Settings

if TYPE_CHECKING:
    from pytest_prep.report.terminal import VerdictRepr

#: Exit codes of a run in which -k may have been mistyped.
NOTHING_RAN = (pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR)


@dataclass
class KataRecord:
    """What this session found out about one kata."""

    id: str
    title: str
    level: str
    minutes: int
    #: The kata's folder, relative to the root, with forward slashes.
    path: str
    #: The verdict on each case judged, in order.
    cases: dict[str, Verdict] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    #: How many cases the kata has, 0 where nobody knows.
    case_count: int = 0
    #: Seconds of judging.
    duration: float = 0.0
    #: Cases that their author's marks skip.
    skipped: set[str] = field(default_factory=set)
    #: What a right answer left behind, and in which cases.
    notes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether all cases of the kata were judged."""
        return 0 < self.case_count <= len(self.cases.keys() | self.skipped)

    @property
    def status(self) -> Status:
        """The verdict that speaks for the kata."""
        return gravest([verdict.status for verdict in self.cases.values()])

    @property
    def speaker(self) -> tuple[str, Verdict]:
        """The first case with that verdict."""
        status = self.status
        return next((name, v) for name, v in self.cases.items() if v.status == status)


def annotate(item: pytest.Item, call: pytest.CallInfo[Any], report: pytest.TestReport) -> None:
    """Put the verdict on the report of the phase that decides it, as plain data.

    Only None, bool, int, float, str, list, tuple and dict cross to xdist's controller.
    """
    folder = item.getparent(KataDir)
    if folder is None:
        return
    told = isinstance(item, CaseItem)
    if isinstance(item, CaseItem):
        verdict = item.stash.get(VERDICT, None)
        if report.when != "call" or verdict is None:
            return
    elif isinstance(item, pytest.Function):
        if report.when == "teardown" or (report.when == "setup" and report.passed):
            return
        if isinstance(getattr(call.excinfo, "value", None), pytest.skip.Exception) and (
            VERDICT not in item.stash
        ):
            return
        from pytest_prep.python_katas import TOLD, python_verdict

        verdict = python_verdict(item, call.excinfo, call.when)
        is_benchmark = item.path.name.startswith(BENCHMARKS)
        if verdict.status == "todo" and report.failed:
            report.outcome = "skipped"
            path, line, _ = item.location
            report.longrepr = (path, line or 0, verdict.summary)
        elif report.failed and isinstance(getattr(call.excinfo, "value", None), TOLD):
            told = True
            brief = is_benchmark or folder.is_brief(item.name)
            report.longrepr = told_of_python(folder, verdict, brief=brief)
        if report.failed and verdict.status != "kata_error":
            # An answer that cannot be executed fails the test: no fixture of the kata is at fault.
            report.when = "call"
        if is_benchmark and verdict.status != "todo":
            # Its figures are not a case of the kata.
            return
    else:
        return
    put_on_report(report, item, folder, verdict, told=told)


def told_of_python(folder: KataDir, verdict: Verdict, *, brief: bool) -> VerdictRepr:
    """Return a verdict on a Python answer as it is shown in place of a traceback."""
    from pytest_prep.report.terminal import VerdictRepr

    return VerdictRepr(verdict, f"{folder.nodeid}/answer.py", brief=brief)


def put_on_report(
    report: pytest.TestReport, item: pytest.Item, folder: KataDir, verdict: Verdict, *, told: bool
) -> None:
    """Put a verdict on a report.

    ``told`` is whether the verdict is all there is to show, or pytest's own traceback tells more.
    """
    kata = folder.kata
    report.prep = {  # type: ignore[attr-defined]
        "id": kata.id,
        "title": kata.title,
        "level": kata.level,
        "minutes": kata.minutes,
        "path": folder.nodeid,
        "topics": list(kata.topics),
        "answer": kata.answer.name,
        "case": item.name,
        "case_count": case_count(folder),
        "told": told,
        "verdict": verdict.to_dict(),
    }
    # On the item too: junit's file is made of what the teardown's report has, a copy of these.
    properties = {"kata": kata.id, "verdict": verdict.status}
    others = [(name, value) for name, value in item.user_properties if name not in properties]
    item.user_properties[:] = [*others, *properties.items()]
    report.user_properties = list(item.user_properties)


class Recorder:
    """Gathers the verdicts of a session; never lives in an xdist worker."""

    def __init__(self, config: pytest.Config, settings: Settings) -> None:
        """Start with nothing judged."""
        self.config = config
        self.settings = settings
        self.katas: dict[str, KataRecord] = {}
        self.recording = Recording(settings)
        #: Cases that were skipped before their test began, by the folder of their kata.
        self._skipped: dict[str, set[str]] = {}

    def selected(self, items: list[pytest.Item], collected: set[str]) -> str | None:
        """Return a line that says how many katas the items belong to."""
        chosen = {id(folder) for item in items if (folder := item.getparent(KataDir))}
        if not chosen:
            return None
        total = f" of {len(collected)}" if len(collected) > len(chosen) else ""
        return f"katas: {len(chosen)}{total} selected"

    # -- hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, str | tuple[str, dict[str, bool]]] | None:
        """Give *to do* a name of its own, and the other verdicts their words under ``-v``."""
        prep = getattr(report, "prep", None)
        if prep is None:
            return None
        status: Status = prep["verdict"]["status"]
        if status == "todo":
            return "todo", "t", ("TODO", {"yellow": True})
        if status == "accepted" and report.passed:
            return "passed", ".", ("ACCEPTED", {"green": True})
        if report.failed and getattr(report, "when", "") == "call":
            return "failed", "F", (WORDS[status].upper(), {"red": True})
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a verdict, and tell it to whoever implements our hook."""
        prep = getattr(report, "prep", None)
        if prep is None:
            if report.skipped and report.when == "setup":
                folder = report.nodeid.partition("::")[0].rpartition("/")[0]
                self._skipped.setdefault(folder, set()).add(report.nodeid.rpartition("::")[2])
            return
        verdict = Verdict.from_dict(prep["verdict"])
        record = self.katas.get(prep["path"])
        if record is None:
            record = KataRecord(
                prep["id"],
                prep["title"],
                prep["level"],
                prep["minutes"],
                prep["path"],
                topics=tuple(prep["topics"]),
                case_count=prep["case_count"],
                skipped=self._skipped.setdefault(prep["path"], set()),
            )
            self.katas[prep["path"]] = record
            self.recording.keep_answer(prep["path"], prep["answer"])
        record.duration += report.duration
        # A rerun's verdict replaces the one before: the last word counts.
        record.cases[prep["case"]] = verdict
        for note in prep.get("notes", ()):
            record.notes.setdefault(note, []).append(prep["case"])
        if prep["told"] and report.failed and isinstance(report.longrepr, str):
            # It came from a worker as text: give it its colours and message back.
            from pytest_prep.report.terminal import VerdictRepr

            brief = "\n" not in report.longrepr.strip()
            report.longrepr = VerdictRepr(verdict, report.location[0], brief=brief)
        self.config.hook.pytest_prep_verdict(
            config=self.config,
            kata=record.id,
            case=prep["case"],
            path=record.path,
            verdict=prep["verdict"],
        )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a kata that cannot be collected among the broken ones."""
        path = self.settings.root / report.nodeid
        if not report.failed or not path.is_relative_to(self.settings.katas):
            return
        folder = path if path.is_dir() else path.parent
        nodeid = folder.relative_to(self.settings.root).as_posix()
        message = report.longreprtext.strip().split("\n")[-1].removeprefix(f"{nodeid}/")
        place, _, problem = message.partition(": ")
        record = self.katas.setdefault(nodeid, KataRecord(nodeid, folder.name, "", 0, nodeid))
        record.cases[place] = Verdict("kata_error", problem)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Write the record, however the session ended."""
        self.recording.write(self.katas.values())

    def pytest_unconfigure(self) -> None:
        """Write it where the session's end was itself interrupted."""
        self.recording.write(self.katas.values())

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, exitstatus: int
    ) -> None:
        """Show the katas by verdict, and the next step."""
        if exitstatus in NOTHING_RAN and self.settings.keyword and not self.katas:
            from pytest_prep.suggestion import suggestion

            if told := suggestion(self.settings):
                terminalreporter.write_line(told)
        if not self.katas or self.settings.collect_only:
            return
        if self.settings.in_process:
            terminalreporter.write_line(
                "budgets not enforced: answers ran in pytest's own process "
                f"({self.settings.in_process})"
            )
        from pytest_prep.report.outcome import show_next_step, show_outcome
        from pytest_prep.report.terminal import show_katas

        if self._says_it_all(terminalreporter):
            terminalreporter.reportchars = terminalreporter.reportchars.strip("fE")
        records = list(self.katas.values())
        show_katas(terminalreporter, records)
        if self.settings.answers == "mine":
            recording = self.recording
            show_outcome(
                terminalreporter,
                recording.outcome,
                self.settings.progress.minutes,
                recording.notes,
            )
            partial = recording.outcome.partial if recording.outcome else ()
            show_next_step(terminalreporter, records, partial, recording.next)

    def _says_it_all(self, reporter: pytest.TerminalReporter) -> bool:
        """Tell whether our summary makes pytest's list of failures, by item, a repetition.

        It does unless ``-r`` asks for another list than the default one, or something failed that
        is no kata.
        """
        if reporter.reportchars.removeprefix("w") != "fE":
            return False
        failed = [report for key in ("failed", "error") for report in reporter.stats.get(key, ())]
        return all(
            hasattr(report, "prep")
            or (self.settings.root / report.nodeid).is_relative_to(self.settings.katas)
            for report in failed
        )
