"""The katas that are watched: which changed, which are new, which are gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.modes.watch.entry import Entry
from pytest_prep.modes.watch.files import KataFiles, configuration, survey
from pytest_prep.modes.watch.notice import Notices

if TYPE_CHECKING:
    import pytest

    from pytest_prep.settings import Settings


class Shelf:
    """The selected katas, and what happens to their files."""

    def __init__(
        self,
        config: pytest.Config,
        settings: Settings,
        folders: list[Path],
        changed: Callable[[Entry, set[str]], None],
        gone: Callable[[Entry], None],
    ) -> None:
        """Look at the katas in ``folders``; nothing is watched yet.

        Args:
            config: pytest's configuration.
            settings: the plugin's.
            folders: those of the selected katas.
            changed: takes a kata that is to be judged, and its files that have changed.
            gone: takes a kata that was deleted.
        """
        self._settings = settings
        self._changed = changed
        self._gone = gone
        entries = [Entry(KataFiles(folder, settings)) for folder in folders]
        #: The selected katas by their ids in pytest.
        self.entries = {entry.files.path: entry for entry in entries}
        self.notices = Notices()
        #: Folders that hold no files of a kata, but may come to hold katas.
        self._others: set[str] = set()
        #: All katas in the folders asked for, also those that are not selected.
        self._found: set[Path] = set()
        self._configured = configuration(settings.root)
        start, katas = config.invocation_params.dir, settings.katas
        asked = [(start / arg.partition("::")[0]).resolve() for arg in config.args]
        self._asked = [place for place in asked if place.is_relative_to(katas)]
        self._asked += [katas for place in asked if katas.is_relative_to(place)]

    def start(self) -> None:
        """Begin to watch."""
        self._found, self._others = survey(self._asked, self._settings.data)
        self._watch()

    def look(self, changed: set[str] | None) -> None:
        """Look at the katas with files in these folders, or at all; at new ones too."""
        root = str(self._settings.root)
        if changed is not None and root in changed:
            seen, self._configured = self._configured, configuration(self._settings.root)
            if seen == self._configured:
                # Much is written there that no verdict depends on.
                changed = changed - {root}
        if changed is not None and not changed:
            return
        before = {path: entry.files.places for path, entry in self.entries.items()}
        for entry in list(self.entries.values()):
            if changed is None or changed & entry.files.places:
                self.look_at(entry)
        if changed is None or changed & self._others:
            self._survey()
        if before != {path: entry.files.places for path, entry in self.entries.items()}:
            self._watch()

    def look_at(self, entry: Entry) -> None:
        """Look at one kata."""
        files = entry.files
        different = files.look()
        if not different:
            return
        if not files.exists:
            del self.entries[files.path]
            self._gone(entry)
        elif files.is_begun or any(files.is_own(name) for name in different):
            self._changed(entry, different)

    def selected(self) -> list[Entry]:
        """Return the katas of the selection."""
        return [entry for entry in self.entries.values() if entry.is_selected]

    def _survey(self) -> None:
        """Find new katas, and the folders in which more may appear."""
        found, others = survey(self._asked, self._settings.data)
        for folder in sorted(found - self._found):
            entry = Entry(KataFiles(folder, self._settings))
            if entry.files.path not in self.entries:
                # Whether the selection holds it, the judge finds out.
                entry.is_selected = False
                self.entries[entry.files.path] = entry
                self._changed(entry, set())
        self._found = found
        if others != self._others:
            self._others = others
            self._watch()

    def _watch(self) -> None:
        """Watch the folders that matter now; what happens until it does is told by a look."""
        places = {place for entry in self.entries.values() for place in entry.files.places}
        self.notices.watch(places | self._others)
