"""Draw the paper of an interview: by a seed, and so that an added kata reshuffles nothing.

What can be drawn is ranked by a hash of the seed and its own id: adding or removing another one
changes no rank. Katas that were never tried come first, then those that went badly.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from pytest_prep.content.bank import Bank, Question
from pytest_prep.content.duration import duration_text
from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.interview import Pick, Script, Stage
from pytest_prep.content.interviews import Library
from pytest_prep.modes.mock.items import Candidate, problem_item, question_item, scenario_item
from pytest_prep.modes.mock.paper import Item, Paper, Part

#: The topic of a project's rounds: each is played after the one before, by the project's script.
STAGED = "staged"

#: Seconds that a shortened stage has at least.
SHORTEST = 60

_T = TypeVar("_T")


class NothingToDraw(Exception):
    """A stage finds nothing that fits; the message says what would help."""


class Choices(Protocol):
    """Where multiple-choice questions come from."""

    def draw(self, pick: Pick | None, ids: Sequence[str], rank: Callable[[str], str]) -> list[Item]:
        """Return questions: those named, or those that are drawn.

        Raises:
            NothingToDraw: there are none that fit.
        """


@dataclass(frozen=True)
class Wishes:
    """What the command line asks for."""

    seed: int
    #: Seconds, or None for the script's own.
    duration: float | None = None
    #: A level of katas and scenarios, or "".
    level: str = ""


class Drawer:
    """Draws the stages of a script."""

    def __init__(
        self, library: Library, katas: Sequence[Candidate], choices: Choices, wishes: Wishes
    ) -> None:
        """Set up with what there is to draw from."""
        self._library = library
        self._katas = katas
        self._choices = choices
        self._wishes = wishes

    def paper(self, script: Script, moment: str) -> Paper:
        """Draw the paper of an interview that begins at ``moment``, a part of a file name.

        Raises:
            NothingToDraw: a stage finds nothing that fits.
        """
        duration = self._wishes.duration or script.duration
        scale = duration / script.duration
        stages = [
            replace(stage, time=stage.time * scale, weight=weight)
            for stage, weight in self._flat(script)
        ]
        _refuse_short(script, stages, duration)
        taken: set[str] = set()
        parts = []
        for stage in stages:
            part = self._part(stage, taken)
            taken.update(item.id for item in part.items)
            parts.append(part)
        return Paper(
            id=f"{moment}-{script.id}",
            script=script.id,
            title=script.title,
            kind=script.kind,
            duration=duration,
            clock=script.clock,
            hints=script.hints,
            reveal=script.reveal,
            pass_mark=script.pass_mark,
            seed=self._wishes.seed,
            parts=tuple(parts),
        )

    def _flat(self, script: Script) -> Iterable[tuple[Stage, float]]:
        """Yield the stages with their weights, those of other scripts in place of their names."""
        for stage in script.stages:
            if stage.kind != "interview":
                yield stage, stage.weight
                continue
            other = self._library.scripts[stage.interview]
            scale = stage.time / other.duration
            whole = sum(inner.weight for inner in other.stages) or 1.0
            for inner in other.stages:
                yield (
                    replace(inner, id=f"{stage.id}/{inner.id}", time=inner.time * scale),
                    stage.weight * inner.weight / whole,
                )

    def _part(self, stage: Stage, taken: set[str]) -> Part:
        items: list[Item] = []
        if stage.kind == "code":
            items = self._problems(stage, taken)
        elif stage.kind == "choice":
            items = self._choices.draw(stage.pick, stage.items, self._rank)
        elif stage.kind == "talk":
            items = self._questions(stage, taken)
        elif stage.kind == "design":
            items = self._scenarios(stage, taken)
        return Part(
            id=stage.id,
            title=stage.title,
            kind=stage.kind,
            time=stage.time,
            hard=stage.hard,
            weight=stage.weight,
            order=stage.order,
            items=tuple(items),
            tests=stage.tests,
            say=stage.say,
            ask=stage.ask,
            commits=stage.commits,
        )

    # -- one method a kind of stage

    def _problems(self, stage: Stage, taken: set[str]) -> list[Item]:
        if stage.items:
            known = {candidate.kata.id: candidate for candidate in self._katas}
            for name in stage.items:
                if name not in known:
                    raise NothingToDraw(
                        f"[stage {stage.id}] kata {name!r} is not among the selected ones"
                        f"{did_you_mean(name, known)}"
                    )
            return [problem_item(known[name]) for name in stage.items]
        pick = stage.pick
        assert pick is not None
        levels = (self._wishes.level,) if self._wishes.level else pick.levels
        minutes = stage.time / 60
        fitting = [
            c
            for c in self._katas
            if c.kata.id not in taken
            and (not levels or c.kata.level in levels)
            and (not pick.tracks or c.track in pick.tracks)
            and (not pick.tags or set(pick.tags) & set(c.kata.topics))
            and (STAGED not in c.kata.topics or STAGED in pick.tags)
        ]
        ranked = sorted(fitting, key=lambda c: (c.turn, self._rank(c.kata.id)))
        found: list[Candidate] = []
        for candidate in ranked:
            spent = sum(other.kata.minutes for other in found)
            rest = pick.count - len(found) - 1
            # Leave the later ones at least the time of the shortest that there are.
            others = sorted(c.kata.minutes for c in fitting if c not in (*found, candidate))[:rest]
            if len(others) == rest and spent + candidate.kata.minutes + sum(others) <= minutes:
                found.append(candidate)
            if len(found) == pick.count:
                return [problem_item(candidate) for candidate in found]
        raise NothingToDraw(self._nothing(stage, fitting, levels, minutes))

    def _nothing(
        self, stage: Stage, fitting: list[Candidate], levels: tuple[str, ...], minutes: float
    ) -> str:
        assert stage.pick is not None
        count = stage.pick.count
        katas = f"{count} kata{'s' * (count != 1)}"
        if not self._katas:
            return "no kata is selected; name a folder of them, such as pytest --mock katas"
        level = f" of level {' or '.join(levels)}" if levels else ""
        if len(fitting) < count:
            staged = any(STAGED in c.kata.topics for c in self._katas)
            rounds = "; rounds of a project are played by its script" if staged else ""
            return (
                f"{katas}{level} wanted, {len(fitting)} of the {len(self._katas)} selected ones "
                f"fit: select more, or another --mock-level{rounds}"
            )
        shortest = sum(sorted(c.kata.minutes for c in fitting)[:count])
        return (
            f"{katas}{level} for {duration_text(minutes * 60)} wanted, the shortest take "
            f"{duration_text(shortest * 60)}: a longer --duration, or select others"
        )

    def _questions(self, stage: Stage, taken: set[str]) -> list[Item]:
        if stage.items:
            return [question_item(*self._known(name)) for name in stage.items]
        pick = stage.pick
        assert pick is not None
        bank = self._library.banks[pick.source]
        fitting = [
            question
            for question in bank.questions
            if question.id not in taken and (not pick.tags or set(pick.tags) & set(question.tags))
        ]
        chosen = self._first(stage, fitting, pick.count, f"questions of the bank {bank.id}")
        return [question_item(bank, question) for question in chosen]

    def _known(self, name: str) -> tuple[Bank, Question]:
        found = self._library.question(name)
        assert found is not None, "the library has checked it"
        return found

    def _scenarios(self, stage: Stage, taken: set[str]) -> list[Item]:
        if stage.items:
            return [scenario_item(self._library.scenarios[name]) for name in stage.items]
        pick = stage.pick
        assert pick is not None
        levels = (self._wishes.level,) if self._wishes.level else pick.levels
        fitting = [
            scenario
            for scenario in self._library.scenarios.values()
            if scenario.id not in taken
            and (not levels or scenario.level in levels)
            and (not pick.tags or set(pick.tags) & set(scenario.tags))
        ]
        return [scenario_item(s) for s in self._first(stage, fitting, pick.count, "scenarios")]

    def _first(self, stage: Stage, fitting: Sequence[_T], count: int, what: str) -> list[_T]:
        if len(fitting) < count:
            level = f" of level {self._wishes.level}" if self._wishes.level else ""
            raise NothingToDraw(
                f"[stage {stage.id}] {what}{level}: {count} wanted, {len(fitting) or 'none'} "
                f"there{'; try another --mock-level' * bool(level)}"
            )
        return sorted(fitting, key=lambda entry: self._rank(entry.id))[:count]  # type: ignore[attr-defined]

    def _rank(self, name: str) -> str:
        return rank(self._wishes.seed, name)


def _refuse_short(script: Script, stages: Sequence[Stage], duration: float) -> None:
    """Refuse a length that leaves a stage less than a minute, though its script gives it more.

    Raises:
        NothingToDraw: so it is; the message names the shortest length that fits.
    """
    tightest = min(stages, key=lambda stage: stage.time)
    if duration >= script.duration or tightest.time >= SHORTEST:
        return
    enough = min(duration * SHORTEST / tightest.time, script.duration)
    raise NothingToDraw(
        f"--duration {duration_text(duration)} leaves {duration_text(tightest.time)} for "
        f"{tightest.title!r}: {duration_text(60 * math.ceil(enough / 60))} is the least here"
    )


def rank(seed: int, name: str) -> str:
    """Return what something is ordered by under a seed, whatever else there is."""
    return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()
