"""Read and validate one bank of questions, ``interviews/banks/<id>.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.rubric import Criterion, read_rubric
from pytest_prep.content.toml_table import Table, read_toml

#: The parts of an answer, by form: STAR with a look back, or one text.
FORMS: dict[str, tuple[str, ...]] = {
    "star": ("situation", "task", "action", "result", "differently"),
    "free": ("answer",),
}


@dataclass(frozen=True)
class Question:
    """One question that is answered aloud, or in writing."""

    id: str
    text: str
    tags: tuple[str, ...]
    #: Minutes that an answer takes.
    minutes: float
    #: What an interviewer asks next.
    probes: tuple[str, ...]
    #: What a good answer holds, by part of the answer (and ``differently``); shown afterwards.
    points: dict[str, tuple[str, ...]]
    #: Signs of a weak answer; shown afterwards.
    weak: tuple[str, ...]
    #: An example of an answer, or ``""``; shown afterwards.
    model: str


@dataclass(frozen=True)
class Bank:
    """Questions of one kind, and the rubric by which all their answers are marked."""

    path: Path
    id: str
    title: str
    #: One of :data:`FORMS`.
    form: str
    rubric: tuple[Criterion, ...]
    questions: tuple[Question, ...]


def read_bank(path: Path) -> Bank:
    """Read a bank.

    Raises:
        ContentError: the file cannot be read, or something in it does not fit.
    """
    top = read_toml(path)
    head = Table(path, "bank", top.take("bank", dict, "a table [bank]"))
    name = head.id()
    if name != path.stem:
        raise head.error("id", f"{name!r} differs from the file's name {path.stem!r}; make it one")
    title = head.take("title", str, "a text")
    form = head.choice("form", tuple(FORMS), "a form", "free")
    minutes = _minutes(head, 2.0)
    head.finish()
    questions = top.entries("question", lambda t: _question(t, form, minutes), "question")
    if not questions:
        raise top.error("[[question]]", "there is none; a bank has at least one")
    bank = Bank(path, name, title, form, read_rubric(top), questions)
    top.finish()
    return bank


def _question(table: Table, form: str, minutes: float) -> Question:
    points = table.take("points", dict, "a table of lists of texts", {})
    parts = tuple(dict.fromkeys((*FORMS[form], "differently")))
    lists = Table(table.path, f"{table.name}] [points", points)
    for part in points:
        if part not in parts:
            raise lists.error(
                part,
                f"is no part of an answer ({', '.join(parts)}){did_you_mean(part, parts)}",
            )
    return Question(
        id=table.id(),
        text=table.take("text", str, "the question"),
        tags=table.words("tags", "texts"),
        minutes=_minutes(table, minutes),
        probes=table.words("probes", "texts"),
        points={part: lists.words(part, "texts") for part in parts if part in points},
        weak=table.words("weak", "texts"),
        model=table.take("model", str, "a text", ""),
    )


def _minutes(table: Table, default: float) -> float:
    minutes = float(table.take("minutes", (int, float), "a number of minutes", default))
    if not 0 < minutes <= 240:
        raise table.error("minutes", f"{minutes:g} is not between 0 and 240")
    return minutes
