"""What is known of one selected kata while it is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pytest_prep.content.case import GENERATED
from pytest_prep.judging.verdict import Status, Verdict
from pytest_prep.modes.watch.child import Message
from pytest_prep.modes.watch.files import KataFiles, Snapshot
from pytest_prep.recorder import KataRecord
from pytest_prep.report.watch import Account, Line

_LEVELS = {"easy": 0, "medium": 1, "hard": 2}


@dataclass
class Outcome:
    """What judges said of a kata, on the files as they were when they were asked."""

    seen: Snapshot
    #: The answer.
    text: bytes
    record: KataRecord
    #: The cases that are to be judged, None until they are known.
    expected: list[str] | None = None
    accounts: dict[str, Account] = field(default_factory=dict)
    #: Why a case was skipped.
    why_skipped: str = ""
    #: Whether it was shown when only the search was missing.
    was_searched: bool = False

    def hear(self, message: Message, answer: str) -> None:
        """Take the verdict on a case."""
        prep = message["case"]
        record = self.record
        record.id, record.title = prep["id"], prep["title"]
        record.level, record.minutes = prep["level"], prep["minutes"]
        record.topics, record.case_count = tuple(prep["topics"]), prep["case_count"]
        record.duration += message["duration"]
        record.cases[prep["case"]] = Verdict.from_dict(prep["verdict"])
        sections = tuple((str(name), str(text)) for name, text in message["sections"])
        self.accounts[prep["case"]] = Account(answer, message["text"], sections)

    def skip(self, case: str, why: str) -> None:
        """Take that a case is not judged at all."""
        self.record.skipped.add(case)
        self.why_skipped = why

    def break_down(self, place: str, problem: str, answer: str) -> None:
        """Take what keeps the kata from being judged."""
        lines = problem.strip().split("\n")
        self.record.cases[place] = Verdict("kata_error", lines[-1])
        self.accounts[place] = Account(answer, problem if len(lines) > 1 else "")

    @property
    def is_searched(self) -> bool:
        """Whether only the search for a counterexample is missing."""
        return self._missing == {GENERATED}

    @property
    def is_complete(self) -> bool:
        """Whether every case has its verdict."""
        return bool(self.record.cases) and not self._missing

    @property
    def begins_to_fail(self) -> bool:
        """Whether the case heard last is the first one that is rejected, and more are to come."""
        *before, last = (v.status in ("accepted", "todo") for v in self.record.cases.values())
        return all(before) and not last and not self.is_settled

    @property
    def is_settled(self) -> bool:
        """Whether the verdict can get no better: all cases have theirs, or one is rejected."""
        rejected = any(v.status not in ("accepted", "todo") for v in self.record.cases.values())
        return self.is_complete or (self.is_searched and rejected)

    @property
    def _missing(self) -> set[str]:
        if self.expected is None:
            return {""}
        return set(self.expected) - set(self.record.cases) - self.record.skipped


class Entry:
    """A kata, and the last verdict on it."""

    def __init__(self, files: KataFiles) -> None:
        """Nothing is judged yet."""
        self.files = files
        self.outcome: Outcome | None = None
        #: False for a new kata, until the judge has found it in the selection.
        self.is_selected = True
        #: The files of which an attempt has been recorded.
        self.recorded: Snapshot | None = None

    def begin(self) -> Outcome:
        """Return a new outcome, for the files as they are now."""
        kata, path = self.files.kata, self.files.path
        facts = (kata.id, kata.title, kata.level, kata.minutes) if kata else (path, path, "", 0)
        return Outcome(self.files.seen, self.files.text, KataRecord(*facts, path))

    @property
    def status(self) -> Status | None:
        """The verdict on the files as they are, None where there is none."""
        outcome = self.outcome
        if outcome is not None and outcome.seen == self.files.seen and outcome.is_settled:
            return outcome.record.status
        if self.files.kata is not None and not self.files.is_begun:
            return "todo"
        return None

    @property
    def is_red(self) -> bool:
        """Whether the answer was tried and is not accepted."""
        return self.status not in (None, "todo", "accepted")

    @property
    def was_red(self) -> bool:
        """Whether the last verdict, on whatever the files were then, was no acceptance."""
        status = self.outcome.record.status if self.outcome else None
        return status not in (None, "todo", "accepted")

    def line(self, typed: Callable[[KataFiles], str]) -> Line:
        """Return the entry for a list; ``typed`` gives the path that works where pytest runs."""
        kata = self.files.kata
        return Line(
            self.status,
            typed(self.files),
            kata.title if kata else self.files.folder.name,
            kata.level if kata else "",
            kata.minutes if kata else 0,
            self.files.answer.name,
        )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort for judging: those last seen red before others, each by when the answer was saved."""
    return sorted(entries, key=lambda entry: (not entry.was_red, -entry.files.saved))


def to_turn_to(entries: Iterable[Entry]) -> list[Entry]:
    """Return what to turn to: red ones, the newest first, then those to do, the easiest first."""
    listed = list(entries)
    red = in_order(entry for entry in listed if entry.is_red)
    todo = [entry for entry in listed if entry.status == "todo" and entry.files.kata]

    def ease(entry: Entry) -> tuple[int, int]:
        assert entry.files.kata is not None
        return _LEVELS[entry.files.kata.level], entry.files.kata.minutes

    return [*red, *sorted(todo, key=ease)]
