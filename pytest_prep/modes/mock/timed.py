"""An interview under the clock: saves, twists, the end of a stage, the deadline.

What time brings is noticed by :meth:`TimedInterview.tick`, which a front end calls about once a
second; noticed late, after sleep or a crash, it counts as of the moment at which it was due.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Protocol

from pytest_prep.content.duration import clock_text
from pytest_prep.modes.mock.clock import Clock, Reading, Stopwatch
from pytest_prep.modes.mock.journal import Beat, Entry, Journal
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.state import State, Work

#: Seconds between two signs of life.
BEAT = 3.0
#: Seconds by which a deadline may be noticed late before saves are held against the clock.
LATE = 2.0


@dataclass(frozen=True)
class Saved:
    """An answer as it is on the disk."""

    text: str
    #: Modification time of the file.
    stamp: float


class Desk(Protocol):
    """Where the candidate works: the kata's own folder."""

    def open(self, item: Item) -> str:
        """Put the starter in place; return where the old answer is kept, ``""`` without one."""

    def read(self, item: Item) -> Saved | None:
        """Return the answer as it is saved now, None where there is none."""

    def read_tests(self, item: Item) -> str:
        """Return the candidate's own tests as they are saved now, ``""`` without any."""


class TimedInterview:
    """An interview without its commands: a state, a journal, and what time brings."""

    def __init__(self, state: State, journal: Journal, clock: Clock, desk: Desk) -> None:
        """Take over a state; the clock stands still."""
        self.state = state
        self._journal = journal
        self._desk = desk
        self._watch = Stopwatch(clock, real=state.paper.clock == "real")
        self._beat: Beat | None = None
        self._warned: set[tuple[int, int]] = set()

    @property
    def seconds(self) -> float:
        """Seconds charged so far."""
        return self._watch.read()[0]

    @property
    def left(self) -> float:
        """Seconds left of the whole interview."""
        return self.state.paper.duration - self.seconds

    @property
    def left_of_part(self) -> float:
        """Seconds left of the stage in front, as its script plans them; below zero beyond."""
        return self.state.part_at + self.state.current_part.time - self.seconds

    @property
    def has_answer(self) -> bool:
        """Whether the answer in front has a file now."""
        return self._desk.read(self.state.current) is not None

    def resume_watch(self, seconds: float, seen: Reading) -> None:
        """Let the clock go on from what was charged when ``seen`` was read."""
        if self.state.phase == "running":
            self._watch.go_on(seconds, seen)
        else:
            self._watch.set(self.state.seconds)

    def remember(self, beat: Beat | None) -> None:
        """Take over the last sign of life before a crash."""
        self._beat = beat

    def back(self) -> list[str]:
        """Prepare to go on after a break: what a crash left half done is done now."""
        replies = self.tick()
        return replies + (self._enter() if self.state.phase == "running" else [])

    def tick(self) -> list[str]:
        """Notice what time brings: saves, twists, the end of a stage, the deadline."""
        if self.state.phase != "running":
            return []
        seconds, reading = self._watch.read()
        replies = self._end_if_due(seconds)
        if self.state.phase == "running":
            replies += self._twists(seconds)
            self._notice_save()
            replies += self._warnings()
        if self._beat is None or abs(seconds - self._beat.seconds) >= BEAT:
            self._beat = self._journal.beat(seconds, reading) or self._beat
        return replies

    # -- inside

    def _here(self) -> list[int]:
        return [self.state.part, self.state.item]

    def _put(self, do: str, *, at: float | None = None, **data: Any) -> None:
        seconds, reading = self._watch.read()
        when = round(seconds if at is None else at, 3)
        entry: Entry = {"do": do, "at": when, **data, "clocks": asdict(reading)}
        self._journal.write(entry)
        self.state.apply(entry)

    def _enter(self) -> list[str]:
        """Prepare the item in front."""
        part = self.state.current_part
        if part.kind != "code" or self.state.work.opened:
            return []
        kept = self._desk.open(self.state.current)
        self._put("open", item=self._here(), kept=kept)
        return [f"your old answer is kept: {kept}"] if kept else []

    def _end_if_due(self, seconds: float) -> list[str]:
        """Close the stage, or everything, where the time is over or all is handed in."""
        state = self.state
        if state.part == len(state.paper.parts):
            # A crash fell between the end of the last stage and that of the interview.
            return self._over("submitted", state.part_at)
        part, end = state.current_part, state.paper.duration
        if part.hard:
            end = min(end, state.part_at + part.time)
        if seconds >= state.paper.duration:
            return self._finish("deadline", end)
        if seconds >= end:
            return self._close_part("deadline", end)
        works = state.works[state.part]
        if works and all(work.closed for work in works):
            # A crash fell between the last item and the end of its stage.
            return self._close_part("submitted", seconds)
        return []

    def _close_part(self, why: str, at: float) -> list[str]:
        """Take what is there, and go to the next stage."""
        part = self.state.current_part
        self._take(at)
        self._put("close", at=at, why=why)
        told = [f"{part.title}: the time is over"] if why == "deadline" else []
        if self.state.part >= len(self.state.paper.parts):
            return [*told, *self._over(why, at)]
        return [*told, *self._enter()]

    def _finish(self, why: str, at: float) -> list[str]:
        """Take what is there, and stop the clock."""
        self._take(at)
        return self._over(why, self.state.paper.duration if why == "deadline" else at)

    def _over(self, why: str, at: float) -> list[str]:
        self._put("over", at=at, why=why)
        self._watch.set(at)
        told = f"the clock has stopped after {clock_text(at)} of "
        told += clock_text(self.state.paper.duration)
        return [told + ": time is over" * (why == "deadline")]

    def _take(self, at: float) -> None:
        """Take the answers of a code stage as they were saved at ``at``."""
        part = self.state.current_part
        if part.kind != "code":
            return
        for index, (item, work) in enumerate(
            zip(part.items, self.state.works[self.state.part], strict=True)
        ):
            if not work.closed and work.opened:
                text = self._as_of(at, item, work)
                tests = self._desk.read_tests(item) if part.tests else ""
                where = [self.state.part, index]
                self._put("submit", at=at, item=where, text=text, tests=tests)

    def _as_of(self, at: float, item: Item, work: Work) -> str:
        """Return the answer as it was saved at ``at`` seconds."""
        saved = self._desk.read(item)
        before = work.saves[-1][1] if work.saves else str(item.data["starter"])
        if saved is None:
            return before
        seconds, _ = self._watch.read()
        if seconds - at <= LATE or self._saved_at(saved) <= at:
            return saved.text
        return before

    def _saved_at(self, saved: Saved) -> float:
        """Return the second at which a file was saved, by the file system's own clock."""
        if self._beat is None:
            return 0.0
        return self._beat.seconds + saved.stamp - self._beat.stamp

    def _notice_save(self) -> None:
        part = self.state.current_part
        if part.kind != "code" or not self.state.work.opened or self.state.work.closed:
            return
        item, work = self.state.current, self.state.work
        saved = self._desk.read(item)
        last = work.saves[-1][1] if work.saves else item.data["starter"]
        if saved is not None and saved.text != last:
            self._put("saved", item=self._here(), text=saved.text)

    def _twists(self, seconds: float) -> list[str]:
        """Tell what changes, at its minute of the scenario, in the time that there is for it."""
        part = self.state.current_part
        if part.kind != "design":
            return []
        item, work = self.state.current, self.state.work
        minute = part.share_of(item) / item.minutes
        in_front = work.spent + seconds - self.state.item_at
        told = []
        for number, twist in enumerate(item.data["twists"]):
            if number not in work.twists and in_front >= twist["minute"] * minute:
                self._put("twist", item=self._here(), number=number)
                told.append(f"the interviewer: {twist['text']}")
        return told

    def _warnings(self) -> list[str]:
        """Say once a stage that five minutes or one are left, or that it ran out."""
        part, number = self.state.current_part, self.state.part
        left = self.left_of_part
        marks = [mark for mark in (300, 60, 0) if mark < part.time]
        due = [mark for mark in marks if left <= mark and (number, mark) not in self._warned]
        if not due:
            return []
        self._warned.update((number, mark) for mark in due)
        if due[-1] == 0:
            rest = "" if part.hard else "; the clock goes on"
            return [f"{part.title}: the planned time is over{rest}"]
        return [f"{clock_text(left)} left for {part.title}"]
