"""``--flash-export FILE``: the selected cards as a deck, as JSON, or for Anki."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.card_nodes import decks_of
from pytest_prep.content.card import Card
from pytest_prep.content.deck_text import deck_text
from pytest_prep.content.errors import did_you_mean
from pytest_prep.modes.flash.chosen import chosen_cards, nothing_selected
from pytest_prep.modes.flash.notes import note_of, slug

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

#: Titles of decks by their ids.
Titles = dict[str, str]


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Write the selected cards."""
    path = practice.settings.flash.file
    assert path is not None
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise pytest.UsageError(
            f"--flash-export: {path.name!r} has none of the endings {', '.join(WRITERS)}"
            f"{did_you_mean(path.suffix, WRITERS)}"
        )
    cards = chosen_cards(practice, items)
    if not cards:
        sys.stderr.write(f"--flash-export: {nothing_selected(practice)}\n")
        return 5
    if path.exists():
        sys.stderr.write(f"--flash-export: {path} is there already; name another file\n")
        return 4
    titles = {deck.id: deck.title for deck in decks_of(practice.config).all()}
    try:
        lost = write(path, cards, titles)
    except ImportError:
        sys.stderr.write("--flash-export: .apkg needs genanki: pip install 'pytest-prep[anki]'\n")
        return 4
    except OSError as error:
        sys.stderr.write(f"--flash-export: {path}: {error.strerror or error}\n")
        return 4
    sys.stdout.write(f"{path}: {len(cards)} card{'s' if len(cards) != 1 else ''}\n")
    for line in lost:
        sys.stdout.write(f"not in it: {line}\n")
    return 0


def write_markdown(path: Path, cards: Sequence[Card], titles: Titles) -> list[str]:
    """Write a deck; return what it cannot hold."""
    decks = {card.deck for card in cards}
    categories = {card.category for card in cards}
    name = slug(path.stem) or "cards"
    deck, title = (cards[0].deck, titles[cards[0].deck]) if len(decks) == 1 else (name, path.stem)
    category = cards[0].category if len(categories) == 1 else "mixed"
    text = deck_text(cards, deck=deck, title=title, category=category)
    path.write_text(text, encoding="utf-8")
    if len(decks) == 1:
        return []
    return [f"which of {len(decks)} decks and {len(categories)} categories a card is from"]


def write_json(path: Path, cards: Sequence[Card], titles: Titles) -> list[str]:
    """Write everything that cards hold; return what it cannot hold: nothing."""
    decks = {card.deck: titles[card.deck] for card in cards}
    data = {"format": "pytest-prep cards 1", "decks": decks, "cards": [asdict(c) for c in cards]}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return []


def write_tsv(path: Path, cards: Sequence[Card], titles: Titles) -> list[str]:
    """Write a table for Anki's import; return what it cannot hold."""
    lines = [
        "#separator:Tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
    ]
    for card in cards:
        note = note_of(card)
        back = note.extra if note.is_cloze else note.back + note.extra
        kind = "Cloze" if note.is_cloze else "Basic"
        fields = (note.id, kind, titles[card.deck], note.front, back, " ".join(note.tags))
        lines.append("\t".join(map(_field, fields)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return _lost(cards)


def write_package(path: Path, cards: Sequence[Card], titles: Titles) -> list[str]:
    """Write an Anki package; return what it cannot hold."""
    from pytest_prep.modes.flash.apkg import write_apkg

    decks: dict[str, list[Card]] = {}
    for card in cards:
        decks.setdefault(titles[card.deck], []).append(card)
    write_apkg(path, dict(decks))
    return _lost(cards)


def _field(text: str) -> str:
    """Return a field of a table: quoted where it holds what would end it."""
    if any(letter in text for letter in '"\t\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _lost(cards: Sequence[Card]) -> list[str]:
    choices = sum(card.kind == "choice" for card in cards)
    lost = ["your answers and their dates, which stay in the record"]
    if choices:
        lost.insert(0, f"choosing: {choices} multiple-choice cards are questions and answers there")
    return lost


WRITERS: dict[str, Callable[[Path, Sequence[Card], Titles], list[str]]] = {
    ".tsv": write_tsv,
    ".apkg": write_package,
    ".md": write_markdown,
    ".json": write_json,
}
