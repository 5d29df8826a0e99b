"""The files on which a kata's verdict depends, and whether one of them changed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from pytest_prep.content.answer import is_starter, read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import KATA_FILE, Kata, read_kata

if TYPE_CHECKING:
    from pytest_prep.settings import Settings

#: Path → modification time (ns), size and inode, of the answer also a checksum: two saves within
#: one tick of the file system's clock may differ in nothing else.
Snapshot = dict[str, tuple[int, ...]]

#: Files in the root that pytest takes its configuration from.
CONFIGURATION = ("pytest.toml", ".pytest.toml", "pytest.ini", "pyproject.toml", "tox.ini")


#: A file that changed during so many runs in a row is made by judging, unless it is of a kind that
#: is judged.
TIRING = 3
JUDGED = (".sql", ".py", ".toml")


class KataFiles:
    """One selected kata: where its files are, and what they last looked like."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Look at the files for the first time."""
        self.folder = folder
        self.author = settings.solutions / folder.relative_to(settings.katas)
        #: The folder relative to the root, with forward slashes: pytest's id of the kata.
        self.path = folder.relative_to(settings.root).as_posix()
        self._settings = settings
        #: What ``kata.toml`` says, None where it is broken.
        self.kata: Kata | None = None
        #: What the files looked like at the last look.
        self.seen: Snapshot = {}
        #: The answer as it was at the last look.
        self.text = b""
        #: The folders in which a change concerns this kata.
        self.places: frozenset[str] = frozenset()
        #: Files that change whenever the kata is judged: they cannot be what judging is about.
        self.ignored: set[str] = set()
        self._changes: Counter[str] = Counter()
        self.look()

    def look(self) -> set[str]:
        """Look at all files again; return those that changed since the last look."""
        toml = str(self.folder / KATA_FILE)
        before = self.seen
        own, places = _below(self.folder, self.author)
        if toml not in before or own.get(toml) != before[toml]:
            self._read()
        if self.kata is not None and self.kata.dataset is not None:
            data, folders = _below(self._settings.data)
            own.update(data)
            places |= folders
        own.update(_stamps(self._configuration()))
        answer = self.answer
        with suppress(OSError, KeyError):
            self.text = answer.read_bytes()
            own[str(answer)] += (crc32(self.text),)
        for path in self.ignored:
            own.pop(path, None)
        above = [f for f in self.folder.parents if f.is_relative_to(self._settings.root)]
        self.places = frozenset(places | {str(folder) for folder in above})
        self.seen = own
        return {path for path in {*own, *before} if own.get(path) != before.get(path)}

    def changed_meanwhile(self, paths: set[str]) -> list[str]:
        """Take what changed while the kata was judged; return what is ignored from now on."""
        strange = {path for path in paths if not path.endswith(JUDGED)}
        self._changes = Counter({path: self._changes[path] + 1 for path in strange})
        found = sorted(path for path, count in self._changes.items() if count >= TIRING)
        self.ignored.update(found)
        return found

    def is_own(self, path: str) -> bool:
        """Tell whether a file is this kata's alone, on either side."""
        return path.startswith((f"{self.folder}{os.sep}", f"{self.author}{os.sep}"))

    @property
    def is_begun(self) -> bool:
        """Whether the answer is more than the starter."""
        if self.kata is None:
            return False
        try:
            text, starter = read_text(self.kata.answer), read_text(self.kata.starter)
        except ContentError:
            # The judge says what is missing.
            return True
        return not is_starter(text, starter, self.kata.suffix)

    def _read(self) -> None:
        self.kata = None
        try:
            self.kata = read_kata(self.folder, self.author)
        except ContentError:
            # The judge says what is wrong with it.
            return

    def _configuration(self) -> Iterator[str]:
        root = self._settings.root
        yield from (str(root / name) for name in CONFIGURATION)
        folder = self.folder
        while folder not in (root, folder.parent):
            folder = folder.parent
            yield str(folder / "conftest.py")

    @property
    def exists(self) -> bool:
        """Whether the kata's folder is still there."""
        return (self.folder / KATA_FILE).is_file()

    @property
    def answer(self) -> Path:
        """The learner's file."""
        if self.kata is not None:
            return self.kata.answer
        return self.folder / ("answer.py" if (self.folder / "answer.py").exists() else "answer.sql")

    @property
    def saved(self) -> int:
        """When the answer was last saved (ns), 0 where it is missing."""
        return self.seen.get(str(self.answer), (0, 0, 0))[0]

    @property
    def is_unsettled(self) -> bool:
        """Whether the answer is missing or empty, as it is for a moment while editors save."""
        return self.seen.get(str(self.answer), (0, 0, 0))[1] == 0

    def others(self) -> Snapshot:
        """Return the last look at all files but the answer."""
        answer = str(self.answer)
        return {path: stamp for path, stamp in self.seen.items() if path != answer}


def survey(places: Iterable[Path], data: Path) -> tuple[set[Path], set[str]]:
    """Walk some folders; return the katas in them, and the folders that may come to hold more.

    ``data`` is the folder of the data sets, where there are none.
    """
    katas: set[Path] = set()
    others: set[str] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if (place / KATA_FILE).is_file():
            katas.add(place)
            continue
        if place == data:
            continue
        try:
            with os.scandir(place) as entries:
                folders = [e for e in entries if e.is_dir(follow_symlinks=False)]
        except OSError:
            continue
        others.add(str(place))
        waiting += [Path(folder.path) for folder in folders if not is_passing(folder.name)]
    return katas, others


def configuration(root: Path) -> Snapshot:
    """Look at the files in the root that pytest is configured by."""
    return _stamps(str(root / name) for name in (*CONFIGURATION, "conftest.py"))


def is_passing(name: str) -> bool:
    """Tell whether a file or folder is of a tool's own making: an editor's, Python's."""
    return (
        name.startswith((".", "#"))
        or name.endswith(("~", ".swp", ".tmp", ".bak", ".orig"))
        or name in ("__pycache__", "4913")  # Vim tries a folder by writing a file of this name
    )


def _below(*folders: Path) -> tuple[Snapshot, set[str]]:
    """Look at the files below some folders; return these folders and those below them too."""
    found: Snapshot = {}
    places: set[str] = set()
    waiting = [str(folder) for folder in folders]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                places.add(place)
                for entry in entries:
                    if is_passing(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        found.update(_stamps([entry.path]))
        except OSError:
            continue
    return found, places


def _stamps(paths: Iterable[str]) -> Snapshot:
    found: Snapshot = {}
    for path in paths:
        try:
            stat = os.stat(path)  # noqa: PTH116 - for every file of every kata
        except OSError:
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found
