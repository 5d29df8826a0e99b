"""The cards of a selection."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from pytest_prep.card_nodes import CardItem, DeckFile, decks_of
from pytest_prep.content.card import Card
from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.modes.chosen import chosen_katas

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


def chosen_cards(practice: Practice, items: Sequence[pytest.Item]) -> list[Card]:
    """Return the selected cards: those of card items, and those that selected katas name.

    Mistakes in the decks are told, and cost only the card that they stand in.

    Raises:
        pytest.UsageError: a category that no card has.
    """
    config, settings = practice.config, practice.settings.flash
    decks = decks_of(config)
    found = [item.card for item in items if isinstance(item, CardItem)]
    folders = chosen_katas(items)
    if folders:
        known = decks.cards()
        for folder in folders:
            try:
                found += [known[card] for card in folder.kata.cards if card in known]
            except ContentError as error:
                sys.stderr.write(f"{error}\n")
    _tell_problems(items, practice)
    _check_categories(settings.categories, {deck.category for deck in decks.all()})
    low, high = settings.difficulty
    chosen = [
        card
        for card in {card.id: card for card in reversed(found)}.values()
        if low <= card.difficulty <= high
        and (not settings.categories or card.category in settings.categories)
    ]
    return chosen[::-1]


def in_turn(cards: Sequence[Card]) -> list[Card]:
    """Return cards with the decks taking turns: who begins meets something of every subject."""
    decks: dict[str, list[Card]] = {}
    for card in cards:
        decks.setdefault(card.deck, []).append(card)
    rounds = zip_longest(*decks.values())
    return [card for one_each in rounds for card in one_each if card is not None]


def _tell_problems(items: Sequence[pytest.Item], practice: Practice) -> None:
    nodes = {item.parent for item in items if isinstance(item.parent, DeckFile)}
    problems = [problem for node in nodes for problem in node.deck.problems]
    if problems:
        first = min(problems, key=lambda problem: (problem.path, problem.line))
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        cards = practice.settings.cards.name
        sys.stderr.write(f"{first}{more}; pytest {cards} lists all\n")


def _check_categories(asked: Sequence[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            raise pytest.UsageError(
                f"--flash-category: no card is of {name!r} ({', '.join(sorted(known))})"
                f"{did_you_mean(name, known)}"
            )


def nothing_selected(practice: Practice) -> str:
    """Return why no card is selected, with the nearest name for a word of ``-k``."""
    cards = decks_of(practice.config).cards().values()
    names = {name.lower() for card in cards for name in (*card.names, card.path)}
    near = {word for name in names for word in re.findall(r"[a-z0-9-]{3,}", name)}
    words = re.findall(r"[^\s()]+", practice.settings.keyword.lower())
    told = [
        f"no card goes by {word!r}{did_you_mean(word, sorted(near))}"
        for word in words
        if word not in ("and", "or", "not") and not any(word in name for name in names)
    ]
    return f"no card is selected: {'; '.join(told) or 'look at the paths, -k and the options'}"
