"""A verdict, to and from a dict of primitives: the one format that crosses processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from pytest_prep.judging.difference import Difference

Status = Literal[
    "accepted",
    "todo",
    "wrong_answer",
    "time_limit",
    "memory_limit",
    "runtime_error",
    "invalid",
    "kata_error",
]
STATUSES: tuple[Status, ...] = get_args(Status)

#: Of several verdicts on one kata, the first of these speaks for it.
GRAVITY: tuple[Status, ...] = (
    "kata_error",
    "invalid",
    "runtime_error",
    "wrong_answer",
    "memory_limit",
    "time_limit",
    "todo",
    "accepted",
)

WORDS: dict[Status, str] = {
    "accepted": "accepted",
    "todo": "to do",
    "wrong_answer": "wrong answer",
    "time_limit": "too slow",
    "memory_limit": "too much memory",
    "runtime_error": "crashed",
    "invalid": "invalid",
    "kata_error": "broken kata",
}


@dataclass(frozen=True)
class Timing:
    """CPU seconds of an answer and of the reference on the same data.

    In the same run, but where an answer was accepted by what the reference took in an earlier one.
    """

    answer: float
    reference: float
    factor: float
    #: Seconds that the answer may use: ``max(floor, factor × reference)``.
    budget: float
    #: False where the answer was stopped: ``answer`` is then a lower bound.
    finished: bool = True


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one answer on one case."""

    status: Status
    #: One line: what is wrong. Empty when accepted.
    summary: str = ""
    #: Further lines of plain text: an engine's message, the data of a refused row, …
    detail: str = ""
    #: What the case's data holds, in its author's words.
    about: str = ""
    difference: Difference | None = None
    #: The smallest data found on which the answer is wrong, as ``Counterexample.to_dict`` has it.
    counterexample: dict[str, Any] | None = None
    timing: Timing | None = None
    #: The learner's 1-based line where it went wrong, if known.
    line: int | None = field(default=None)

    @property
    def accepted(self) -> bool:
        """Whether the answer is right on this case."""
        return self.status == "accepted"

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as str, int, float, bool, None, list and dict only."""
        timing = self.timing
        return {
            "status": self.status,
            "summary": self.summary,
            "detail": self.detail,
            "about": self.about,
            "difference": self.difference.to_dict() if self.difference else None,
            "timing": [
                timing.answer,
                timing.reference,
                timing.factor,
                timing.budget,
                timing.finished,
            ]
            if timing
            else None,
            "counterexample": self.counterexample,
            "line": self.line,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        """Rebuild what :meth:`to_dict` returned, also after a trip through JSON.

        Raises:
            ValueError: ``data`` names no known status.
        """
        if data["status"] not in STATUSES:
            raise ValueError(f"{data['status']!r} is not a status")
        timing = data["timing"]
        difference = None
        if data["difference"]:
            from pytest_prep.judging.difference import Difference

            difference = Difference.from_dict(data["difference"])
        return cls(
            status=data["status"],
            summary=data["summary"],
            detail=data["detail"],
            about=data["about"],
            difference=difference,
            timing=Timing(*timing) if timing else None,
            counterexample=data["counterexample"],
            line=data["line"],
        )


def gravest(statuses: list[Status]) -> Status:
    """Return the status that speaks for a whole kata.

    Raises:
        ValueError: ``statuses`` is empty.
    """
    return min(statuses, key=GRAVITY.index)
