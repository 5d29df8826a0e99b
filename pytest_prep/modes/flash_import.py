"""``--flash-import FILE``: a deck made of the cards in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.card_nodes import decks_of
from pytest_prep.content.card import NAME, Card
from pytest_prep.content.deck import parse_deck
from pytest_prep.content.deck_text import deck_text
from pytest_prep.modes.flash.apkg import Unreadable
from pytest_prep.modes.flash.notes import slug
from pytest_prep.modes.flash.reading import Read, read_cards

if TYPE_CHECKING:
    from pytest_prep.practice import Practice

ENDINGS = (".tsv", ".csv", ".txt", ".apkg", ".md")


def run(practice: Practice, _items: Sequence[pytest.Item]) -> int:
    """Read the file, and write the deck."""
    settings = practice.settings
    path = settings.flash.file
    assert path is not None
    if path.suffix.lower() not in ENDINGS:
        raise pytest.UsageError(
            f"--flash-import: {path.name!r} has none of the endings {', '.join(ENDINGS)}"
        )
    name = slug(path.stem) or "cards"
    target = settings.cards / "imported" / f"{name}.md"
    decks = decks_of(practice.config)
    if target.exists():
        return _refuse(f"{target.relative_to(settings.root)} is there already; rename {path.name}")
    try:
        read = read_cards(path)
    except (Unreadable, OSError) as error:
        return _refuse(f"{path.name}: {getattr(error, 'strerror', None) or error}")
    taken = set(decks.cards())
    deck_id = name
    while deck_id in {deck.id for deck in decks.all()}:
        deck_id = f"{deck_id}-imported"
    renamed = with_ids(read, taken, name)
    category = (settings.flash.categories or ("imported",))[0]
    text, cards = whole_deck(read, deck=deck_id, title=path.stem, category=category)
    if not cards:
        return _refuse(f"{path.name}: no card could be read", *read.problems)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return _refuse(f"{target}: {error.strerror or error}")
    _tell(read, target.relative_to(settings.root), len(cards), renamed)
    return 0


def with_ids(read: Read, taken: set[str], prefix: str) -> int:
    """Give every card an id that no other has; return how many had one and got another."""
    taken = set(taken)
    renamed = 0
    for number, card in enumerate(read.cards):
        proposed = card.id if NAME.fullmatch(card.id) else slug(card.id)[:40].strip("-")
        words = "-".join(slug(card.question).split("-")[:6])
        wanted = proposed if card.id and proposed else f"{prefix}-{words}".strip("-")
        id_, count = wanted, 2
        while id_ in taken:
            id_, count = f"{wanted}-{count}", count + 1
        renamed += bool(card.id) and id_ != card.id
        taken.add(id_)
        read.cards[number] = replace(card, id=id_)
    return renamed


def whole_deck(read: Read, *, deck: str, title: str, category: str) -> tuple[str, Sequence[Card]]:
    """Return the deck's text and its cards; a card that would not be read back is left out."""
    while True:
        title = " ".join(title.split()) or deck
        text = deck_text(read.cards, deck=deck, title=title, category=category)
        back = parse_deck(text, Path("deck.md"))
        if not back.problems:
            return text, back.cards
        good = {card.id for card in back.cards}
        # An unclosed block takes the cards behind it with it: leave out the first one at fault.
        bad = next((card for card in read.cards if card.id not in good), None)
        if bad is None:
            bad = read.cards[0]
        read.problems.append(f"{bad.question[:60]}: {back.problems[0].text}")
        read.cards.remove(bad)
        if not read.cards:
            return "", ()


def _refuse(*lines: str) -> int:
    sys.stderr.write("".join(f"--flash-import: {line}\n" for line in lines))
    return 4


def _tell(read: Read, target: Path, count: int, renamed: int) -> None:
    place = target.as_posix()
    sys.stdout.write(f"{place}: {count} card{'s' if count != 1 else ''}\n")
    if renamed:
        sys.stdout.write(f"new ids: {renamed}, theirs were taken or no lower-case words\n")
    for what, number in read.left_out.items():
        if number:
            times = f"{number} × " if number > 1 else ""
            sys.stdout.write(f"left out: {times}{what}\n")
    for problem in read.problems:
        sys.stdout.write(f"left out: {problem}\n")
    sys.stdout.write(f"next: pytest --flash {place}\n")
