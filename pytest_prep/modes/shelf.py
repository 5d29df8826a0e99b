"""What the modes about progress start from: the selected katas, the decks, the record."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.errors import ContentError
from pytest_prep.modes.chosen import chosen_katas
from pytest_prep.progress.clock import now
from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.events import Event
from pytest_prep.progress.replay import READ, record_of, records_of
from pytest_prep.progress.rollups import KataDay
from pytest_prep.progress.state import EMPTY, Record
from pytest_prep.progress.store import Store, StoreError, open_store

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

#: What was read of the store, until something is written to it.
RAW = pytest.StashKey[tuple[list[KataDay], list[Event], str]]()
#: Attempts that are read one by one for the dashboard, at most.
MOST_ATTEMPTS = 5_000


def facts_of_katas(practice: Practice, items: Sequence[pytest.Item]) -> tuple[KataFacts, ...]:
    """Return the facts of the selected katas, in the order of their paths."""
    settings = practice.settings
    start = practice.config.invocation_params.dir
    found = []
    for folder in chosen_katas(items):
        try:
            facts = folder.facts
        except ContentError:
            continue  # pytest has told it
        inside = folder.path.relative_to(settings.katas)
        found.append(
            KataFacts(
                id=facts.id,
                title=facts.title,
                path=os.path.relpath(folder.path, start).replace(os.sep, "/"),
                folders=inside.parts[:-1],
                level=facts.level,
                topics=facts.topics,
                minutes=facts.minutes,
            )
        )
    return tuple(sorted(found, key=lambda kata: kata.path))


def deck_sizes(practice: Practice) -> dict[str, int]:
    """Return the number of cards of every deck."""
    if not practice.settings.cards.is_dir():
        return {}
    from pytest_prep.card_nodes import decks_of

    decks = decks_of(practice.config).all()
    return {deck.id: len(deck.cards) for deck in decks if deck.cards}


def scripts(practice: Practice) -> dict[str, str]:
    """Return what to play by the kind of an interview, or the name of a script or its content."""
    folder = practice.settings.mock.folder
    if not folder.is_dir():
        return {}
    from pytest_prep.content.interviews import load_library

    library = load_library(folder)
    questions = (question.id for bank in library.banks.values() for question in bank.questions)
    found = {name: name for name in (*library.scripts, *library.scenarios, *questions)}
    for script in sorted(library.scripts.values(), key=lambda s: not s.id.startswith(s.kind)):
        found.setdefault(script.kind, script.id)
    return found


def read_record(practice: Practice, *, before: str = "~") -> Record:
    """Return what the learner's events say; a store that cannot be read is told on stderr.

    ``before`` is a study day: that day and later ones are left out.
    """
    stash = practice.config.stash
    if RAW not in stash:
        store = _open(practice)
        if store is None:
            return EMPTY
        try:
            stash[RAW] = store.kata_days(), list(store.events(READ)), store.learner
        except StoreError as error:
            _unread(error)
            return EMPTY
        finally:
            store.close()
    days, events, learner = stash[RAW]
    return record_of(
        (day for day in days if day.day < before),
        (event for event in events if event.day < before),
        learner,
    )


def read_records(practice: Practice) -> dict[str, Record]:
    """Return what the events of every learner of the store say, by name."""
    store = _open(practice)
    if store is None:
        return {}
    try:
        days = store.kata_days(everyone=True)
        return records_of(days, store.events(READ, everyone=True))
    except StoreError as error:
        _unread(error)
        return {}
    finally:
        store.close()


def due_katas(practice: Practice, record: Record) -> frozenset[str]:
    """Return the ids of the katas that are due to be solved again.

    That takes every attempt, not the figures alone: none are told where there are too many.
    """
    states = record.katas.values()
    if not any(s.solved_on for s in states) or sum(s.attempts for s in states) > MOST_ATTEMPTS:
        return frozenset()
    from pytest_prep.progress.resolves import KINDS, due_ids

    store = _open(practice)
    if store is None:
        return frozenset()
    try:
        return frozenset(due_ids(store.events(KINDS), now=now()))
    except StoreError as error:
        _unread(error)
        return frozenset()
    finally:
        store.close()


def append(practice: Practice, events: Sequence[Event]) -> bool:
    """Keep events; tell whether that worked. If it did not, the reason is told on stderr."""
    if RAW in practice.config.stash:
        del practice.config.stash[RAW]
    try:
        store = open_store(practice.settings.store)
        try:
            store.append(events)
        finally:
            store.close()
    except StoreError as error:
        sys.stderr.write(f"not recorded: {error}\n")
        return False
    return True


def _open(practice: Practice) -> Store | None:
    try:
        return open_store(practice.settings.store)
    except StoreError as error:
        _unread(error)
        return None


def _unread(error: StoreError) -> None:
    sys.stderr.write(f"the record cannot be read: {error}\n")
