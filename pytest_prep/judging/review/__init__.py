"""Reviews of answers: how they are written, beside whether they are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.content.answer import is_starter, read_text
from pytest_prep.content.errors import ContentError
from pytest_prep.judging.review.model import (
    Covered,
    Finding,
    Measure,
    Review,
    Surroundings,
    nothing_to_review,
)

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata

__all__ = ["Covered", "Finding", "Measure", "Review", "Surroundings", "review"]

NOTHING = Surroundings()


def review(kata: Kata, answer: str, around: Surroundings = NOTHING) -> Review:
    """Review an answer, accepted or not.

    Args:
        kata: its kata.
        answer: its text.
        around: what may be asked and is known already; what is left out is *not measured*.
    """
    try:
        starter = read_text(kata.starter)
    except ContentError as error:
        return nothing_to_review(kata.id, str(error))
    if is_starter(answer, starter, kata.suffix):
        return nothing_to_review(kata.id, "still the starter")
    if kata.sql:
        from pytest_prep.judging.review.sql import review_sql

        return review_sql(kata, answer, around)
    from pytest_prep.judging.review.python import review_python

    return review_python(kata, answer, around)
