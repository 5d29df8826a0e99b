"""Settings of the modes about single katas: ``--katas`` and ``--review``."""

from __future__ import annotations

import re

import pytest

from pytest_prep.content.errors import did_you_mean
from pytest_prep.options import KATA_STATUSES


def read_score(text: str | None) -> float | None:
    """Return the score that ``--review-fail-under`` asks for.

    Raises:
        pytest.UsageError: it is none.
    """
    if text is None:
        return None
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 100:
        raise pytest.UsageError(f"--review-fail-under: {text!r} is not a score from 0 to 100")
    return score


def read_statuses(text: str | None) -> tuple[str, ...]:
    """Return the statuses that ``--katas-status`` names.

    Raises:
        pytest.UsageError: one of them is none.
    """
    words = (re.sub(r"[\s-]", "", word) for word in (text or "").split(","))
    chosen = tuple(filter(None, words))
    for word in chosen:
        if word not in KATA_STATUSES:
            raise pytest.UsageError(
                f"--katas-status: {word!r} is not a status ({', '.join(KATA_STATUSES)})"
                f"{did_you_mean(word, KATA_STATUSES)}"
            )
    return chosen
