"""The plugin inside the judging child: judge the copy of an answer, and write the verdicts down.

Loaded with ``-p`` into a pytest of its own, see :mod:`pytest_prep.modes.mock.judge`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pytest_prep.nodes import PRACTICE

#: The environment variable by which the child is told: JSON with ``answer`` and ``verdicts``.
ORDER = "PREP_MOCK_JUDGE"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Put the copy in the place of the kata's own answer."""
    session.config.stash[PRACTICE].judged = Path(_order()["answer"])


def pytest_prep_verdict(case: str, verdict: dict[str, Any]) -> None:
    """Write a verdict down as soon as it is there."""
    line = json.dumps({"case": case, "verdict": verdict}) + "\n"
    with Path(_order()["verdicts"]).open("a", encoding="utf-8") as file:
        file.write(line)


def _order() -> dict[str, str]:
    order: dict[str, str] = json.loads(os.environ[ORDER])
    return order
