"""The katas of a selection, how they stand in the record, and questions to the learner."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.nodes import KataDir
from pytest_prep.progress.clock import now
from pytest_prep.progress.events import Event, new_event
from pytest_prep.progress.resolves import KINDS, due_ids
from pytest_prep.progress.standing import NEVER_SEEN, READ, Standing, standings
from pytest_prep.progress.store import Store, StoreError, open_store

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

NOTHING = "no kata is selected"
#: Katas that a mode about single katas takes at once.
HANDFUL = 5


def chosen_katas(items: Sequence[pytest.Item]) -> list[KataDir]:
    """Return the folders of the katas that the items belong to, each once, in order."""
    return list({f.path: f for item in items if (f := item.getparent(KataDir))}.values())


def a_handful(option: str, items: Sequence[pytest.Item]) -> list[KataDir]:
    """Return the selected katas for a mode that is about single ones.

    Raises:
        pytest.UsageError: there are none, or more than a handful.
    """
    folders = chosen_katas(items)
    if not folders:
        raise pytest.UsageError(f"{option}: {NOTHING}")
    if len(folders) > HANDFUL:
        raise pytest.UsageError(
            f"{option}: {len(folders)} katas are selected; name one, as in "
            f"pytest {folders[0].nodeid} {option}"
        )
    return folders


class Record:
    """The learner's record: read once, and written to; without a store it stays empty."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._standings = standings(store.events(READ)) if store else {}

    def of(self, kata: str) -> Standing:
        """Return how a kata stands."""
        return self._standings.get(kata, NEVER_SEEN)

    def is_due(self, kata: str) -> bool:
        """Tell whether a kata is due to be solved again."""
        return kata in self._due

    def events(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds, in their order."""
        return list(self._store.events(kinds)) if self._store else []

    @cached_property
    def _due(self) -> frozenset[str]:
        events = self._store.events(KINDS) if self._store else ()
        return frozenset(due_ids(events, now=now()))

    def write(self, kind: str, /, **data: Any) -> None:
        """Append an event; that this fails is told, and stops nothing."""
        self._append(new_event(kind, data))

    def write_once(self, key: str, kind: str, /, **data: Any) -> None:
        """Append an event as :meth:`write` does; a second one of the same key is the same event."""
        same = uuid.uuid5(uuid.NAMESPACE_URL, f"pytest-prep:{kind}:{key}")
        self._append(replace(new_event(kind, data), id=str(same)))

    def _append(self, event: Event) -> None:
        if self._store is None:
            return
        try:
            self._store.append([event])
        except StoreError as error:
            _not_recorded(error)


@contextmanager
def record_of(practice: Practice) -> Iterator[Record]:
    """Open the learner's record; one that cannot be used is told, and stops nothing."""
    try:
        store = open_store(practice.settings.store)
    except StoreError as error:
        _not_recorded(error)
        yield Record(None)
        return
    try:
        yield Record(store)
    finally:
        store.close()


def _not_recorded(error: StoreError) -> None:
    sys.stderr.write(f"not recorded: {error}\n")


def command_for(folder: KataDir, option: str = "") -> str:
    """Return what to type about a kata, in the folder that pytest was started in."""
    path = os.path.relpath(folder.path, folder.config.invocation_params.dir)
    return f"pytest {path} {option}".rstrip()


def is_yes(question: str) -> bool:
    """Ask on the terminal, or read the answer from a pipe; nothing typed means no."""
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    reply = sys.stdin.readline()
    if not sys.stdin.isatty():
        sys.stdout.write(f"{reply.strip()}\n")
    return reply.strip().lower() in ("y", "yes")
