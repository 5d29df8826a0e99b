"""The plugin inside the judging child: judge the copy of an answer, and write down what was found.

Loaded with ``-p`` into a pytest of its own, see :mod:`pytest_prep.modes.mock.judge`.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_prep.judging.verdict import Verdict
from pytest_prep.modes.mock.own_tests import try_tests
from pytest_prep.nodes import PRACTICE, KataDir

if TYPE_CHECKING:
    from pytest_prep.content.kata import Kata

#: The environment variable by which the child is told: JSON with ``answer``, ``found`` (the file
#: to write to), ``review`` (whether it is reviewed too) and ``tests`` (the candidate's own).
ORDER = "PREP_MOCK_JUDGE"

_VERDICTS: pytest.StashKey[dict[str, Verdict]] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Put the copy in the place of the kata's own answer."""
    session.config.stash[PRACTICE].judged = Path(_order()["answer"])
    session.config.stash[_VERDICTS] = {}


def pytest_prep_verdict(config: pytest.Config, case: str, verdict: dict[str, Any]) -> None:
    """Write a verdict down as soon as it is there."""
    config.stash[_VERDICTS][case] = Verdict.from_dict(verdict)
    _write({"case": case, "verdict": verdict})


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Try the candidate's own tests, and review the answer, where that is asked for."""
    folders = [folder for item in session.items if (folder := item.getparent(KataDir))]
    if not folders:
        return
    kata, order = folders[0].kata, _order()
    if order["tests"].strip() and kata.suffix == ".py":
        _write({"tested": try_tests(order["tests"], kata.author_folder)})
    if order["review"]:
        _review(session, kata)


def _review(session: pytest.Session, kata: Kata) -> None:
    from pytest_prep.judging.review import Surroundings, review

    practice = session.config.stash[PRACTICE]
    settings = practice.settings
    verdicts = session.config.stash[_VERDICTS]
    around = Surroundings(
        judge=practice.judge,
        translator=practice.translator,
        verdicts=verdicts,
        fork=settings.isolation == "fork",
        cache=settings.root / ".prep" / "review",
    )
    text = Path(_order()["answer"]).read_text(encoding="utf-8")
    made = review(kata, text, around)
    if made.score is not None:
        findings = [asdict(finding) for finding in made.findings]
        measures = [{"name": measure.name, "text": measure.text} for measure in made.measures]
        found = {"score": made.score, "findings": findings, "measures": measures}
        _write({"review": found})


def _write(entry: dict[str, Any]) -> None:
    with Path(_order()["found"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def _order() -> dict[str, Any]:
    order: dict[str, Any] = json.loads(os.environ[ORDER])
    return order
