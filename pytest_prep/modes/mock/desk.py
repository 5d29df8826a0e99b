"""Where the candidate works: the answer file in the kata's own folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import Kata
from pytest_prep.content.starter import bring_back
from pytest_prep.modes.mock.own_tests import FILE
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.timed import Saved
from pytest_prep.progress.clock import now


class KataDesk:
    """The kata's ``answer.*``; an old answer is kept, and the starter comes back."""

    def __init__(self, root: Path, archive: Path, katas: Mapping[str, Kata]) -> None:
        """Set up.

        Args:
            root: what the paths of items are relative to.
            archive: the folder of kept answers.
            katas: the katas by their ids, as far as they are selected.
        """
        self._root = root
        self._archive = archive
        self._katas = katas

    def open(self, item: Item) -> str:
        """Put the starter in place; return where the old answer is kept, ``""`` without one.

        Raises:
            ContentError: the starter cannot be read or written; nothing is lost.
        """
        kata = self._katas.get(item.id)
        if kata is None:
            raise ContentError(Path(item.data["path"]), "", "is not among the selected katas")
        done = bring_back(kata, self._archive, now().strftime("%Y-%m-%dT%H-%M-%SZ"))
        return os.path.relpath(done.kept, self._root) if done.kept else ""

    def read(self, item: Item) -> Saved | None:
        """Return the answer as it is saved now; bytes that are no UTF-8 are replaced."""
        path = self._root / item.data["answer"]
        try:
            stamp = path.stat().st_mtime
            text = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return None
        return Saved(text.replace("\r\n", "\n").replace("\r", "\n"), stamp)

    def read_tests(self, item: Item) -> str:
        """Return the candidate's own tests as they are saved now, ``""`` without any."""
        try:
            path: Path = self._root / item.data["path"] / FILE
            return path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return ""
