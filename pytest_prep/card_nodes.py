"""The nodes of flashcards: a ``DeckFile``, with one item that checks it, or one item a card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.content.card import Card
from pytest_prep.content.deck import Deck
from pytest_prep.content.decks import Decks, is_deck
from pytest_prep.nodes import PRACTICE

if TYPE_CHECKING:
    from pytest_prep.settings import Settings

#: Modes for which a card is an item.
MODES = ("flash", "flash-export")

#: The decks of a session.
DECKS = pytest.StashKey[Decks]()


class DeckBroken(Exception):
    """The deck has mistakes; the message is all of them, a line each."""


class DeckFile(pytest.File):
    """A deck's Markdown file."""

    @cached_property
    def deck(self) -> Deck:
        """What the file says."""
        return decks_of(self.config).deck(self.path)

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the item that checks the deck; with ``--flash`` one item a card."""
        deck = self.deck
        self.extra_keyword_matches.update((deck.id, deck.title, deck.category))
        if self.config.stash[PRACTICE].settings.mode not in MODES:
            yield DeckItem.from_parent(self, name="deck")
            return
        for card in deck.cards:
            yield CardItem.from_parent(self, name=card.id, card=card)


class DeckItem(pytest.Item):
    """The check of a deck."""

    parent: DeckFile

    def runtest(self) -> None:
        """Fail with every mistake of the deck, and with ids that other decks have too."""
        problems = decks_of(self.config).problems(self.parent.deck)
        if problems:
            raise DeckBroken("\n".join(map(str, problems)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the mistakes instead of a traceback."""
        if isinstance(excinfo.value, DeckBroken):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, its first line (0-based) and a heading."""
        return self.path, 0, f"deck {self.parent.deck.id}"


class CardItem(pytest.Item):
    """One card, as something that ``-k``, ``--lf`` and node ids select for a session."""

    def __init__(self, *, card: Card, **kwargs: Any) -> None:
        """Create the node, known to ``-k`` by everything that the card goes by."""
        super().__init__(**kwargs)
        self.card = card
        self.extra_keyword_matches.update(card.names)

    def runtest(self) -> None:
        """Do nothing: cards are asked by ``--flash``, not run."""

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the card's line (0-based) and the question."""
        return self.path, self.card.line - 1, self.card.question


def aim_at_cards(config: pytest.Config, settings: Settings) -> None:
    """Collect the cards where the command line names no path: ``testpaths`` are the katas.

    Raises:
        pytest.UsageError: there is no folder of cards.
    """
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        if settings.mode == "flash-import":
            settings.cards.mkdir(parents=True, exist_ok=True)
        if not settings.cards.is_dir():
            raise pytest.UsageError(
                f"--{settings.mode}: there is no folder {settings.cards.name} here; "
                "prep_cards in the configuration names another one"
            )
        config.args = [str(settings.cards)]


def collect_deck(path: Path, parent: pytest.Collector) -> DeckFile | None:
    """Return the node of a deck; None for another Markdown file."""
    return DeckFile.from_parent(parent, path=path) if is_deck(path) else None


def decks_of(config: pytest.Config) -> Decks:
    """Return the decks of this session."""
    if DECKS not in config.stash:
        settings = config.stash[PRACTICE].settings
        config.stash[DECKS] = Decks(settings.cards, settings.root, settings.cache)
    return config.stash[DECKS]
