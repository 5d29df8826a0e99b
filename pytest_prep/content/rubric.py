"""A rubric: criteria, each with four anchors, by which a talk is marked from 1 to 4."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_prep.content.toml_table import Table

#: Marks of a criterion.
MARKS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric."""

    id: str
    title: str
    #: What a mark of 1, 2, 3 and 4 looks like.
    anchors: tuple[str, ...]


def read_rubric(top: Table) -> tuple[Criterion, ...]:
    """Read the array ``[[criterion]]``.

    Raises:
        ContentError: there is none, or one of them is wrong.
    """
    rubric = top.entries("criterion", _criterion, "criterion")
    if not rubric:
        raise top.error("[[criterion]]", "there is none; a talk is marked by at least one")
    return rubric


def _criterion(table: Table) -> Criterion:
    anchors = table.words("anchors", "texts", default=...)
    if len(anchors) != len(MARKS) or not all(anchor.strip() for anchor in anchors):
        raise table.error(
            "anchors", f"{len(anchors)} given; exactly four are needed: for the marks 1, 2, 3 and 4"
        )
    return Criterion(table.id(), table.take("title", str, "a text"), anchors)
