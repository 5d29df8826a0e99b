"""Open the store, plan the session, and give it to a screen or to plain lines."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.card_nodes import decks_of
from pytest_prep.content.card import Card
from pytest_prep.content.deck import Problem
from pytest_prep.content.kata_paths import kata_paths
from pytest_prep.modes.flash.chosen import chosen_cards, in_turn, nothing_selected
from pytest_prep.modes.flash.history import History
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Limits
from pytest_prep.modes.session import is_plain
from pytest_prep.progress.store import StoreError, open_store

if TYPE_CHECKING:
    from pytest_prep.practice import Practice
    from pytest_prep.settings import Settings

#: pytest's exit codes that a session ends with.
FINE, INTERRUPTED, USAGE, NOTHING = 0, 2, 4, 5


@dataclass(frozen=True)
class Desk:
    """What a screen needs beside the session."""

    root: Path
    #: Cards a day.
    goal: int
    #: Read a card's deck afresh: the card (None where it is gone), and the deck's mistakes.
    reread: Callable[[Card], tuple[Card | None, Sequence[Problem]]]


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Ask the selected cards."""
    settings = practice.settings
    cards = in_turn(chosen_cards(practice, items))
    if not cards:
        sys.stderr.write(f"--flash: {nothing_selected(practice)}\n")
        return NOTHING
    try:
        store = open_store(settings.store)
    except StoreError as error:
        sys.stderr.write(f"--flash: the answers cannot be kept: {error}\n")
        return USAGE
    try:
        history = History(
            store,
            scheduler="sm2" if settings.flash.scheduler == "sm2" else "fsrs",
            interview=settings.progress.interview,
        )
        return _ask(practice, cards, history)
    except StoreError as error:
        sys.stderr.write(f"--flash: the answers cannot be kept: {error}\n")
        return USAGE
    finally:
        store.close()


def _ask(practice: Practice, cards: Sequence[Card], history: History) -> int:
    settings = practice.settings
    flash = settings.flash
    if flash.unsuspend:
        count = history.bring_back([card.id for card in cards])
        sys.stdout.write(f"{count} card{'s' if count != 1 else ''} brought back\n")
    limits = Limits(flash.minutes, flash.new, flash.seed, by_due=flash.scheduler != "plan")
    session = FlashSession(cards, history, limits)
    session.kata_path = _kata_path(settings)
    decks = decks_of(practice.config)

    def reread(card: Card) -> tuple[Card | None, Sequence[Problem]]:
        path = settings.root / card.path
        decks.forget(path)
        deck = decks.deck(path)
        return next((c for c in deck.cards if c.id == card.id), None), deck.problems

    desk = Desk(settings.root, flash.goal, reread)
    if is_plain(asked=settings.plain):
        from pytest_prep.modes.flash.lines import run_lines

        return run_lines(session, desk)
    from pytest_prep.modes.flash.screen import run_screen

    if hasattr(signal, "SIGHUP"):
        # A closed window ends the session also under nohup: Textual would wait for it for ever.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    return run_screen(session, desk)


def _kata_path(settings: Settings) -> Callable[[str], str | None]:
    """Return what tells a kata's path; the katas are looked for when a card first names one."""

    @cache
    def paths() -> dict[str, Path]:
        return kata_paths(settings.katas, settings.solutions, settings.cache)

    def path_of(kata: str) -> str | None:
        path = paths().get(kata)
        return os.path.relpath(path).replace(os.sep, "/") if path else None

    return path_of
