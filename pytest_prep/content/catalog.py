"""Walk a folder of katas, remembering between runs what each ``kata.toml`` says.

Reading ten thousand TOML files takes seconds; asking whether they changed takes milliseconds. So
each folder of katas has an index file with the facts that collection needs. An entry counts only
while size and modification time of ``kata.toml``, and the modification time of the folder of
cases, are what they were.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from pytest_prep.content.case import case_names
from pytest_prep.content.kata import KATA_FILE, read_kata

#: Part of each index file's name: raise it when the meaning of an entry changes.
VERSION = 1

_Stamp = list[int]


@dataclass(frozen=True, slots=True)
class Facts:
    """What collection needs to know of a valid kata."""

    id: str
    level: str
    topics: tuple[str, ...]
    #: Names of the cases of an SQL kata; None for a Python kata, whose test module tells.
    cases: list[str] | None


class Catalog:
    """The katas straight below one folder."""

    def __init__(self, folder: Path, author_folder: Path, index: Path | None) -> None:
        """Open the index.

        Args:
            folder: the folder whose sub-folders may be katas.
            author_folder: its twin with the references.
            index: the folder of index files, or None to keep none.
        """
        self._folder = str(folder)
        self._author_folder = str(author_folder)
        self._file: str | None = None
        if index is not None:
            name = f"{folder.name}-{crc32(self._folder.encode()):08x}"
            self._file = str(index / f"katas-{VERSION}-{name}.json")
        self._old: dict[str, tuple[_Stamp, list[Any]]] = self._load()
        self._new: dict[str, tuple[_Stamp, list[Any]]] = {}
        self._changed = False

    def facts(self, name: str) -> Facts | None:
        """Return the facts of the kata in sub-folder ``name``.

        None means that it is no kata, or not a valid one: whoever needs to know reads it.
        """
        try:
            toml = os.stat(f"{self._folder}/{name}/{KATA_FILE}")  # noqa: PTH116 - 3 µs, not 12
        except OSError:
            return None
        author = f"{self._author_folder}/{name}"
        try:
            cases = os.stat(f"{author}/cases").st_mtime_ns  # noqa: PTH116
        except OSError:
            cases = 0
        stamp = [toml.st_mtime_ns, toml.st_size, cases]
        try:
            known, entry = self._old[name]
            if known != stamp:
                raise KeyError(name)
            kata_id, level, topics, case_list = entry
        except (KeyError, TypeError, ValueError):
            # new, edited, or an index that something else wrote
            read = self._read(name)
            self._changed = True
            if read is None:
                return None
            kata_id, level, topics, case_list = entry = read
        self._new[name] = (stamp, entry)
        return Facts(kata_id, level, tuple(topics), case_list)

    def save(self) -> None:
        """Write the index if anything changed; without it the next run is only slower."""
        if self._file is None or not (self._changed or len(self._new) < len(self._old)):
            return
        temporary = f"{self._file}.{os.getpid()}"
        try:
            Path(temporary).write_text(json.dumps(self._new), encoding="utf-8")
            os.replace(temporary, self._file)  # noqa: PTH105
        except OSError:
            return

    def _load(self) -> dict[str, tuple[_Stamp, list[Any]]]:
        if self._file is None:
            return {}
        try:
            with open(self._file, encoding="utf-8") as file:  # noqa: PTH123
                loaded = json.load(file)
        except (OSError, ValueError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def _read(self, name: str) -> list[Any] | None:
        from pytest_prep.content.errors import ContentError

        try:
            kata = read_kata(Path(self._folder, name), Path(self._author_folder, name))
        except ContentError:
            return None
        cases = case_names(kata) if kata.sql else None
        return [kata.id, kata.level, list(kata.topics), cases]
