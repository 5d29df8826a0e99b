"""How each kata stands in the record: hints taken, revealed or not, the last verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from pytest_prep.progress.events import (
    ATTEMPT,
    HINT,
    RESET,
    REVEAL,
    UNDO,
    Event,
    is_solve,
    standing,
)

#: The kinds of events that :func:`standings` reads.
READ: Final = (ATTEMPT, HINT, REVEAL, RESET, UNDO)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says of one kata."""

    #: How many of its hints were shown.
    hints: int = 0
    revealed: bool = False
    #: Whether an attempt was accepted, ever.
    accepted: bool = False
    #: The verdict of the last attempt on all cases since the last reset, ``""`` without one.
    last: str = ""
    #: Whether the starter was brought back after the last attempt.
    was_reset: bool = False


NEVER_SEEN: Final = Standing()


def standings(events: Iterable[Event]) -> dict[str, Standing]:
    """Return the standing of each kata by its id, replayed from the events in their order."""
    found: dict[str, Standing] = {}
    for event in standing(events):
        kata = event.data.get("kata")
        if isinstance(kata, str):
            found[kata] = _after(found.get(kata, NEVER_SEEN), event.kind, event.data)
    return found


def _after(before: Standing, kind: str, data: dict[str, Any]) -> Standing:
    if kind == HINT:
        number = data.get("number")
        return replace(before, hints=max(before.hints, number if type(number) is int else 0))
    if kind == REVEAL:
        return replace(before, revealed=True)
    if kind == RESET:
        return replace(before, last="", was_reset=True)
    # An attempt on some of the cases decides nothing when it is accepted.
    status = str(data.get("status", ""))
    if kind != ATTEMPT or (status == "accepted" and not is_solve(data)):
        return before
    accepted = before.accepted or status == "accepted"
    return replace(before, accepted=accepted, last=status, was_reset=False)
