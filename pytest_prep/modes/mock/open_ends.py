"""What is still open where a candidate is about to hand in."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_prep.modes.mock.interviewer import asks_back
from pytest_prep.modes.mock.state import State


def open_ends(state: State) -> str:
    """Return what was not answered in what ``s`` would hand in, ``""`` for nothing.

    A talk may be answered aloud: it is open only where nothing was written and nothing asked back.
    """
    if state.phase != "running" or state.current_part.kind == "break" or asks_back(state):
        return ""
    work, data = state.work, state.current.data
    if state.current_part.kind == "choice":
        works = state.works[state.part]
        open_ = sum(work.chosen is None for work in works)
        return f"{open_} of {len(works)} not answered" if open_ else ""
    if work.closed:
        return ""
    if state.current_part.kind == "code":
        saved = work.saves[-1][1] if work.saves else data["starter"]
        return "it is still the starter" if saved == data["starter"] else ""
    written = [section["id"] for section in data["sections"] if work.answers.get(section["id"])]
    if state.current_part.kind == "talk":
        return "" if written or work.asked_back else "nothing is written"
    return ", ".join(
        [
            *_missing("parts", data["sections"], written),
            *_missing("estimates", data["estimates"], list(work.estimates)),
        ]
    )


def _missing(what: str, wanted: Sequence[object], done: Sequence[str]) -> list[str]:
    open_ = len(wanted) - len(done)
    return [f"{open_} of {len(wanted)} {what} not answered"] if open_ else []
