"""The folder of interviews: scripts, banks of questions and scenarios by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

from pytest_prep.content.bank import Bank, Question, read_bank
from pytest_prep.content.errors import ContentError, did_you_mean
from pytest_prep.content.interview import SCENARIOS, Script, Stage, read_script
from pytest_prep.content.scenario import Scenario, read_scenario


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


@dataclass
class Library:
    """Everything under ``interviews/`` that can be read, and the errors of the rest."""

    folder: Path
    scripts: dict[str, Script] = field(default_factory=dict)
    banks: dict[str, Bank] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    errors: list[ContentError] = field(default_factory=list)

    def question(self, name: str) -> tuple[Bank, Question] | None:
        """Return the question with this id and its bank."""
        for bank in self.banks.values():
            for question in bank.questions:
                if question.id == name:
                    return bank, question
        return None

    def script(self, name: str) -> Script:
        """Return the script with this id, the one of this kind, or one made for it alone.

        Of several of a kind it is the one whose id begins with it: ``behavioural-30``. A scenario
        or a question is played alone in the stage that would draw it. The beginning of an id is
        enough where no other begins so; upper and lower case are the same.

        Raises:
            ContentError: there is none, more than one fits, or it is broken.
        """
        path = self.folder / f"{name}.toml"
        for error in self.errors:
            if error.path == path:
                raise error
        found = self._named(name.lower())
        if found is not None:
            return found
        names = [*self.scripts, *self.scenarios, *self.question_ids]
        begun = [known for known in names if known.startswith(name.lower())] if name else []
        if begun:
            raise ContentError(
                self.folder, "", f"{name!r} may be any of {', '.join(begun)}: name one of them"
            )
        raise ContentError(
            self.folder,
            "",
            f"{_missing('interview', name, self.scripts, also=names)}; one system alone: "
            f"{', '.join(sorted(self.scenarios)) or 'none'}; "
            f"or one of {len(self.question_ids)} questions: the ids in {self.folder / 'banks'}",
        )

    def _named(self, name: str) -> Script | None:
        """Return what has this id or is the only one of this kind or beginning."""
        if name in self.scripts:
            return self.scripts[name]
        of_kind = [script.id for script in self.scripts.values() if script.kind == name]
        if len(of_kind) > 1:
            of_kind = [known for known in of_kind if known.startswith(f"{name}-")]
        if len(of_kind) == 1:
            return self.scripts[of_kind[0]]
        alone = self._alone(name)
        if alone is not None or not name:
            return alone
        for names in (list(self.scripts), list(self.scenarios), self.question_ids):
            begun = [known for known in names if known.startswith(name)]
            if len(begun) > 1:
                begun = [known for known in begun if known.startswith(f"{name}-")]
            if begun:
                only = begun[0] if len(begun) == 1 else ""
                return self.scripts.get(only) or self._alone(only)
        return None

    @property
    def question_ids(self) -> list[str]:
        """The ids of the questions of all banks."""
        return [question.id for bank in self.banks.values() for question in bank.questions]

    def _alone(self, name: str) -> Script | None:
        question = self.question(name)
        if question is not None:
            bank, asked = question
            return self._only(name, bank.id, (bank.title, "One question"), asked.minutes)
        if name in self.scenarios:
            scenario = self.scenarios[name]
            return self._only(name, SCENARIOS, (scenario.title, "The design"), scenario.minutes)
        return None

    def _only(
        self, name: str, source: str, titles: tuple[str, str], minutes: float
    ) -> Script | None:
        """Return the first stage that draws from ``source`` as a script, with one thing in it."""
        title, part = titles
        for script in self.scripts.values():
            for stage in script.stages:
                if stage.pick and stage.pick.source == source:
                    time = 60 * minutes
                    only = replace(stage, title=part, pick=None, items=(name,), time=time)
                    return replace(
                        script, id=name, title=title, duration=round(time), stages=(only,)
                    )
        return None


def load_library(folder: Path) -> Library:
    """Read every script, bank and scenario; broken ones are left out and their errors kept."""
    library = Library(folder)
    library.banks = _read(sorted(folder.glob("banks/*.toml")), read_bank, library.errors)
    library.scenarios = _read(
        sorted(folder.glob("scenarios/*.toml")), read_scenario, library.errors
    )
    library.scripts = _read(sorted(folder.glob("*.toml")), read_script, library.errors)
    for script in list(library.scripts.values()):
        try:
            for stage in script.stages:
                _check(script, stage, library)
        except ContentError as error:
            library.errors.append(error)
            del library.scripts[script.id]
    return library


def _check(script: Script, stage: Stage, library: Library) -> None:
    """See that what a stage names is there.

    Raises:
        ContentError: it is not.
    """

    def known(key: str, name: str, among: Iterable[str], what: str) -> None:
        names = sorted(among)
        if name not in names:
            raise ContentError(
                script.path,
                f"[stage {stage.id}] {key}",
                _missing(what, name, names),
            )

    if stage.kind == "interview":
        plain = [s.id for s in library.scripts.values() if s.kind != "loop"]
        known("interview", stage.interview, plain, "interview that is no loop itself")
    elif stage.kind == "talk":
        if stage.pick:
            known("pick from", stage.pick.source, library.banks, "bank")
        for name in stage.items:
            known("questions", name, library.question_ids, "question")
    elif stage.kind == "design":
        if stage.pick:
            known("pick from", stage.pick.source, (SCENARIOS,), "source")
        for name in stage.items:
            known("scenarios", name, library.scenarios, "scenario")


def _missing(what: str, name: str, known: Iterable[str], *, also: Iterable[str] = ()) -> str:
    names = sorted(known)
    there = f"there are: {', '.join(names)}" if names else "there is none at all"
    return f"there is no {what} {name!r}{did_you_mean(name, (*names, *also))} ({there})"


def _read(
    paths: Iterable[Path], read: Callable[[Path], _N], errors: list[ContentError]
) -> dict[str, _N]:
    found: dict[str, _N] = {}
    for path in paths:
        try:
            entry = read(path)
        except ContentError as error:
            errors.append(error)
        else:
            found[entry.id] = entry
    return found
