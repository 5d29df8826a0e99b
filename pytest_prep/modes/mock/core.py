"""The interview without a screen: commands in, journal lines out, replies to show.

Every command is on the disk before its effect shows; going on after a crash is replaying what is
there.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pytest_prep.content.rubric import MARKS
from pytest_prep.modes.mock.clock import Clock, Reading
from pytest_prep.modes.mock.interviewer import asks_back
from pytest_prep.modes.mock.journal import JOURNAL, Entry, Journal, last_beat, undamaged
from pytest_prep.modes.mock.paper import Item, Paper, Part, written
from pytest_prep.modes.mock.state import State
from pytest_prep.modes.mock.timed import Desk, TimedInterview

Verdicts = dict[str, dict[str, Any]]


class Refused(Exception):
    """A command that does not fit here; the message says why, and what would."""


class Missing(Refused):
    """There is no answer to judge; the message names its file."""


class Interview(TimedInterview):
    """One interview while it goes on; :func:`begin` and :func:`go_on` make it."""

    # -- commands, any time

    def start(self) -> list[str]:
        """Start the clock."""
        if self.state.phase != "ready":
            raise Refused("the clock is running already")
        self._watch.start()
        self._put("start")
        seconds, reading = self._watch.read()
        self._beat = self._journal.beat(seconds, reading)
        return self._enter()

    def note(self, text: str) -> list[str]:
        """Keep a note."""
        self._put("note", text=_some(text, "o"))
        return ["noted"]

    # -- commands while the clock runs

    def move(self, step: int) -> list[str]:
        """Go to the next (1) or the previous (-1) item of the stage."""
        part = self._running()
        to = self.state.item + step
        if not 0 <= to < len(part.items):
            where = "last" if step > 0 else "first"
            raise Refused(f"this is the {where} of {len(part.items)} here")
        if step < 0 and part.order == "fixed":
            raise Refused("this stage has no way back")
        return self._go_to(to)

    def hint(self) -> list[str]:
        """Give the next hint, for its cost."""
        item = self._running_item("code", "hints")
        number, cost = len(self.state.work.hints), self.state.next_hint
        if cost is None:
            raise Refused(f"all {number} hints are given" if number else "no hints in this one")
        self._put("hint", item=self._here(), number=number + 1, cost=cost)
        return [f"hint {number + 1}, -{cost} points: {item.data['hints'][number]}"]

    def run(self) -> tuple[int, str]:
        """Begin a run of the tests; return its number and the answer as it is saved now."""
        item = self._running_item("code", "tests")
        saved = self._desk.read(item)
        if saved is None:
            raise Missing(f"{item.data['answer']} is missing; put the file back")
        self._notice_save()
        number = len(self.state.work.runs) + 1
        self._put("run", item=self._here(), number=number)
        return number, saved.text

    def ran(self, where: tuple[int, int], number: int, verdicts: Verdicts) -> None:
        """Keep what a run found."""
        self._put("ran", item=list(where), number=number, verdicts=verdicts)

    def submit(self) -> list[str]:
        """Hand in the item in front; a whole stage of multiple choice; end a break."""
        part = self._running()
        if part.kind in ("break", "choice"):
            return self._close_part("submitted", self.seconds)
        if self.state.work.closed:
            raise Refused("this one is handed in already")
        if question := asks_back(self.state):
            self._put("probe", item=self._here(), question=question)
            return [f"the interviewer: {question}", "write it or say it, then s goes on"]
        if part.kind == "code":
            item, work = self.state.current, self.state.work
            tests = self._desk.read_tests(item) if part.tests else ""
            text = self._as_of(self.seconds, item, work)
            self._put("submit", item=self._here(), text=text, tests=tests)
        else:
            self._put("submit", item=self._here())
        works = self.state.works[self.state.part]
        if all(work.closed for work in works):
            return self._close_part("submitted", self.seconds)
        after = [*range(self.state.item + 1, len(works)), *range(self.state.item)]
        return ["handed in", *self._go_to(next(i for i in after if not works[i].closed))]

    def choose(self, options: list[int]) -> list[str]:
        """Choose options of a multiple-choice question, by number from 0."""
        item = self._running_item("choice", "options")
        known = item.data["options"]
        if not options or any(not 0 <= option < len(known) for option in options):
            raise Refused(f"choose a to {chr(ord('a') + len(known) - 1)}")
        if len(options) > 1 and not item.data["several"]:
            raise Refused("exactly one option is right: choose one")
        self._put("choose", item=self._here(), options=sorted(set(options)))
        works = self.state.works[self.state.part]
        open_ = [i for i, work in enumerate(works) if work.chosen is None]
        if not open_:
            return ["all questions are answered: s hands them in, p goes back"]
        after = [i for i in open_ if i > self.state.item] or open_
        return self._go_to(after[0])

    def answer(self, name: str, text: str) -> list[str]:
        """Write one part of an answer, in place of what was there."""
        part = self._running()
        if part.kind not in ("talk", "design"):
            raise Refused("there is nothing to write here")
        item = self.state.current
        known = [entry["id"] for entry in item.data["sections"]]
        if name not in known:
            raise Refused(f"{name!r} is no part of the answer: {', '.join(known)}")
        self._put("answer", item=self._here(), part=name, text=text)
        return [f"kept: {name}"]

    def ask(self, question: str) -> list[str]:
        """Ask the interviewer; facts come only to those who ask for them."""
        item = self._running_item("design", "facts to ask for")
        question = _some(question, "ask")
        from pytest_prep.content.scenario import Fact, asked_for

        facts = tuple(
            Fact(raw["id"], tuple(raw["keywords"]), raw["text"]) for raw in item.data["facts"]
        )
        told = asked_for(question, facts)
        self._put("ask", item=self._here(), question=question, facts=[fact.id for fact in told])
        return [fact.text for fact in told] or ["No figure for that: say what you assume."]

    def unit_of(self, name: str) -> str:
        """Return the unit in which an estimate is asked."""
        item = self._running_item("design", "estimates")
        units = {raw["id"]: str(raw["unit"]) for raw in item.data["estimates"]}
        if name not in units:
            raise Refused(f"{name!r} is none of the estimates: {', '.join(units) or 'none'}")
        return units[name]

    def estimate(self, name: str, value: float | None) -> list[str]:
        """Give a number, None takes it back; whether it is right is told afterwards."""
        unit = self.unit_of(name)
        if value is not None and not 0 <= value < math.inf:
            raise Refused("a number from 0 up, such as 860")
        self._put("estimate", item=self._here(), estimate=name, value=value)
        return [f"kept: {name} = {'nothing' if value is None else f'{value:g} {unit}'}"]

    def quit(self) -> list[str]:
        """Stop the clock now; what was not handed in is taken as it is."""
        self._running()
        return self._finish("quit", self.seconds)

    # -- commands after the clock

    def judged(
        self,
        where: tuple[int, int],
        verdicts: Verdicts,
        review: dict[str, Any] | None = None,
        reference: str = "",
        tests: dict[str, Any] | None = None,
    ) -> None:
        """Keep the final verdicts of an item, its review, and what its own tests are worth.

        The reference is kept too, to be shown beside the answer.
        """
        more = {"review": review, "reference": reference, "tests": tests}
        self._put("judged", item=list(where), verdicts=verdicts, more=more)

    def to_judge(self) -> list[tuple[tuple[int, int], Item, str]]:
        """Return the answers that were taken and are not judged yet."""
        return [
            ((p, i), item, work.final)
            for p, part in enumerate(self.state.paper.parts)
            for i, (item, work) in enumerate(zip(part.items, self.state.works[p], strict=True))
            if part.kind == "code" and work.final is not None and work.verdicts is None
        ]

    def predict(self, score: int) -> list[str]:
        """Keep what the candidate expects; only before the score is seen."""
        self._marking()
        if self.state.predicted is not None:
            raise Refused("one prediction, before the score is seen")
        if not 0 <= score <= 100:
            raise Refused("a score is a whole number from 0 to 100")
        self._put("predict", score=score)
        return [f"predicted: {score}"]

    def mark(self, where: tuple[int, int], criterion: str, mark: int, by: str) -> list[str]:
        """Mark one criterion of an answer from 1 to 4."""
        self._marking()
        if mark not in MARKS:
            raise Refused("a mark is 1, 2, 3 or 4")
        self._put("mark", item=list(where), criterion=criterion, mark=mark, by=by)
        return []

    def action(self, text: str) -> list[str]:
        """Keep something to work on before the next interview."""
        self._marking()
        self._put("action", text=_some(text, "the action item"))
        return ["kept"]

    def finish(self) -> None:
        """End the marking: the report can be written."""
        self._marking()
        self._put("done")

    # -- inside

    def _running(self) -> Part:
        if self.state.phase == "ready":
            raise Refused("the clock has not started yet")
        if self.state.phase != "running":
            raise Refused("the time is over: the answers are taken")
        return self.state.current_part

    def _running_item(self, kind: str, what: str) -> Item:
        if self._running().kind != kind:
            raise Refused(f"there are no {what} in this stage")
        return self.state.current

    def _marking(self) -> None:
        if self.state.phase != "marking":
            raise Refused("that comes after the clock has stopped")

    def _go_to(self, to: int) -> list[str]:
        self._put("move", to=to)
        return self._enter()


def begin(paper: Paper, journal: Journal, clock: Clock, desk: Desk) -> Interview:
    """Begin an interview: its paper is the journal's first line."""
    first: Entry = {
        "do": "begin",
        "at": 0.0,
        "paper": written(paper),
        "clocks": asdict(clock.read()),
    }
    journal.write(first)
    return Interview(State(first), journal, clock, desk)


def replayed(entries: list[Entry], path: Path) -> State:
    """Return the state after these lines of the journal at ``path``.

    Raises:
        ContentError: a line does not fit those before it.
    """
    with undamaged(path, "line 1"):
        state = State(entries[0])
    for number, entry in enumerate(entries[1:], 2):
        with undamaged(path, f"line {number}"):
            state.apply(entry)
    return state


def go_on(entries: list[Entry], journal: Journal, clock: Clock, desk: Desk) -> Interview:
    """Go on with an interview where its journal, or a later sign of life, left it."""
    path, last = journal.folder / JOURNAL, entries[-1]
    interview = Interview(replayed(entries, path), journal, clock, desk)
    with undamaged(path, f"line {len(entries)}"):
        seconds, seen = last["at"], Reading(**last["clocks"])
    beat = last_beat(journal.folder)
    interview.remember(beat)
    if beat is not None and beat.seconds > seconds:
        seconds, seen = beat.seconds, beat.reading
    interview.resume_watch(seconds, seen)
    return interview


def _some(text: str, command: str) -> str:
    if not text.strip():
        raise Refused(f"say what: {command} and some text")
    return text.strip()
