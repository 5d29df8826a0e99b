"""The verdicts of a session → the learner's record: written once, at the end."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_prep.content.answer import read_text
from pytest_prep.content.errors import ContentError

if TYPE_CHECKING:
    from pytest_prep.next_kata import NextKata
    from pytest_prep.progress.attempts import Outcome, Tried
    from pytest_prep.recorder import KataRecord
    from pytest_prep.settings import Settings


class Recording:
    """Writes what a session found out; lives where the reports arrive."""

    def __init__(self, settings: Settings) -> None:
        """Start with nothing; the store is not opened before there is something to write."""
        self._settings = settings
        self._is_wanted = (
            settings.answers == "mine" and not settings.collect_only and not settings.mode
        )
        self._answers: dict[str, str] = {}
        self._is_written = False
        #: What the session changed; None where it judged nothing, or could not write it.
        self.outcome: Outcome | None = None
        #: What to turn to, where everything judged is accepted.
        self.next: NextKata | None = None
        #: Lines about a store that cannot be used, or had to be mended.
        self.notes: list[str] = []

    def keep_answer(self, path: str, name: str) -> None:
        """Read the answer of the kata at ``path`` when its first verdict arrives.

        At the end of the session its file may hold something else.
        """
        if not self._is_wanted or path in self._answers:
            return
        try:
            self._answers[path] = read_text(self._settings.root / path / name)
        except ContentError:
            self._answers[path] = ""

    def write(self, records: Iterable[KataRecord]) -> None:
        """Keep the attempts of the session; the second call does nothing, unless the first failed.

        A store that cannot be used is noted, and changes no verdict.
        """
        if self._is_written or not self._is_wanted:
            return
        found = [
            tried(self._settings, record, self._answers[record.path])
            for record in records
            if record.path in self._answers
        ]
        statuses = {one.status for one in found}
        if statuses <= {"todo", "kata_error"} and (len(found) != 1 or statuses == {"kata_error"}):
            return
        from pytest_prep.next_kata import next_kata
        from pytest_prep.progress.attempts import record_attempts
        from pytest_prep.progress.store import StoreError, open_store

        try:
            store = open_store(self._settings.store, self.notes.append)
            try:
                outcome = record_attempts(store, found)
                if not statuses <= {"todo", "kata_error"}:
                    self.outcome = outcome
                if statuses == {"accepted"} and not outcome.partial:
                    with suppress(OSError, ContentError):
                        self.next = next_kata(self._settings, store, found[-1].path)
            finally:
                store.close()
        except StoreError as error:
            self.notes.append(f"not recorded: {error}")
        self._is_written = True

    def leave_to_others(self) -> None:
        """Write nothing: whoever started this run writes what comes of it."""
        self._is_wanted = False


def tried(settings: Settings, record: KataRecord, answer: str) -> Tried:
    """Return what was found out about one kata, as the learner's record takes it."""
    from pytest_prep.progress.attempts import Tried

    folder = (settings.root / record.path).relative_to(settings.katas)
    timings = [verdict.timing for verdict in record.cases.values() if verdict.timing]
    return Tried(
        kata=record.id,
        path=record.path,
        track=folder.parts[0],
        level=record.level,
        topics=record.topics,
        minutes=record.minutes,
        status=record.status,
        cases={name: verdict.status for name, verdict in record.cases.items()},
        complete=record.is_complete,
        answer=answer,
        duration=record.duration,
        ratio=max((timing.answer / timing.budget for timing in timings), default=None),
    )
