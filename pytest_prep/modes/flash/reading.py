"""Cards of elsewhere: tables, Anki packages and Markdown, as cards and what was left out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pytest_prep.content.card import Card
from pytest_prep.content.deck import read_deck
from pytest_prep.modes.flash.apkg import Unreadable, read_apkg, sides
from pytest_prep.modes.flash.html_text import MEDIA, looks_like_html
from pytest_prep.modes.flash.notes import Unusable, card_of

#: First cells of a row that names columns.
_NAMES = {
    "front": "front", "question": "front", "term": "front", "text": "front",
    "back": "back", "answer": "back", "definition": "back",
    "tags": "tags", "tag": "tags", "id": "guid", "guid": "guid",
}  # fmt: skip

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}

_MEDIA = re.compile(rf"<(?:{'|'.join(MEDIA)})\b|\[sound:", re.IGNORECASE)


@dataclass
class Read:
    """What a file gave: cards whose ids are proposals (empty: none), and what it did not."""

    cards: list[Card] = field(default_factory=list)
    #: How often what was left out.
    left_out: Counter[str] = field(default_factory=Counter)
    #: Mistakes with their places.
    problems: list[str] = field(default_factory=list)

    def add(self, id_: str, front: str, back: str, tags: Sequence[str], *, is_html: bool) -> None:
        """Add a note."""
        self.left_out["pictures, sounds and other media"] += len(_MEDIA.findall(front + back))
        try:
            self.cards.append(card_of(id_, front, back, tags, is_html=is_html))
        except Unusable as error:
            self.left_out[f"notes with {error}"] += 1


def read_cards(path: Path) -> Read:
    """Read the cards of a file, whose ending says what it is.

    Raises:
        Unreadable: nothing of it can be read.
        OSError: neither can the file.
        KeyError: the ending is unknown.
    """
    return {
        ".tsv": _read_table, ".csv": _read_table, ".txt": _read_table, ".apkg": _read_package,
        ".md": _read_markdown,
    }[path.suffix.lower()](path)  # fmt: skip


def _read_markdown(path: Path) -> Read:
    deck = read_deck(path)
    read = Read(list(deck.cards))
    read.problems += [f"{path.name}:{p.line}: {p.text}" for p in deck.problems]
    if not deck.cards:
        raise Unreadable("holds no card of a deck; see how a deck is written in CONTRIBUTING.md")
    return read


def _read_package(path: Path) -> Read:
    read = Read()
    for found in read_apkg(path):
        id_, front, back = sides(found)
        read.add(id_, front, back, found.tags, is_html=True)
    read.left_out["scheduling, styling and note types of Anki"] = 1
    return read


def _read_table(path: Path) -> Read:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8; save it in that encoding") from error
    facts, text = _header(text)
    separator = _SEPARATORS.get(facts.get("separator", "").lower(), facts.get("separator", ""))
    if len(separator) != 1:
        separator = "\t" if path.suffix.lower() != ".csv" else _sniffed(text)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise Unreadable(f"is no table that can be read ({error})") from error
    columns = _columns(facts, rows)
    read = Read()
    for row in rows:
        cells = dict(enumerate(row))
        special = {columns[name] for name in columns if name not in ("front", "back")}
        texts = [cell for number, cell in enumerate(row) if number not in special]
        front = cells.get(columns["front"], "") if "front" in columns else (texts or [""])[0]
        back = (
            cells.get(columns["back"], "")
            if "back" in columns
            else "\n\n".join(filter(None, texts[1:]))
        )
        tags = cells.get(columns["tags"], "") if "tags" in columns else ""
        id_ = cells.get(columns["guid"], "") if "guid" in columns else ""
        is_html = facts.get("html", "").lower() == "true" or (
            "html" not in facts and looks_like_html(front + back)
        )
        read.add(id_, front, back, re.split(r"[\s,;]+", tags.strip()), is_html=is_html)
    if not read.cards:
        raise Unreadable("holds no row with a front and a back, parted by tabs or commas")
    return read


def _header(text: str) -> tuple[dict[str, str], str]:
    """Return Anki's header lines (``#html:true``) as a dict, and the rest."""
    facts: dict[str, str] = {}
    while match := re.match(r"#([a-z ]+):(.*?)(?:\r?\n|\r|$)", text, re.IGNORECASE):
        facts[match[1].strip().lower()] = match[2].strip(" ")
        text = text[match.end() :]
    return facts, text


def _sniffed(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _columns(facts: dict[str, str], rows: list[list[str]]) -> dict[str, int]:
    """Return the numbers (from 0) of columns that are known by name; a row of names goes."""
    columns = {
        name: int(facts[f"{name} column"]) - 1
        for name in ("guid", "notetype", "deck", "tags")
        if facts.get(f"{name} column", "").isdecimal()
    }
    named = [_NAMES.get(cell.strip().lower()) for cell in rows[0]] if rows else []
    if "front" in named and "back" in named:
        rows.pop(0)
        columns.update({name: number for number, name in enumerate(named) if name})
    elif not columns and rows and max(map(len, rows)) == 3 and _are_tags(rows):
        columns["tags"] = 2
    return columns


def _are_tags(rows: list[list[str]]) -> bool:
    """Tell whether the third column is words, not sentences."""
    cells = [row[2] for row in rows if len(row) > 2]
    return all(len(cell) < 60 and not re.search(r"[.<?!]", cell) for cell in cells)
