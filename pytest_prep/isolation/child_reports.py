"""What comes back of a test that ran in a child: its warnings, the verdict on one stopped."""

from __future__ import annotations

import builtins
import json
import signal
import threading
import warnings
from typing import Any, Literal

import pytest
from _pytest.capture import FDCapture

from pytest_prep.judging.budget import megabytes
from pytest_prep.judging.judge import STOPPED, TOO_LARGE
from pytest_prep.judging.sandbox.limits import FLOOD, KEPT, PROCESSES, Ended
from pytest_prep.judging.verdict import Timing, Verdict
from pytest_prep.practice import answer_path, folder_of
from pytest_prep.recorder import put_on_report, told_of_python

Builtins = dict[str, object]
BROKEN = "it broke the process of its own test"


class Warnings:
    """Hears the warnings in a child."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        """Keep a warning as plain data."""
        self.found.append(
            {
                "text": str(warning_message.message),
                "category": warning_message.category.__name__,
                "filename": warning_message.filename,
                "lineno": warning_message.lineno,
                "when": when,
            }
        )


def warn(config: pytest.Config, item: pytest.Item, told: dict[str, Any]) -> None:
    """Tell pytest of a warning in a child."""
    category = getattr(builtins, told["category"], None)
    if not isinstance(category, type) or not issubclass(category, Warning):
        category = UserWarning
    message = warnings.WarningMessage(
        category(told["text"]), category, told["filename"], told["lineno"]
    )
    config.hook.pytest_warning_recorded.call_historic(
        kwargs={
            "warning_message": message,
            "when": told["when"],
            "nodeid": item.nodeid,
            "location": None,
        }
    )


def verdict_of_end(item: pytest.Item, ended: Ended) -> Verdict:
    """Return the verdict on a test whose child did not come to its end."""
    place = ended.stuck_line(str(answer_path(item)))
    line = place[0] if place else None
    where = f"stopped in {place[1]}(), line {place[0]}" if place else ""
    told = json.loads(ended.note) if ended.note else {}
    if ended.how == "time":
        timing = Timing(**told["timing"]) if told else None
        return Verdict("time_limit", STOPPED, where, timing=timing, line=line)
    if ended.how == "memory":
        used = f"stopped at {megabytes(ended.memory)}"
        if told:
            limit, reference = told["memory"]
            used += f" · budget {megabytes(limit)} (reference {megabytes(reference)})"
        detail = "\n".join(filter(None, (used, where)))
        return Verdict("memory_limit", TOO_LARGE, detail, line=line)
    if ended.how == "flood":
        summary = f"output flood: more than {FLOOD // 10**6} MB"
        return Verdict("runtime_error", summary, where, line=line)
    if ended.how == "crash":
        name = signal.Signals(ended.code).name
        return Verdict("runtime_error", f"its process was ended by {name}", line=line)
    if ended.how == "processes":
        return Verdict("runtime_error", f"it started more than {PROCESSES} processes")
    if ended.how == "garbled":
        return Verdict("runtime_error", BROKEN)
    if ended.how == "result":
        return Verdict("runtime_error", "it returned more than can be judged")
    return Verdict("runtime_error", f"exited without answering (exit code {ended.code})")


def left_behind(before: Builtins, threads: int) -> list[str]:
    """Return notes on what an answer left behind in this process, which had so many threads."""
    now = builtins.__dict__.items()
    replaced = [name for name, value in now if before.get(name) is not value]
    notes = [f"builtins replaced: {', '.join(replaced)}"] if replaced else []
    if (more := threading.active_count() - threads) > 0:
        notes.append(f"threads left behind: {more}")
    return notes


def cut(text: str) -> str:
    """Return a text without what is beyond its first megabyte."""
    return text if len(text) <= KEPT else f"{text[:KEPT]}\n… cut off at 1 MB"


def captured_streams(config: pytest.Config) -> list[tuple[int, ...]]:
    """Return the descriptors to which a child writes its output, by stream."""
    manager = config.pluginmanager.get_plugin("capturemanager")
    capture = manager._global_capturing if manager else None
    streams: list[tuple[int, ...]] = []
    for number, one in ((1, getattr(capture, "out", None)), (2, getattr(capture, "err", None))):
        if isinstance(one, FDCapture):
            streams.append((number, one.tmpfile.fileno(), one.targetfd_save))
        elif one is not None:
            streams.append((number,))
    return streams


def open_to_children(config: pytest.Config) -> set[int]:
    """Return the descriptors that stay open: the terminal, where nothing is captured."""
    return set() if captured_streams(config) else {1, 2}


def content_of(result: bytes) -> Any:
    """Return what a child tells, with half characters spelt out: no other process could read them.

    Raises:
        ValueError: it is no JSON.
    """
    return _whole(json.loads(result))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return value


def rebuilt(config: pytest.Config, data: dict[str, Any]) -> pytest.TestReport:
    """Rebuild one report of a child.

    Raises:
        TypeError, ValueError, LookupError, AttributeError: it is none.
    """
    report: pytest.TestReport = config.hook.pytest_report_from_serializable(
        config=config, data=data
    )
    report.sections = [(str(name), str(text)) for name, text in report.sections]
    report.user_properties = [(name, value) for name, value in report.user_properties]
    told: Any = report.longrepr
    if isinstance(told, list):  # why it was skipped
        report.longrepr = (str(told[0]), int(told[1]), str(told[2]))
    return report


def reports_of_verdict(
    item: pytest.Item, verdict: Verdict, output: str = ""
) -> list[pytest.TestReport]:
    """Return the reports of a test whose child was killed or ended without any."""
    folder = folder_of(item)
    told = told_of_python(folder, verdict, brief=folder.is_brief(item.name))
    reports = []
    phases: tuple[Literal["setup", "call", "teardown"], ...] = ("setup", "call", "teardown")
    for when in phases:
        is_call = when == "call"
        report = pytest.TestReport(
            item.nodeid,
            item.location,
            dict.fromkeys(item.keywords, 1),
            "failed" if is_call else "passed",
            told if is_call else None,
            when,
            [("Captured stdout call", output)] if output and is_call else [],
        )
        if is_call:
            put_on_report(report, item, folder, verdict, told=True)
        report.user_properties = list(item.user_properties)
        reports.append(report)
    return reports
