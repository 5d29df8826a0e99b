"""The cases of an SQL kata: the data sets on which an answer is judged."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pytest_prep.content.kata import Kata

SAMPLE = "sample"
REAL = "real"
#: No data set of its own: a search for the smallest data on which answer and reference differ.
GENERATED = "generated"


@dataclass(frozen=True)
class Case:
    """One data set: a script on top of the schema, or the kata's real data (``script`` None)."""

    name: str
    script: Path | None
    #: Whether the learner may see the data.
    visible: bool


def case_scripts(author_folder: Path) -> list[str]:
    """Return the file names under ``author_folder/cases``, sorted; none without the folder."""
    try:
        names = os.listdir(author_folder / "cases")  # noqa: PTH208 - called for every kata
    except FileNotFoundError:
        return []
    return sorted(name for name in names if name.endswith(".sql"))


def case_names(kata: Kata) -> list[str]:
    """Return the names of the cases that have data of their own."""
    names = [SAMPLE, *(name.removesuffix(".sql") for name in case_scripts(kata.author_folder))]
    if kata.dataset and kata.sql and kata.sql.result != "constraints":
        names.append(REAL)
    return names


def judged_names(kata: Kata) -> list[str]:
    """Return the names of all cases of an answer: :func:`case_names`, and the search."""
    sql = kata.sql
    searched = sql and sql.generated and sql.result != "constraints" and sql.engine == "duckdb"
    return [*case_names(kata), *([GENERATED] if searched else [])]


def case_of(kata: Kata, name: str) -> Case:
    """Return the case called ``name``, one of :func:`judged_names`."""
    if name == SAMPLE:
        return Case(name, kata.folder / "sample.sql", visible=True)
    if name in (REAL, GENERATED):
        return Case(name, None, visible=True)
    return Case(name, kata.author_folder / "cases" / f"{name}.sql", visible=False)


def about(script: str) -> str:
    """Return the sentence a case starts with: its first comment lines, joined."""
    words = []
    for line in script.split("\n"):
        if not line.startswith("--"):
            break
        words.append(line.removeprefix("--").strip())
    return " ".join(words)
