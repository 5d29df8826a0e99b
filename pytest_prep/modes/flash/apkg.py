"""Anki packages: written by genanki, read from the database within."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pytest_prep.content.card import Card
from pytest_prep.modes.flash.notes import Note, note_of

#: Frozen: another number would make another note type of every export.
_BASIC, _CLOZE, _DECKS = 1_704_318_201, 1_704_318_202, 1_704_000_000

_FIELDS = [{"name": name} for name in ("Front", "Back", "Extra", "Id", "Source")]
_STYLE = (
    ".card { font-family: sans-serif; text-align: left; } code, pre { font-family: monospace; }"
)


class Unreadable(Exception):
    """The package cannot be read; the message says why, and the mend."""


class Found(NamedTuple):
    """A note of a package."""

    guid: str
    #: Fields by name, as HTML, in their order.
    fields: dict[str, str]
    tags: tuple[str, ...]


def write_apkg(path: Path, decks: dict[str, Sequence[Card]]) -> None:
    """Write cards by the titles of their decks.

    A note's guid is made of the card's id, so that importing a newer package updates the notes and
    keeps their scheduling.

    Raises:
        ImportError: genanki is not installed.
    """
    import genanki

    back = "{{FrontSide}}<hr id=answer>{{Back}}{{Extra}}"
    basic = genanki.Model(
        _BASIC, "pytest-prep", fields=_FIELDS, css=_STYLE,
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": back}],
    )  # fmt: skip
    cloze = genanki.Model(
        _CLOZE, "pytest-prep cloze", fields=_FIELDS, css=_STYLE, model_type=genanki.Model.CLOZE,
        templates=[{"name": "Cloze", "qfmt": "{{cloze:Front}}",
                    "afmt": "{{cloze:Front}}<hr id=answer>{{Extra}}"}],
    )  # fmt: skip
    made = []
    for number, (title, cards) in enumerate(decks.items()):
        deck = genanki.Deck(_deck_id(title, number), title)
        for card in cards:
            note = note_of(card)
            fields = [note.front, note.back, note.extra, note.id, f"{card.path}:{card.line}"]
            deck.add_note(
                genanki.Note(
                    model=cloze if note.is_cloze else basic,
                    fields=fields,
                    guid=genanki.guid_for("pytest-prep", note.id),
                    tags=list(note.tags),
                )
            )
        made.append(deck)
    genanki.Package(made).write_to_file(str(path))


def _deck_id(title: str, number: int) -> int:
    from zlib import crc32

    return _DECKS + crc32(title.encode()) if title else _DECKS - number


def read_apkg(path: Path) -> Iterator[Found]:
    """Yield the notes of a package.

    Raises:
        Unreadable: it is no package, or one that something is missing for.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "collection.sqlite"
        file.write_bytes(_collection(path))
        connection = sqlite3.connect(file)
        try:
            names = _field_names(connection)
            rows = connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id")
            for guid, model, tags, fields in rows:
                values = fields.split("\x1f")
                known = names.get(int(model), [])
                known = [*known, *(f"Field {n}" for n in range(len(known), len(values)))]
                paired = dict(zip(known, values, strict=False))
                yield Found(str(guid), paired, tuple(tags.split()))
        except sqlite3.Error as error:
            raise Unreadable(f"its database cannot be read ({error})") from error
        finally:
            connection.close()


def _collection(path: Path) -> bytes:
    """Return the SQLite file within a package."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            for name in ("collection.anki21b", "collection.anki21", "collection.anki2"):
                if name in names:
                    data = package.read(name)
                    return _unpacked(data) if name.endswith("b") else data
    except (zipfile.BadZipFile, OSError) as error:
        raise Unreadable(f"is no Anki package ({error})") from error
    raise Unreadable("is no Anki package: there is no collection in it")


def _unpacked(data: bytes) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise Unreadable(
            "is packed with zstd: pip install 'pytest-prep[anki]', or export it from Anki with "
            "'Support older Anki versions'"
        ) from None
    try:
        return bytes(zstandard.ZstdDecompressor().decompressobj().decompress(data))
    except zstandard.ZstdError as error:
        raise Unreadable(f"its collection cannot be unpacked ({error})") from error


def _field_names(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """Return the names of the fields of each note type."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    found: dict[int, list[str]] = {}
    if "fields" in tables:
        # Anki's indexes use a collation of its own, which sorting by such a column would need.
        for model, _, name in sorted(connection.execute("SELECT ntid, ord, name FROM fields")):
            found.setdefault(int(model), []).append(str(name))
        return found
    (text,) = connection.execute("SELECT models FROM col").fetchone()
    models: dict[str, dict[str, Any]] = json.loads(text)
    for number, model in models.items():
        fields = sorted(model["flds"], key=lambda field: field.get("ord", 0))
        found[int(number)] = [str(field["name"]) for field in fields]
    return found


def sides(found: Found) -> tuple[str, str, str]:
    """Return what is known of a note as id (empty where it says none), front and back."""
    fields = dict(found.fields)
    id_ = re.sub(r"<[^>]*>", "", fields.pop("Id", "")).strip()
    fields.pop("Source", None)
    values = list(fields.values())
    return id_, values[0] if values else "", "\n".join(filter(None, values[1:]))


__all__ = ["Found", "Note", "Unreadable", "read_apkg", "sides", "write_apkg"]
