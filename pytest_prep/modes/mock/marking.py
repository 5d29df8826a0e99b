"""After the clock: what is asked before the report, and what a typed answer means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_prep.modes.mock.core import Refused
from pytest_prep.modes.mock.paper import Item
from pytest_prep.modes.mock.past import calibration, gap_of
from pytest_prep.modes.mock.room import Room, Where
from pytest_prep.modes.mock.state import State, Work
from pytest_prep.report.interview_text import headline

PREDICTION = "before you see it: your score, 0 to 100 (Enter: none)?"
TO_WORK_ON = "what will you work on before the next one? a line each; an empty one ends"


@dataclass(frozen=True)
class Talk:
    """A talk or a design, with the criteria it is marked by."""

    where: Where
    item: Item
    work: Work

    @property
    def rubric(self) -> list[dict[str, Any]]:
        """The criteria."""
        return list(self.item.data["rubric"])

    @property
    def unmarked(self) -> list[dict[str, Any]]:
        """The criteria without a mark."""
        return [entry for entry in self.rubric if entry["id"] not in self.work.marks]


def talks_to_mark(state: State) -> list[Talk]:
    """Return the talks and designs that lack a mark; without the stages that never came."""
    talks = [
        Talk((p, i), item, state.works[p][i])
        for p, part in enumerate(state.paper.parts[: state.part + 1])
        for i, item in enumerate(part.items)
        if part.kind in ("talk", "design")
    ]
    return [talk for talk in talks if talk.unmarked]


def predict(room: Room, typed: str) -> None:
    """Keep the prediction that was typed.

    Raises:
        Refused: it is no score.
        NotWritten: it was not kept.
    """
    try:
        score = int(typed)
    except ValueError:
        raise Refused("a whole number, such as 70") from None
    room.interview.predict(score)


def own_words(talk: Talk) -> list[tuple[str, str]]:
    """Return what was written: each part's heading, and its text."""
    answers = talk.work.answers
    return [
        (f"{section['title']}: yours", answers[section["id"]])
        for section in talk.item.data["sections"]
        if answers.get(section["id"])
    ]


def looking_back(talk: Talk) -> list[tuple[str, list[str]]]:
    """Return what belonged into a talk and what was missed: headings, each with its lines."""
    data: Mapping[str, Any] = talk.item.data
    told = {name for _, _, names in talk.work.asked for name in names}
    facts = data.get("facts", [])
    points = data.get("points", {})
    belongs = [
        text if part == "answer" else f"{part}: {text}" for part in points for text in points[part]
    ]
    groups = [
        ("what belongs in", belongs),
        ("signs of a weak answer", data.get("weak", [])),
        ("asked next", data.get("probes", [])),
        ("common mistakes", data.get("mistakes", [])),
        ("you asked for", [fact["text"] for fact in facts if fact["id"] in told]),
        ("you never asked for", [fact["text"] for fact in facts if fact["id"] not in told]),
    ]
    return [(heading, list(lines)) for heading, lines in groups if lines]


@dataclass(frozen=True)
class Finished:
    """An interview with its report."""

    #: See :func:`pytest_prep.modes.mock.result.result_of`.
    result: dict[str, Any]
    #: Where the report is.
    told: list[str]
    #: How good the predictions have been; ``""`` with less than two.
    calibration: str

    @property
    def summary(self) -> list[str]:
        """The score, how good the predictions were, and where the report is."""
        lines = [*headline(self.result), self.calibration, *self.told]
        return [line for line in lines if line]


def finish(room: Room) -> Finished:
    """End the marking; write the report.

    Raises:
        NotWritten: the journal's last line was not kept; going on does it again.
    """
    result, told = room.finish()
    gap = gap_of(result)
    gaps = [*room.past.gaps, gap] if gap is not None else []
    return Finished(result, told, calibration(gaps))


def kept_answers(state: State) -> list[tuple[Item, Work]]:
    """Return the katas in which an answer stood before the interview."""
    return [(item, work) for _, item, work in state.each() if work.kept]
