"""The cards that are shipped: what makes a card good, as far as it can be counted."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pytest_prep.content.card import Card
from pytest_prep.content.decks import Decks

ROOT = Path(__file__).parent.parent
DECKS = Decks(ROOT / "cards", ROOT, None)
CARDS = DECKS.cards()


def words(text: str) -> int:
    """Return the number of words outside of code blocks."""
    return len(re.sub(r"```.*?```", "", text, flags=re.DOTALL).split())


@pytest.mark.parametrize("deck", DECKS.all(), ids=lambda deck: deck.path)
def test_a_deck_has_no_mistakes(deck) -> None:
    """As ``pytest cards`` says."""
    assert DECKS.problems(deck) == []


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_a_card_can_be_answered_in_a_minute(card: Card) -> None:
    """At most eighty words, one question, no word of a place to fill in."""
    assert words(card.answer) <= 80
    assert words(card.spoken) <= 45
    assert len(card.question) <= 160
    shown = "\n".join((card.question, card.prompt, card.answer, card.why, card.example))
    assert not re.search(r"\b(TODO|TBD|FIXME|lorem ipsum)\b", shown, re.IGNORECASE)


def test_questions_differ() -> None:
    """No two cards ask the same."""
    asked = [" ".join((card.question + card.prompt).lower().split()) for card in CARDS.values()]
    assert sorted(asked) == sorted(set(asked))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "katas").rglob("kata.toml")), ids=lambda path: path.parent.name
)
def test_the_cards_of_a_kata_are_there(path: Path) -> None:
    """What ``kata.toml`` names is a card."""
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(facts.get("cards", ())) <= set(CARDS)
