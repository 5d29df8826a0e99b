"""The nodes: ``KataTree`` → ``KataDir`` → ``AnswerFile`` → one ``CaseItem`` a case."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.case import GENERATED, case_of, judged_names
from pytest_prep.content.catalog import Catalog, Facts, facts_of
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import BENCHMARKS, KATA_FILE, Kata, read_kata
from pytest_prep.judging.verdict import Verdict
from pytest_prep.selection import (
    Keywords,
    ignored_by_name,
    marks_of,
    names_above,
    others_add_keywords,
)

if TYPE_CHECKING:
    import pluggy

    from pytest_prep.practice import Practice

#: The answer which the tests below a node judge, where it is not the kata's own.
ANSWER = pytest.StashKey[Path]()
#: What the judge said of an item.
VERDICT = pytest.StashKey[Verdict]()
#: What a session shares.
PRACTICE: pytest.StashKey[Practice] = pytest.StashKey()


class NotAccepted(Exception):
    """The verdict is in the item's stash; this only tells pytest that the item failed."""


class KataTree(pytest.Directory):
    """A folder of katas, or of such folders.

    The items of SQL katas are yielded straight from here, with their ``KataDir`` and
    ``AnswerFile`` as parents: collecting each of these by itself would cost three times as much
    as judging a small kata. Where the command line names something inside, the nodes on the way
    there are collected one by one, as pytest's search for it needs.
    """

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield items of SQL katas, and nodes for everything else."""
        practice = self.config.stash[PRACTICE]
        settings = practice.settings
        on_the_way = _is_on_the_way(self)
        index = None if on_the_way else settings.cache
        twin = settings.solutions / self.path.relative_to(settings.katas)
        catalog = Catalog(self.path, twin, index)
        by_node = on_the_way or settings.keep_duplicates
        keywords = practice.keywords
        if keywords and others_add_keywords(self.ihook):
            keywords = Keywords("")
        keywords.share(names_above(self))
        ignored = ignored_by_name(self.config.pluginmanager, self.ihook, settings)
        with os.scandir(self.path) as entries:
            found = sorted((entry.name, entry.is_dir()) for entry in entries)
        for name, is_folder in found:
            facts = catalog.facts(name) if is_folder and not by_node else None
            cases = None
            if facts is not None and facts.cases is not None:
                practice.collected.add(facts.id)
                cases = keywords.select(facts.names, facts.cases)
                if not cases:
                    continue
            path = self.path / name
            if on_the_way and not self.session.isinitpath(path, with_parents=True):
                continue
            if ignored.match(name) if ignored and cases else self._ignored(path):
                continue
            if cases and _is_plain(path, twin / name):
                folder = KataDir.from_parent(self, path=path, facts=facts)
                yield from folder.answer_file().items(cases)
            elif is_folder:
                node = self.ihook.pytest_collect_directory(path=path, parent=self)
                if node is not None:
                    yield node
            else:
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)
        if not settings.worker and not by_node:
            catalog.save()

    def _ignored(self, path: Path) -> bool:
        if self.session.isinitpath(path, with_parents=True):
            return False
        return bool(self.ihook.pytest_ignore_collect(collection_path=path, config=self.config))


class KataDir(pytest.Directory):
    """A kata's folder, on the learner's side."""

    def __init__(self, *, facts: Facts | None = None, **kwargs: Any) -> None:
        """Create the node; ``facts`` spares reading ``kata.toml`` during collection."""
        super().__init__(**kwargs)
        self._kata: Kata | None = None
        self._facts = facts
        self._is_collected = facts is None
        #: The case whose rejection is shown in full in this process.
        self._explained: str | None = None
        if facts is not None:
            self._describe(facts)

    @property
    def ihook(self) -> pluggy.HookRelay:
        """The hooks, with those of the conftest.py files in the folders above.

        pytest knows which these are only for a folder that it has collected itself.
        """
        return super().ihook if self._is_collected or self.parent is None else self.parent.ihook

    @property
    def kata(self) -> Kata:
        """What ``kata.toml`` says.

        Raises:
            ContentError: the file is broken.
        """
        if self._kata is None:
            settings = self.config.stash[PRACTICE].settings
            twin = settings.solutions / self.path.relative_to(settings.katas)
            self._kata = read_kata(self.path, twin)
        return self._kata

    @property
    def facts(self) -> Facts:
        """What is known of the kata without its texts; ContentError where its file is broken."""
        self._facts = self._facts or facts_of(self.kata)
        return self._facts

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the answer file of an SQL kata, the test modules of a Python kata."""
        try:
            kata = self.kata
            if not kata.reference.exists():
                raise ContentError(kata.reference, "", "is missing; a kata needs its reference")
        except ContentError as error:
            raise self.CollectError(_short(str(error), self.config.rootpath)) from None
        if self._facts is None:
            self._describe(self.facts)
        self.config.stash[PRACTICE].collected.add(kata.id)
        if kata.sql:
            yield self.answer_file()
            return
        settings = self.config.stash[PRACTICE].settings
        if settings.unimported:
            from pytest_prep.modes import unimported

            yield unimported.UnimportedKata.from_parent(self, path=kata.answer)
            return
        self._prepare_for_python()
        for path in sorted(self.path.glob("test_*.py")):
            if not self._ignored(path):
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)
        if self.config.pluginmanager.hasplugin("benchmark") and not settings.mode:
            for path in sorted(self.path.glob(f"{BENCHMARKS}*.py")):
                if not self._ignored(path):
                    yield self.ihook.pytest_pycollect_makemodule(module_path=path, parent=self)

    def is_brief(self, case: str) -> bool:
        """Tell whether one line is enough to show the rejected ``case``.

        The first one is shown in full, also when it is run again.
        """
        if case == GENERATED:
            return False
        if self._explained is None:
            self._explained = case
        return case != self._explained or self.config.stash[PRACTICE].settings.one_line_failures

    def answer_file(self) -> AnswerFile:
        """Return the node of an SQL kata's answer."""
        return AnswerFile.from_parent(self, path=self.path / "answer.sql")

    def _prepare_for_python(self) -> None:
        """Bring in the fixtures and hooks of test functions."""
        from pytest_prep import fixtures, python_katas
        from pytest_prep.isolation.isolated_tests import isolated

        practice = self.config.stash[PRACTICE]
        practice.register_once("prep-fixtures", lambda: fixtures)
        practice.register_once("prep-python", python_katas.PythonHooks)
        practice.register_once("prep-isolated", lambda: isolated(self.config))

    def _describe(self, facts: Facts) -> None:
        """Make the kata known to ``-k`` and ``-m``."""
        self.extra_keyword_matches.update((facts.id, facts.level, *facts.topics))
        self.own_markers += marks_of(facts)

    def _ignored(self, path: Path) -> bool:
        if self.session.isinitpath(path):
            return False
        return bool(self.ihook.pytest_ignore_collect(collection_path=path, config=self.config))


class AnswerFile(pytest.File):
    """The learner's ``answer.sql``."""

    parent: KataDir

    @property
    def ihook(self) -> pluggy.HookRelay:
        """The hooks of the folder."""
        return self.parent.ihook

    def collect(self) -> Iterator[CaseItem]:
        """Yield one item a case."""
        yield from self.items(judged_names(self.parent.kata))

    def items(self, cases: Iterable[str]) -> Iterator[CaseItem]:
        """Yield the items of the cases of these names."""
        settings = self.config.stash[PRACTICE].settings
        for case in cases:
            if case != GENERATED or settings.is_searching:
                yield CaseItem.from_parent(self, name=case)


class CaseItem(pytest.Item):
    """One case of an SQL kata."""

    parent: AnswerFile

    @property
    def ihook(self) -> pluggy.HookRelay:
        """The hooks of the folder."""
        return self.parent.ihook

    def setup(self) -> None:
        """Set the backstop for what no engine can interrupt."""
        self.config.stash[PRACTICE].set_backstop(self)

    def runtest(self) -> None:
        """Judge the answer on this case.

        Its frame is not hidden: ``--pdb`` stops here, with the verdict at hand.
        """
        from pytest_prep.patience import note, out_of_patience

        practice = self.config.stash[PRACTICE]
        folder = self.parent.parent
        verdict = out_of_patience(folder)
        if verdict is None:
            try:
                kata, answer = folder.kata, practice.answer_of(folder.kata)
                practice.skip_elsewhere(kata)
                verdict = practice.judge.judge(kata, answer, case_of(kata, self.name))
            except ContentError as error:
                verdict = Verdict("kata_error", str(error))
            note(folder, self.name, verdict)
        conclude(self, verdict)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the verdict instead of a traceback."""
        if not isinstance(excinfo.value, NotAccepted):
            return super().repr_failure(excinfo, style)
        from pytest_prep.report.terminal import VerdictRepr

        brief = self.parent.parent.is_brief(self.name)
        return VerdictRepr(self.stash[VERDICT], self.location[0], brief=brief)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the answer's path, its first line (0-based) and a heading."""
        return self.path, 0, f"{self.parent.parent.name} · {self.name}"


def conclude(item: pytest.Item, verdict: Verdict) -> None:
    """Keep the verdict, and tell pytest how the item ended."""
    __tracebackhide__ = True
    verdict = from_root(verdict, item.config.rootpath)
    item.stash[VERDICT] = verdict
    if verdict.status == "todo":
        pytest.skip(verdict.summary)
    if not verdict.accepted:
        raise NotAccepted(verdict.summary)


def from_root(verdict: Verdict, root: Path) -> Verdict:
    """Return a verdict on a broken kata with its paths relative to the root."""
    if verdict.status != "kata_error":
        return verdict
    return replace(
        verdict, summary=_short(verdict.summary, root), detail=_short(verdict.detail, root)
    )


def collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return our node for a folder of katas or submissions, None for any other folder."""
    settings = parent.config.stash[PRACTICE].settings
    text = str(path)
    if _is_within(text, str(settings.katas)):
        if path == settings.data or settings.data in path.parents:
            return None
        if (path / KATA_FILE).is_file():
            return KataDir.from_parent(parent, path=path)
        return KataTree.from_parent(parent, path=path)
    passed_by = _is_on_the_way(parent) and not parent.session.isinitpath(path, with_parents=True)
    if passed_by or not _is_within(text, str(settings.solutions)):
        return None
    from pytest_prep.submissions import collect_submissions

    return collect_submissions(path, parent)


def _is_plain(folder: Path, author_folder: Path) -> bool:
    """Tell whether an SQL kata's folders need no collection of their own.

    One that lacks a file has an error to report, and pytest loads a conftest.py only where it
    collects the folder.
    """
    return (
        os.path.exists(f"{folder}/answer.sql")  # noqa: PTH110 - called for every kata
        and os.path.exists(f"{author_folder}/answer.sql")  # noqa: PTH110
        and not os.path.exists(f"{folder}/conftest.py")  # noqa: PTH110
    )


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _is_on_the_way(node: pytest.Collector) -> bool:
    """Tell whether ``node`` is collected only because something below it was asked for."""
    session = node.session
    if not session.isinitpath(node.path, with_parents=True) or session.isinitpath(node.path):
        return False
    return not any(session.isinitpath(parent) for parent in node.path.parents)


def _short(message: str, root: Path) -> str:
    """Return ``message`` with paths below ``root`` made relative."""
    return message.replace(f"{root}{os.sep}", "")
