"""The author's side: every submission under ``solutions/`` must get its expected verdict."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_prep.content.answer import is_starter, read_text
from pytest_prep.content.case import case_names, case_of, judged_names
from pytest_prep.content.catalog import facts_of
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import KATA_FILE, Kata, read_kata
from pytest_prep.content.submission import Submission, read_submission, submission_kind
from pytest_prep.expected import Unexpected, assert_expected, warn_if_close
from pytest_prep.judging.task import KataBroken
from pytest_prep.judging.verdict import Verdict, gravest
from pytest_prep.nodes import ANSWER, PRACTICE, KataDir
from pytest_prep.selection import marks_of
from pytest_prep.settings import Settings


def collect_submissions(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the node of a folder under ``solutions/`` whose twin is a kata, else None."""
    settings = parent.config.stash[PRACTICE].settings
    twin = settings.katas / path.relative_to(settings.solutions)
    if not (twin / KATA_FILE).is_file():
        return None
    parent.config.stash[PRACTICE].register_once("prep-submissions", SubmissionHooks)
    return SubmissionDir.from_parent(parent, path=path)


class SubmissionHooks:
    """The hook that lets a submission run other items."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Let a submission of a Python kata run the kata's tests before its own report."""
        if isinstance(item, PythonSubmission):
            item.run_tests(nextitem)


class SubmissionDir(pytest.Directory):
    """A kata's folder, on the author's side."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield a file node for each submission."""
        settings = self.config.stash[PRACTICE].settings
        twin = settings.katas / self.path.relative_to(settings.solutions)
        try:
            kata = read_kata(twin, self.path)
            if not kata.reference.exists():
                raise ContentError(kata.reference, "", "is missing; a kata needs its reference")
            if not kata.starter.exists():
                raise ContentError(kata.starter, "", "is missing; copy the untouched answer there")
        except ContentError as error:
            root = f"{self.config.rootpath}{os.sep}"
            raise self.CollectError(str(error).replace(root, "")) from None
        facts = facts_of(kata)
        self.extra_keyword_matches.update((facts.id, facts.level, *facts.topics))
        self.own_markers += marks_of(facts)
        for path in sorted(self.path.iterdir()):
            kind = submission_kind(path.name, kata.suffix)
            if kind is None or self._ignored(path):
                continue
            yield SubmissionFile.from_parent(self, path=path, kata=kata)

    def _ignored(self, path: Path) -> bool:
        if self.session.isinitpath(path):
            return False
        ignored = self.ihook.pytest_ignore_collect(collection_path=path, config=self.config)
        return bool(ignored)


class SubmissionFile(pytest.File):
    """One submission."""

    def __init__(self, *, kata: Kata, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kata = kata

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item that asserts the verdict; for the reference also its example."""
        try:
            submission = read_submission(self.path)
        except ContentError as error:
            root = f"{self.config.rootpath}{os.sep}"
            raise self.CollectError(str(error).replace(root, "")) from None
        if submission.kind == "starter":
            yield CheckItem.from_parent(self, name="todo", check=check_starter)
            return
        kind = SqlSubmission if self.kata.sql else PythonSubmission
        yield kind.from_parent(self, name=submission.verdict, submission=submission)
        if submission.kind == "answer":
            from pytest_prep.complete import check_complete
            from pytest_prep.example import check_example

            yield CheckItem.from_parent(self, name="example", check=check_example)
            yield CheckItem.from_parent(self, name="complete", check=check_complete)
            if self.config.stash[PRACTICE].settings.mutants:
                from pytest_prep.strength import mutants_item

                yield mutants_item(self)


class AuthorItem(pytest.Item):
    """An item whose failure is told to the author in plain lines."""

    parent: SubmissionFile

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the message instead of a traceback."""
        from pytest_prep.judging.python_answer import AnswerInvalid

        error = excinfo.value
        if not isinstance(error, (Unexpected, ContentError, KataBroken, AnswerInvalid)):
            return super().repr_failure(excinfo, style)
        told = str(error)
        if isinstance(error, AnswerInvalid):
            told = f"{self.parent.kata.reference}: {told}\n{error.detail}".rstrip()
        return told.replace(f"{self.config.rootpath}{os.sep}", "")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the submission's path, its first line (0-based) and a heading."""
        return self.path, 0, f"{self.parent.parent.name} · {self.path.name}"  # type: ignore[union-attr]


class SqlSubmission(AuthorItem):
    """An SQL submission, judged on every case."""

    def __init__(self, *, submission: Submission, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.submission = submission

    def setup(self) -> None:
        """Set the backstop for what no engine can interrupt."""
        self.config.stash[PRACTICE].set_backstop(self)

    def runtest(self) -> None:
        """Judge, and compare the verdicts with the expected one."""
        __tracebackhide__ = True
        kata = self.parent.kata
        practice = self.config.stash[PRACTICE]
        practice.skip_elsewhere(kata)
        submission = self.submission
        away = kata.sql and practice.settings.engine not in ("", kata.sql.engine)
        if away and submission.kind == "slow":
            pytest.skip("what is slow was measured on the kata's own engine")
        verdicts = {
            name: practice.judge.judge(kata, self.path, case_of(kata, name))
            for name in self._cases(kata, practice.settings)
        }
        if away and submission.kind == "wrong":
            # Another engine may refuse what this one runs: any rejection will do.
            rejections = [v.status for v in verdicts.values() if not v.accepted]
            submission = replace(submission, verdict=gravest(rejections or ["wrong_answer"]))
        assert_expected(submission, verdicts)
        warn_if_close(self, submission, verdicts)

    def _cases(self, kata: Kata, settings: Settings) -> list[str]:
        """Return the cases to judge on.

        A wrong one has to be caught by the data of its kata; another right one must hold on
        whatever data is found.
        """
        searching = settings.search_seconds > 0 and settings.engine in ("", "duckdb")
        if self.submission.kind == "accepted" and searching:
            return judged_names(kata)
        return case_names(kata)


class PythonSubmission(AuthorItem):
    """A Python submission, judged by the kata's own tests."""

    def __init__(self, *, submission: Submission, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.submission = submission
        self._verdicts: dict[str, Verdict] = {}
        self._problem = ""

    def run_tests(self, nextitem: pytest.Item | None) -> None:
        """Run the kata's tests with this submission as the answer, without reporting them.

        Called before this item's own protocol, because pytest sets up one item at a time.
        """
        from pytest_prep.isolation.isolated_tests import run_test

        kata = self.parent.kata
        folder = KataDir.from_parent(self.parent, path=kata.folder)
        folder.stash[ANSWER] = self.path
        items: list[pytest.Item] = []
        try:
            items += tests_of(folder, self.session)
        except pytest.Collector.CollectError as error:
            self._problem = str(error)
        if not items and not self._problem:
            self._problem = f"{kata.folder}: no tests found"
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else self
            for report in run_test(item, following, items):
                prep = getattr(report, "prep", None)
                if prep is not None:
                    self._verdicts[item.name] = Verdict.from_dict(prep["verdict"])
                elif report.failed:
                    self._problem = f"{item.nodeid}: {report.when} failed\n{report.longreprtext}"

    def runtest(self) -> None:
        """Compare the verdicts with the expected one."""
        __tracebackhide__ = True
        if self._problem:
            raise Unexpected(self._problem)
        assert_expected(self.submission, self._verdicts)
        warn_if_close(self, self.submission, self._verdicts)


class CheckItem(AuthorItem):
    """A check of the kata's own files."""

    def __init__(
        self,
        *,
        check: Callable[[pytest.Config, Kata], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._check = check

    def runtest(self) -> None:
        """Run the check."""
        __tracebackhide__ = True
        self._check(self.config, self.parent.kata)


def check_starter(config: pytest.Config, kata: Kata) -> None:
    """Raise unless the starter counts as *to do* and, untouched, as the learner's file.

    Raises:
        Unexpected: it does not.
    """
    __tracebackhide__ = True
    starter = read_text(kata.starter)
    if not is_starter(starter, starter, kata.suffix):
        raise Unexpected(f"{kata.starter.name} is not recognised as a starter")
    if kata.sql and not is_starter(starter, "", kata.suffix):
        raise Unexpected(f"{kata.starter.name} holds a statement; it may hold comments only")
    if kata.python and "NotImplementedError" not in starter:
        raise Unexpected(f"{kata.starter.name} must raise NotImplementedError")


def tests_of(node: pytest.Collector, session: pytest.Session) -> Iterator[pytest.Item]:
    """Collect the items below ``node`` without reporting it."""
    for child in node.collect():
        if isinstance(child, pytest.Item):
            yield child
        else:
            yield from tests_of(child, session)
