"""All decks below a folder, remembering between runs what each file says.

Parsing ten thousand cards takes more than a second; asking whether the files changed takes
milliseconds. An entry of the index counts only while the file has the size and the modification
time that it had.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from pytest_prep.content.card import Card, Option
from pytest_prep.content.deck import Deck, Problem, read_deck
from pytest_prep.content.whole import write_whole

#: Part of the index file's name: raise it when the meaning of an entry changes.
VERSION = 1

_FIELDS = tuple(field.name for field in fields(Card))

#: Modification time (nanoseconds) and size of a file (bytes).
_Stamp = tuple[int, int]
_Entry = tuple[_Stamp, tuple[Any, ...]]


class Decks:
    """The decks below one folder."""

    def __init__(self, folder: Path, root: Path, index: Path | None) -> None:
        """Open the index.

        Args:
            folder: every ``*.md`` below it is a deck, but for ``README.md``.
            root: what the paths in cards and problems are relative to.
            index: the folder of index files, or None to keep none.
        """
        self.folder = folder
        self._root = root
        self._file: Path | None = None
        if index is not None:
            name = (
                f"decks-{VERSION}-{sys.implementation.cache_tag}-{crc32(str(folder).encode()):08x}"
            )
            self._file = index / name
        self._old = self._load()
        self._new: dict[str, _Entry] = {}
        self._decks: dict[str, Deck] = {}
        self._all: list[Deck] | None = None

    def deck(self, path: Path) -> Deck:
        """Return the deck in the file ``path``, as it is now."""
        name = os.path.relpath(path, self._root).replace(os.sep, "/")
        if name in self._decks:
            return self._decks[name]
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
        except OSError:
            stamp = (0, 0)
        record = self._old.get(name)
        deck = _unpack(name, record[1]) if record is not None and record[0] == stamp else None
        if deck is None:
            deck = _relative(read_deck(path), str(path), name)
            record = (stamp, _pack(deck))
        assert record is not None
        self._new[name] = record
        self._decks[name] = deck
        return deck

    def forget(self, path: Path) -> None:
        """Read the deck in the file ``path`` afresh when it is asked for again."""
        name = os.path.relpath(path, self._root).replace(os.sep, "/")
        self._decks.pop(name, None)
        self._all = None

    def all(self) -> list[Deck]:
        """Return all decks, in the order of their paths, and keep the index."""
        if self._all is None:
            self._all = [self.deck(path) for path in deck_files(self.folder)]
            self._save()
        return self._all

    def cards(self) -> dict[str, Card]:
        """Return all cards by their ids; of two with one id, the first."""
        cards: dict[str, Card] = {}
        for deck in self.all():
            for card in deck.cards:
                cards.setdefault(card.id, card)
        return cards

    def problems(self, deck: Deck) -> list[Problem]:
        """Return the mistakes of a deck, among them ids that another card has already."""
        first = self.cards()
        ids: dict[str, str] = {}
        for other in self.all():
            ids.setdefault(other.id, other.path)
        found = list(deck.problems)
        if ids.get(deck.id, deck.path) != deck.path:
            problem = f"the deck {deck.id} is in {ids[deck.id]} too; give it an id of its own"
            found.append(Problem(deck.path, 1, problem))
        for card in deck.cards:
            other_card = first[card.id]
            if (other_card.path, other_card.line) != (card.path, card.line):
                place = f"{other_card.path}:{other_card.line}"
                problem = f"the id {card.id} is taken by {place}; give the newer card another one"
                found.append(Problem(card.path, card.line, problem))
        return sorted(found, key=lambda problem: problem.line)

    def _load(self) -> dict[str, _Entry]:
        if self._file is None:
            return {}
        try:
            loaded = marshal.loads(self._file.read_bytes())  # noqa: S302 - our own, like a .pyc
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def _save(self) -> None:
        """Write the index if anything changed; without it the next run is only slower."""
        if self._file is None or self._new == self._old:
            return
        with contextlib.suppress(OSError):
            write_whole(self._file, marshal.dumps(self._new))


def is_deck(path: Path) -> bool:
    """Tell whether a file below the folder of decks is a deck, by its name."""
    return path.suffix == ".md" and path.name.lower() != "readme.md"


def deck_files(folder: Path) -> Iterator[Path]:
    """Yield the files of all decks below a folder, in the order of their paths."""
    for path in sorted(folder.rglob("*.md")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if is_deck(path) and not hidden and path.is_file():
            yield path


def _relative(deck: Deck, path: str, name: str) -> Deck:
    """Return a deck whose paths are ``name``."""
    cards = tuple(replace(card, path=name) for card in deck.cards)
    problems = tuple(Problem(name, p.line, p.text) for p in deck.problems)
    return replace(deck, path=name, cards=cards, problems=problems)


def _pack(deck: Deck) -> tuple[Any, ...]:
    cards = tuple(_values(card) for card in deck.cards)
    problems = tuple((p.line, p.text) for p in deck.problems)
    return (deck.id, deck.title, deck.category, cards, problems)


def _unpack(name: str, record: tuple[Any, ...]) -> Deck | None:
    try:
        id_, title, category, cards, problems = record
        return Deck(
            name,
            id_,
            title,
            category,
            tuple(_card(values) for values in cards),
            tuple(Problem(name, line, text) for line, text in problems),
        )
    except (TypeError, ValueError, LookupError):
        # an index that something else wrote
        return None


def _card(values: tuple[Any, ...]) -> Card:
    known = dict(zip(_FIELDS, values, strict=True))
    known["options"] = tuple(Option(*option) for option in known["options"])
    return Card(**known)


def _values(card: Card) -> tuple[Any, ...]:
    options = tuple((option.text, option.right, option.reason) for option in card.options)
    return tuple(options if name == "options" else getattr(card, name) for name in _FIELDS)
