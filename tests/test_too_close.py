"""A submission whose time is near the limit gets a warning of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prep.content.submission import Submission
from pytest_prep.expected import TooClose, warn_if_close
from pytest_prep.judging.verdict import Status, Timing, Verdict


class Item:
    """Stands in for a submission's item and keeps its warnings."""

    path = Path("slow_list.py")

    def __init__(self) -> None:
        self.heard: list[TooClose] = []

    def warn(self, warning: TooClose) -> None:
        """Keep a warning."""
        self.heard.append(warning)


def warned(kind: str, status: Status, used: float, *, finished: bool = True) -> list[str]:
    """Return the warnings about a submission that used so many seconds of two."""
    expected = "time_limit" if kind == "slow" else "accepted"
    submission = Submission(Item.path, kind, "", expected, ())
    timing = Timing(used, 0.2, 10.0, 2.0, finished)
    item = Item()
    warn_if_close(item, submission, {"real": Verdict(status, timing=timing)})  # type: ignore[arg-type]
    return [str(warning) for warning in item.heard]


@pytest.mark.parametrize(("used", "close"), [(2.2, True), (2.9, True), (3.1, False), (9.0, False)])
def test_slow(used: float, close: bool) -> None:
    """Less than one and a half times the limit is too close."""
    found = warned("slow", "time_limit", used)
    assert bool(found) == close
    if close:
        assert f"{used / 2:.2f} × the time limit on real" in found[0]


@pytest.mark.parametrize(("used", "close"), [(0.1, False), (1.2, False), (1.5, True)])
def test_right(used: float, close: bool) -> None:
    """More than two thirds of the limit is too close for a reference or another right way."""
    for kind in ("answer", "accepted"):
        assert bool(warned(kind, "accepted", used)) == close


def test_stopped_is_clear() -> None:
    """What was stopped at four times its budget is slow without doubt."""
    assert warned("slow", "time_limit", 2.1, finished=False) == []


def test_wrong_ones_are_not_timed() -> None:
    """How long a wrong answer takes is nobody's concern."""
    assert warned("wrong", "wrong_answer", 1.9) == []
