"""A pytest run in a child: it is made ready, waits to be asked, judges once, and ends.

Everything that takes long is over before a file is saved: pytest is configured, the kata at hand
is collected, its databases are filled, and its reference has been run. The parent sees to it that
none of that is used when a file has changed meanwhile.
"""

from __future__ import annotations

import io
import json
import linecache
import os
import select
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook, get_cache_dir

from pytest_prep.content.case import GENERATED, case_of
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import BENCHMARKS
from pytest_prep.modes.watch.fork import let_go
from pytest_prep.nodes import PRACTICE, CaseItem, KataDir

Message = dict[str, Any]


def be_judge(
    args: list[str],
    plugins: list[object],
    katas: list[str],
    *,
    requests: int,
    replies: int,
    output: int,
    scratch: str,
    changing: Sequence[Path],
) -> NoReturn:
    """Be a judge, in a child just forked.

    Args:
        args: pytest's arguments, as the parent was given them.
        plugins: further plugins of the parent.
        katas: ids of the katas to make ready.
        requests: where the one request comes from.
        replies: where messages go, a JSON line each.
        output: what takes anything that is written to the terminal.
        scratch: a folder for temporary files.
        changing: folders whose modules may have changed since the parent imported them.
    """
    try:
        let_go({requests, replies, output}, output)
        tempfile.tempdir = scratch
        forget_modules(changing)
        pytest.main(args, [*plugins, Waiting(katas, requests, replies)])
    finally:
        os._exit(0)


def forget_modules(folders: Sequence[Path]) -> None:
    """Forget the modules in some folders and every conftest.py, so that they are read afresh."""
    inside = tuple(f"{folder}{os.sep}" for folder in folders)
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if file.startswith(inside) or os.path.basename(file) == "conftest.py":  # noqa: PTH119
            del sys.modules[name]
    linecache.clearcache()
    for hook in [hook for hook in sys.meta_path if isinstance(hook, AssertionRewritingHook)]:
        sys.meta_path.remove(hook)


def drop_young_bytecode(folder: Path) -> None:
    """Remove compiled modules that may be of an older text than the one that is there now.

    They are told apart by seconds and size; a test may be saved twice in one second.
    """
    cache = get_cache_dir(folder / "any.py")
    with suppress(OSError):
        for compiled in cache.glob("*.pyc"):
            source = folder / f"{compiled.name.partition('.')[0]}.py"
            if compiled.stat().st_mtime - source.stat().st_mtime < 2:
                compiled.unlink()


class Waiting:
    """The plugin that makes a run wait, and tells the parent what becomes of it."""

    def __init__(self, katas: list[str], requests: int, replies: int) -> None:
        self._katas = katas
        self._requests = requests
        self._replies = replies
        self._broken: list[Message] = []
        self._request: Message | None = None

    # -- hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Judge the katas asked for, all of them, whatever the last run came to."""
        option: Any = config.option
        option.prep_watch = False
        option.maxfail = 0
        option.lf = option.failedfirst = option.newfirst = option.stepwise = False
        option.continue_on_collection_errors = True
        #: Where the command line names single cases, their ids.
        self._only = narrowed(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Collect the katas that are to be ready."""
        self._choose(session, self._katas)

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Measure nothing: figures are no verdict, and there is no table to show them in."""
        return collection_path.name.startswith(BENCHMARKS) or None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep to the cases that the command line names; leave what takes long to the end."""
        for path, ids in self._only.items():
            inside = [item for item in items if item.nodeid.startswith(f"{path}/")]
            dropped = [item for item in inside if not item.nodeid.startswith(tuple(ids))]
            items[:] = [item for item in items if item not in dropped]
        items.sort(key=lambda item: isinstance(item, CaseItem) and item.name == GENERATED)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what cannot be collected."""
        if report.failed:
            self._broken.append({"broken": report.nodeid, "text": report.longreprtext})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Wait until a kata is to be judged."""
        session.config.stash[PRACTICE].recorder.recording.leave_to_others()
        for item in list(session.items):
            if self._is_asked():
                break
            make_ready(item)
        self._tell({"ready": True})
        line = b""
        while not line.endswith(b"\n"):
            piece = os.read(self._requests, 1 << 16)
            if not piece:
                # The parent is gone, or has no use for this child.
                os._exit(0)
            line += piece
        self._request = json.loads(line)
        assert self._request is not None
        wanted = self._request["judge"]
        if wanted != self._katas:
            self._broken.clear()
            self._choose(session, wanted)
            session.perform_collect()
        session.testsfailed = 0
        expected: dict[str, list[str]] = {}
        for item in session.items:
            folder = item.getparent(KataDir)
            if folder is not None:
                expected.setdefault(folder.nodeid, []).append(item.name)
        self._tell({"expected": expected})
        for message in self._broken:
            self._tell(message)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell the parent a verdict."""
        prep = getattr(report, "prep", None)
        if prep is not None:
            told = prep["told"] or not report.failed
            sections = [list(section) for section in report.sections] if report.failed else []
            text = "" if told else self._text(report)
            message = {"case": prep, "text": text, "sections": sections}
            self._tell({**message, "duration": report.duration})
        elif report.failed:
            self._tell({"broken": report.nodeid, "text": report.longreprtext})
        elif report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self._tell({"skipped": report.nodeid, "text": reason})

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self) -> Generator[None, None, NoReturn]:
        """Tell the parent that this is all, and end: nobody reads the summary.

        Making it would take longer than judging (hypothesis' plugin imports all of hypothesis for
        it), just when the next child is being made ready.
        """
        self._tell({"end": True})
        try:
            yield
        finally:
            os._exit(0)

    # -- parts

    def _choose(self, session: pytest.Session, katas: list[str]) -> None:
        root = session.config.rootpath
        for path in katas:
            for folder in (root / path, *(root / path).parents):
                if folder.is_relative_to(root):
                    drop_young_bytecode(folder)
        session.config.args = [str(root / path) for path in katas]

    def _is_asked(self) -> bool:
        return bool(select.select([self._requests], [], [], 0)[0])

    def _text(self, report: pytest.TestReport) -> str:
        """Return pytest's own account of a failure, as wide and coloured as the screen is."""
        from _pytest._io import TerminalWriter

        assert self._request is not None
        text = io.StringIO()
        writer = TerminalWriter(text)
        writer.hasmarkup = self._request["colour"]
        writer.fullwidth = self._request["width"]
        report.toterminal(writer)
        return text.getvalue()

    def _tell(self, message: Message) -> None:
        line = memoryview(json.dumps(message).encode() + b"\n")
        try:
            while line:
                line = line[os.write(self._replies, line) :]
        except OSError:
            os._exit(0)


def make_ready(item: pytest.Item) -> None:
    """Do beforehand what judging a case needs, whatever the answer."""
    practice = item.config.stash[PRACTICE]
    # What is broken is told when the answer is judged.
    with suppress(ContentError, pytest.skip.Exception):
        if isinstance(item, CaseItem) and item.name != GENERATED:
            kata = item.parent.parent.kata
            practice.skip_elsewhere(kata)
            practice.judge.judge(kata, kata.reference, case_of(kata, item.name))
        elif isinstance(item, pytest.Function) and item.getparent(KataDir) is not None:
            isolated: Any = item.config.pluginmanager.get_plugin("prep-isolated")
            if not practice.settings.in_process:
                isolated.make_ready(item)


def narrowed(config: pytest.Config) -> dict[str, list[str]]:
    """Return the ids of the cases and tests that the command line names, by kata."""
    found: dict[str, list[str]] = {}
    for place, rest in _named(config.args):
        path = (config.invocation_params.dir / place).resolve()
        if not path.is_relative_to(config.rootpath):
            continue
        relative = path.relative_to(config.rootpath).as_posix()
        found.setdefault(relative.rpartition("/")[0], []).append(f"{relative}::{rest}")
    whole = [
        (config.invocation_params.dir / arg).resolve() for arg in config.args if "::" not in arg
    ]
    return {
        path: ids
        for path, ids in found.items()
        if not any((config.rootpath / path).is_relative_to(place) for place in whole)
    }


def _named(args: list[str]) -> Iterator[tuple[Path, str]]:
    for arg in args:
        place, separator, rest = arg.partition("::")
        if separator:
            yield Path(place), rest
