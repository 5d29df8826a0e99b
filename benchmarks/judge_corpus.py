"""Reads the corpus of answers in ``tests/judge_corpus``: one SQL file a schema.

Lines that begin with ``---`` divide a file: ``schema`` once, then for each question ``question:``,
perhaps ``order:`` (the columns that the rows are ordered by), ``reference``, and any number of
``wrong:`` and ``right:`` answers, each with a sentence on the mistake or the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "tests" / "judge_corpus"
#: The search is tuned on the first half only; the second is for measuring.
HALVES = ("tuned", "held_out")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question."""

    half: str
    #: ``shop 2`` is the second question of ``shop.sql``.
    question: str
    schema: str
    reference: str
    order: tuple[str, ...]
    right: bool
    about: str
    sql: str


def read_corpus(half: str) -> list[Answer]:
    """Return the answers of a half, file by file.

    Raises:
        ValueError: a section has an unknown name.
    """
    answers = []
    for path in sorted((CORPUS / half).glob("*.sql")):
        answers += _read(half, path)
    return answers


def _read(half: str, path: Path) -> list[Answer]:
    answers = []
    schema = reference = ""
    order: tuple[str, ...] = ()
    number = 0
    for section in path.read_text().split("--- ")[1:]:
        heading, _, body = section.partition("\n")
        name, _, about = heading.partition(":")
        match name.strip():
            case "schema":
                schema = body
            case "question":
                number += 1
                order = ()
            case "order":
                order = tuple(column.strip() for column in about.split(","))
            case "reference":
                reference = body.strip()
            case "wrong" | "right" as kind:
                answers.append(
                    Answer(
                        half=half,
                        question=f"{path.stem} {number}",
                        schema=schema,
                        reference=reference,
                        order=order,
                        right=kind == "right",
                        about=about.strip(),
                        sql=body.strip(),
                    )
                )
            case other:
                raise ValueError(f"{path}: unknown section {other!r}")
    return answers
