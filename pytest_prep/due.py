"""``--due``: of what is selected, only the katas that want to be solved again."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.nodes import KataDir
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.resolves import KINDS, Due, due_dates, read_solves
from pytest_prep.progress.store import StoreError, open_store

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

#: What xdist's controller tells its workers: the ids of the katas that are due.
_WORKER_KEY = "prep_due"


class DueKatas:
    """Deselects what is not due. The record is read once, and never by an xdist worker."""

    def __init__(self, practice: Practice) -> None:
        """Read nothing yet."""
        self._practice = practice
        self._told: list[str] | None = getattr(practice.config, "workerinput", {}).get(_WORKER_KEY)
        #: Ids of the katas collected and selected otherwise; None: not collected in this process.
        self._candidates: set[str] | None = None
        self._kept: list[KataDir] = []
        #: Folders of the candidates, from the root, by the kata's id.
        self._paths: dict[str, str] = {}

    @cached_property
    def _dates(self) -> list[Due]:
        """When each kata is due that was ever solved.

        Raises:
            pytest.UsageError: the record cannot be read.
        """
        target = self._practice.settings.store
        if "://" not in target.place and not Path(target.place).exists():
            return []  # nothing was ever recorded; looking must not make a file
        try:
            store = open_store(target)
            try:
                solves = read_solves(store.events(KINDS))
            finally:
                store.close()
        except StoreError as error:
            raise pytest.UsageError(f"--due: {error}") from error
        return due_dates(solves.values(), now=now())

    @property
    def _due(self) -> list[str]:
        if self._told is not None:
            return self._told
        today = study_day(now())
        return [due.solves.id for due in self._dates if due.day <= today]

    # -- hooks

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell an xdist worker what is due."""
        node.workerinput[_WORKER_KEY] = self._due

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Leave out pytest's own lines where one line says all: that nothing is due."""
        if self._told is None and not self._due and not self._practice.settings.collect_only:
            session.config.option.verbose = -2
            session.config.option.no_header = True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the items of katas that are due."""
        due = set(self._due)
        folders = {item: item.getparent(KataDir) for item in items}
        ids = {folder: _id_of(folder) for folder in folders.values() if folder is not None}
        self._candidates = set(ids.values())
        self._paths = {kata: folder.nodeid for folder, kata in ids.items()}
        self._kept = [folder for folder, kata in ids.items() if kata in due]
        gone = [item for item, folder in folders.items() if not folder or ids[folder] not in due]
        if gone:
            items[:] = [item for item, folder in folders.items() if folder and ids[folder] in due]
            config.hook.pytest_deselected(items=gone)

    def pytest_report_header(self) -> list[str]:
        """Say how many are due, where other processes collect."""
        if self._told is not None or not self._practice.settings.controller:
            return []
        return self._lines() if self._due else []

    def pytest_report_collectionfinish(self) -> list[str]:
        """Say how many of the selected ones are due, or when the next one is."""
        return [] if self._told is not None else self._lines()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say when the next one is, where other processes collected."""
        if self._candidates is None and not self._due:
            for line in self._lines():
                terminalreporter.write_line(line)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Exit with 0 where nothing is due: that is no error."""
        if (
            session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED
            and self._told is None
            and (self._candidates or self._candidates is None)
        ):
            session.exitstatus = pytest.ExitCode.OK
        return (yield)

    # -- what is said

    def _lines(self) -> list[str]:
        candidates = self._candidates
        dates = [d for d in self._dates if candidates is None or d.solves.id in candidates]
        today = study_day(now())
        due = [d for d in dates if d.day <= today]
        if due:
            lines = [f"due: {_katas(len(due))} to solve again"]
            still = self._still_accepted(due)
            if still and self._practice.settings.mode != "reset":
                lines.append(
                    f"{_katas(still)} still {'holds' if still == 1 else 'hold'} the accepted "
                    "answer: add --reset to bring the starter back first (the answer is kept)"
                )
            return lines
        if not dates:
            return ["no kata is due: none of these was solved yet"]
        after = dates[0]
        # A kata that was given up before its first attempt has no path in the record.
        name = after.solves.path or self._paths.get(after.solves.id, after.solves.id)
        return [f"no kata is due; the next one is {name}, {_when(after.day, today)}"]

    def _still_accepted(self, due: list[Due]) -> int:
        """Return how many of the katas have the answer in their file that was accepted."""
        hashes = {d.solves.id: d.solves.accepted for d in due if d.solves.accepted}
        count = 0
        for folder in self._kept:
            accepted = hashes.get(_id_of(folder))
            try:
                if accepted and accepted == _hash(read_text(folder.kata.answer)):
                    count += 1
            except ContentError:
                continue
        return count


def _id_of(folder: KataDir) -> str:
    """Return the kata's id from its mark: reading every ``kata.toml`` would take seconds."""
    return next(str(mark.kwargs["id"]) for mark in folder.own_markers if "id" in mark.kwargs)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _katas(number: int) -> str:
    return f"{number} kata{'' if number == 1 else 's'}"


def _when(day: date, today: date) -> str:
    days = (day - today).days
    return f"on {day.isoformat()} ({'tomorrow' if days == 1 else f'in {days} days'})"
