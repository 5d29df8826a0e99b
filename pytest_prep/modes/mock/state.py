"""What happened in an interview so far: rebuilt by replaying its journal, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pytest_prep.modes.mock.journal import Entry
from pytest_prep.modes.mock.paper import Item, Paper, Part, read

#: ``ready``: drawn, the clock stands. ``running``. ``marking``: the clock has stopped; prediction,
#: marks and action items are asked for. ``done``.
Phase = Literal["ready", "running", "marking", "done"]


@dataclass
class Run:
    """One run of the tests on the way."""

    at: float
    number: int
    #: Seconds are charged while it runs; its result comes later, or never.
    verdicts: dict[str, dict[str, Any]] | None = None


@dataclass
class Work:
    """What the candidate did about one item."""

    #: Seconds in which it was in front.
    spent: float = 0.0
    #: Code: whether its starter was put in place, and where the old answer is kept.
    opened: bool = False
    kept: str = ""
    hints: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    #: Versions of the answer as they were saved: seconds, text.
    saves: list[tuple[float, str]] = field(default_factory=list)
    #: Whether it was handed in, or taken away at the end.
    closed: bool = False
    closed_at: float = 0.0
    #: Code: what is judged, and how it was judged.
    final: str | None = None
    verdicts: dict[str, dict[str, Any]] | None = None
    #: The candidate's own tests, and what they are worth: see :mod:`.own_tests`.
    tests: str = ""
    tested: dict[str, Any] | None = None
    #: Score, findings and measures of the review, None without one.
    review: dict[str, Any] | None = None
    reference: str = ""
    #: Talk and design: the answer by its parts.
    answers: dict[str, str] = field(default_factory=dict)
    #: Talk: what the interviewer asked before it was taken.
    asked_back: list[str] = field(default_factory=list)
    #: Choice: numbers of the options chosen, from 0.
    chosen: list[int] | None = None
    #: Design: value by estimate.
    estimates: dict[str, float] = field(default_factory=dict)
    #: Design: seconds, question, ids of the facts told.
    asked: list[tuple[float, str, list[str]]] = field(default_factory=list)
    #: Design: numbers of the twists told, from 0.
    twists: list[int] = field(default_factory=list)
    #: Mark by criterion, and who gave it: ``self`` or ``partner``.
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)


class State:
    """The interview after some lines of its journal."""

    def __init__(self, first: Entry) -> None:
        """Start from the line that holds the paper."""
        self.paper: Paper = read(first["paper"])
        self.phase: Phase = "ready"
        #: The stage and the item in front.
        self.part = 0
        self.item = 0
        #: Seconds at which the stage began, and the item came to the front.
        self.part_at = 0.0
        self.item_at = 0.0
        self.works = [[Work() for _ in part.items] for part in self.paper.parts]
        self.notes: list[tuple[float, str]] = []
        self.predicted: int | None = None
        self.actions: list[str] = []
        #: Why the clock stopped: ``submitted``, ``deadline`` or ``quit``; and when.
        self.why = ""
        self.seconds = 0.0
        self.timeline: list[Entry] = [first]

    @property
    def current_part(self) -> Part:
        """The stage in front."""
        return self.paper.parts[self.part]

    @property
    def current(self) -> Item:
        """The item in front; a break has none."""
        return self.current_part.items[self.item]

    @property
    def work(self) -> Work:
        """What was done about the item in front."""
        return self.works[self.part][self.item]

    @property
    def next_hint(self) -> int | None:
        """Points that the next hint of the kata in front costs, None where there is none."""
        costs, taken = self.paper.hints, len(self.work.hints)
        return next(iter(costs[taken : len(self.current.data["hints"])]), None)

    def each(self) -> list[tuple[Part, Item, Work]]:
        """Return all items with their stage and work."""
        return [
            (part, item, work)
            for part, works in zip(self.paper.parts, self.works, strict=True)
            for item, work in zip(part.items, works, strict=True)
        ]

    def apply(self, entry: Entry) -> None:
        """Take in one line of the journal; lines of an unknown kind change nothing."""
        self.timeline.append(entry)
        change = getattr(self, f"_on_{entry['do']}", None)
        if change is not None:
            change(entry)

    # -- one method a kind of line

    def _work_of(self, entry: Entry) -> Work:
        part, item = entry["item"]
        work: Work = self.works[part][item]
        return work

    def _on_start(self, entry: Entry) -> None:
        self.phase = "running"

    def _on_open(self, entry: Entry) -> None:
        work = self._work_of(entry)
        work.opened, work.kept = True, entry["kept"]

    def _on_hint(self, entry: Entry) -> None:
        self._work_of(entry).hints.append(entry["at"])

    def _on_saved(self, entry: Entry) -> None:
        self._work_of(entry).saves.append((entry["at"], entry["text"]))

    def _on_run(self, entry: Entry) -> None:
        work = self._work_of(entry)
        work.runs.append(Run(entry["at"], entry["number"]))

    def _on_ran(self, entry: Entry) -> None:
        for run in self._work_of(entry).runs:
            if run.number == entry["number"]:
                run.verdicts = entry["verdicts"]

    def _on_submit(self, entry: Entry) -> None:
        work = self._work_of(entry)
        self._spend(entry["at"])
        work.closed, work.closed_at = True, entry["at"]
        work.final, work.tests = entry.get("text"), entry.get("tests", "")

    def _on_move(self, entry: Entry) -> None:
        self._spend(entry["at"])
        self.item = entry["to"]

    def _on_close(self, entry: Entry) -> None:
        self._spend(entry["at"])
        for work in self.works[self.part]:
            if not work.closed:
                work.closed, work.closed_at = True, entry["at"]
        self.part += 1
        self.item = 0
        self.part_at = self.item_at = entry["at"]

    def _on_over(self, entry: Entry) -> None:
        if self.part < len(self.paper.parts):
            self._spend(entry["at"])
        self.phase, self.why, self.seconds = "marking", entry["why"], entry["at"]

    def _on_judged(self, entry: Entry) -> None:
        work = self._work_of(entry)
        work.verdicts, more = entry["verdicts"], entry["more"]
        work.review, work.reference, work.tested = more["review"], more["reference"], more["tests"]

    def _on_note(self, entry: Entry) -> None:
        self.notes.append((entry["at"], entry["text"]))

    def _on_answer(self, entry: Entry) -> None:
        self._work_of(entry).answers[entry["part"]] = entry["text"]

    def _on_probe(self, entry: Entry) -> None:
        self._work_of(entry).asked_back.append(entry["question"])

    def _on_choose(self, entry: Entry) -> None:
        self._work_of(entry).chosen = entry["options"]

    def _on_estimate(self, entry: Entry) -> None:
        estimates = self._work_of(entry).estimates
        if entry["value"] is None:
            estimates.pop(entry["estimate"], None)
        else:
            estimates[entry["estimate"]] = entry["value"]

    def _on_ask(self, entry: Entry) -> None:
        self._work_of(entry).asked.append((entry["at"], entry["question"], entry["facts"]))

    def _on_twist(self, entry: Entry) -> None:
        self._work_of(entry).twists.append(entry["number"])

    def _on_predict(self, entry: Entry) -> None:
        self.predicted = entry["score"]

    def _on_mark(self, entry: Entry) -> None:
        self._work_of(entry).marks[entry["criterion"]] = (entry["mark"], entry["by"])

    def _on_action(self, entry: Entry) -> None:
        self.actions.append(entry["text"])

    def _on_done(self, entry: Entry) -> None:
        self.phase = "done"

    def _spend(self, at: float) -> None:
        """Charge the time since it came to the front to the item in front."""
        if self.current_part.items:
            self.work.spent += max(0.0, at - self.item_at)
        self.item_at = at
