"""Walk a folder of katas, remembering between runs what each ``kata.toml`` says.

Reading ten thousand TOML files takes seconds; asking whether they changed takes milliseconds. So
each folder of katas has an index file with the facts that collection needs, in Python's own marshal
form, which is read eight times as fast as JSON. An entry counts only
while size and modification time of ``kata.toml``, and the modification time of the folder of
cases, are what they were.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from pytest_prep.content.case import judged_names
from pytest_prep.content.kata import KATA_FILE, Kata, read_kata

#: Part of each index file's name: raise it when the meaning of an entry changes.
VERSION = 4

#: Modification time and size of kata.toml, modification time of the cases (nanoseconds, bytes).
_Stamp = tuple[int, int, int]


class Facts(NamedTuple):
    """What collection needs to know of a valid kata."""

    id: str
    level: str
    topics: tuple[str, ...]
    #: Names of the cases of an SQL kata; None for a Python kata, whose test module tells.
    cases: list[str] | None
    #: All names that ``-k`` knows the kata by, in lower case, a line each.
    names: str
    title: str
    #: What a prepared person needs.
    minutes: int


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
            self._file = str(index / f"katas-{VERSION}-{sys.implementation.cache_tag}-{name}")
        self._old: dict[str, tuple[_Stamp, tuple[Any, ...]]] = self._load()
        self._new: dict[str, tuple[_Stamp, tuple[Any, ...]]] = {}
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
        stamp = (toml.st_mtime_ns, toml.st_size, cases)
        record = self._old.get(name)
        try:
            if record is not None and record[0] == stamp:
                facts = Facts(*record[1])
                self._new[name] = record
                return facts
        except (TypeError, LookupError):
            # an index that something else wrote
            pass
        read = self._read(name)
        self._changed = True
        if read is not None:
            self._new[name] = (stamp, tuple(read))
        return read

    def save(self) -> None:
        """Write the index if anything changed; without it the next run is only slower."""
        if self._file is None or not (self._changed or len(self._new) < len(self._old)):
            return
        from pytest_prep.content.whole import write_whole

        with contextlib.suppress(OSError):
            write_whole(Path(self._file), marshal.dumps(self._new))

    def _load(self) -> dict[str, tuple[_Stamp, tuple[Any, ...]]]:
        if self._file is None:
            return {}
        try:
            with open(self._file, "rb") as file:  # noqa: PTH123
                loaded = marshal.loads(file.read())  # noqa: S302 - our own, like a .pyc
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def _read(self, name: str) -> Facts | None:
        from pytest_prep.content.errors import ContentError

        try:
            kata = read_kata(Path(self._folder, name), Path(self._author_folder, name))
        except ContentError:
            return None
        return facts_of(kata)


def facts_of(kata: Kata) -> Facts:
    """Return what collection needs to know of ``kata``."""
    cases = judged_names(kata) if kata.sql else None
    names = "\n".join((kata.folder.name, kata.id, kata.level, *kata.topics)).lower()
    return Facts(kata.id, kata.level, kata.topics, cases, names, kata.title, kata.minutes)
