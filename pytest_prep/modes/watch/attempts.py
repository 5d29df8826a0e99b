"""What was judged while watching → the learner's record, after it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.verdict import Verdict
from pytest_prep.recording import tried

if TYPE_CHECKING:
    from pytest_prep.modes.watch.entry import Entry, Outcome
    from pytest_prep.progress.attempts import Tried
    from pytest_prep.settings import Settings


class Attempts:
    """Writes attempts; one that cannot be written waits for the next."""

    def __init__(self, settings: Settings) -> None:
        """The store is not opened before there is something to write."""
        self._settings = settings
        self._waiting: list[Tried] = []
        #: What was said already.
        self._notes: set[str] = set()

    def keep(self, entry: Entry, outcome: Outcome) -> list[str]:
        """Write a verdict that stands, once; return what is to be told about the store."""
        status = outcome.record.status
        if not outcome.is_settled or status in ("todo", "kata_error"):
            return []
        if entry.recorded == outcome.seen:
            return []
        text = outcome.text.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        entry.recorded = outcome.seen
        return self._add(tried(self._settings, outcome.record, text))

    def open(self, entry: Entry) -> list[str]:
        """Write that a kata to do was looked at: its time counts from there."""
        kata = entry.files.kata
        if kata is None:
            return []
        record = entry.begin().record
        record.cases[""] = Verdict("todo")
        return self._add(tried(self._settings, record, ""))

    def write(self) -> list[str]:
        """Write what waits; return what is to be told about the store, once."""
        if not self._waiting:
            return []
        from pytest_prep.progress.attempts import record_attempts
        from pytest_prep.progress.store import StoreError, open_store

        notes: list[str] = []
        try:
            store = open_store(self._settings.store, notes.append)
            try:
                record_attempts(store, self._waiting)
                self._waiting.clear()
            finally:
                store.close()
        except StoreError as error:
            notes.append(f"not recorded: {error}")
        fresh = [note for note in notes if note not in self._notes]
        self._notes.update(fresh)
        return fresh

    def _add(self, one: Tried) -> list[str]:
        if self._settings.answers != "mine":
            return []
        self._waiting.append(one)
        return self.write()
