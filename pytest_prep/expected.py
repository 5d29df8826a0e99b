"""The verdict that a submission must get, and a warning where it is too close to call."""

from __future__ import annotations

import math

import pytest

from pytest_prep.content.submission import Submission
from pytest_prep.judging.verdict import WORDS, Verdict


class TooClose(pytest.PytestWarning):
    """A submission's verdict hangs on the machine's mood: it is near the time limit."""


#: A slow submission must exceed the time limit by this factor, a right one must stay below by it.
MARGIN = 1.5


class Unexpected(Exception):
    """A submission did not get the verdict it must get; ``str(error)`` says so in lines."""


def assert_expected(submission: Submission, verdicts: dict[str, Verdict]) -> None:
    """Raise unless the verdicts, by case, are what the submission must get.

    Raises:
        Unexpected: they are not.
    """
    __tracebackhide__ = True
    lines = [
        f"{name}: {WORDS[verdict.status]}{': ' + verdict.summary if verdict.summary else ''}"
        for name, verdict in verdicts.items()
    ]
    got = {verdict.status for verdict in verdicts.values()}
    wanted = {submission.verdict}
    if submission.kind == "slow":
        # Which of its budgets it exceeds first hangs on the machine.
        wanted |= {"time_limit", "memory_limit"}
    problems = []
    if "kata_error" in got:
        problems.append("the kata itself is broken")
    elif submission.verdict == "accepted":
        if got != {"accepted"}:
            problems.append("must be accepted on every case, and is not")
    elif not wanted & got:
        problems.append(f"must get the verdict {submission.verdict} on some case, and does not")
    elif submission.kind == "slow" and got - wanted - {"accepted"}:
        problems.append("is to be right but slow, and is wrong too")
    for name in submission.caught_by:
        if name not in verdicts and not any(n.startswith(f"{name}[") for n in verdicts):
            problems.append(f"'caught by' names {name!r}, and there is no such case")
        elif all(v.accepted for n, v in verdicts.items() if n == name or n.startswith(f"{name}[")):
            problems.append(f"case {name} must reject it, and does not")
    if problems:
        why = f"{submission.kind}: {submission.reason}\n" if submission.reason else ""
        raise Unexpected("\n".join(f"{p}" for p in problems) + f"\n{why}" + "\n".join(lines))


def warn_if_close(item: pytest.Item, submission: Submission, verdicts: dict[str, Verdict]) -> None:
    """Warn where the time of a submission is too close to the limit for a verdict to be sure."""
    shares = {
        name: v.timing.answer / v.timing.budget if v.timing.finished else math.inf
        for name, v in verdicts.items()
        if v.timing is not None and v.status in ("accepted", "time_limit")
    }
    if not shares:
        return
    name = max(shares, key=lambda case: shares[case])
    share = shares[name]
    slow = submission.verdict == "time_limit"
    if slow and share < MARGIN:
        told = f"too close to call: {share:.2f} × the time limit on {name}; "
        told += f"make it at least {MARGIN:g} ×, with more data or a lower [budget] time"
    elif submission.verdict == "accepted" and share > 1 / MARGIN:
        told = f"too close to call: {share:.2f} × the time limit on {name}; "
        told += f"keep it below {1 / MARGIN:.2f} ×, with less data or a higher [budget] time"
    else:
        return
    item.warn(TooClose(f"{item.path.name}: {told}"))
