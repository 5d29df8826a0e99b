"""What a session found out about its katas → attempts, and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final, NamedTuple

from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.events import (
    ATTEMPT,
    HINT,
    OPEN,
    PLAN,
    RESET,
    REVEAL,
    Event,
    is_solve,
    minutes_of,
    new_event,
)
from pytest_prep.progress.rollups import whole
from pytest_prep.progress.store import Store, Trail

#: A longer pause between two things done is no practice; nor is one that is twice as long as a
#: prepared person needs for the kata.
LONGEST_PAUSE: Final = timedelta(minutes=30)

#: Verdicts that say nothing about an answer: nothing was tried, or the kata is broken.
NO_ATTEMPT: Final = ("todo", "kata_error")


# Tuples, since every session pays for what is made here, and a dataclass takes ten times as long.
class Tried(NamedTuple):
    """What a session found out about one kata."""

    kata: str
    #: The kata's folder, relative to the root, with forward slashes.
    path: str
    track: str
    level: str
    topics: tuple[str, ...]
    #: What a prepared person needs.
    minutes: int
    #: The verdict that speaks for the kata, and that of each case judged.
    status: str
    cases: dict[str, str]
    #: Whether these are all cases of the kata.
    complete: bool
    #: The text that was judged.
    answer: str
    #: Seconds of judging.
    duration: float
    #: The largest share of a time budget, None where no budget applied.
    ratio: float | None


class Outcome(NamedTuple):
    """What a session changed."""

    #: Folders of katas accepted for the first time, again, and not any more.
    accepted: tuple[str, ...] = ()
    accepted_again: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    #: Folders of katas accepted on some of their cases, while the others were not judged.
    partial: tuple[str, ...] = ()
    #: Minutes practised on this study day, and the goal chosen in the plan (None: not chosen).
    minutes: float = 0.0
    goal: int | None = None


def record_attempts(store: Store, found: Sequence[Tried]) -> Outcome:
    """Keep the attempts among ``found`` in one transaction, and say what changed.

    An answer judged before, with the same verdict on each case, is no new attempt. One kata that
    is to do, and nothing else, was opened.

    Raises:
        StoreError: nothing was kept.
    """
    moment = now()
    day = study_day(moment).isoformat()
    trails = {tried.kata: Trail() for tried in found} | store.trails(t.kata for t in found)
    fresh = [
        tried
        for tried in found
        if tried.status not in NO_ATTEMPT and not _is_known(tried, trails[tried.kata])
    ]
    events = []
    if fresh:
        last = max((tally.last for tally in store.tallies(day)), default="")
        spent = _spent(fresh, last, moment) / len(fresh)
        events = [_attempt(tried, trails[tried.kata], spent, moment) for tried in fresh]
    elif len(found) == 1 and found[0].status == "todo" and _is_unopened(trails[found[0].kata]):
        events = [new_event(OPEN, {"kata": found[0].kata}, moment=moment)]
    store.append(events)
    minutes = sum(tally.milliseconds for tally in store.tallies(day)) / 60_000
    return _outcome(found, fresh, trails, minutes, _goal(store.events([PLAN])))


def _is_known(tried: Tried, trail: Trail) -> bool:
    """Tell whether the last attempt was the same answer with the same verdicts."""
    if trail.last is None or _was_reset(trail):
        return False
    before = trail.last.data
    cases = before.get("cases")
    return (
        before.get("answer_hash") == _hash(tried.answer)
        and before.get("status") == tried.status
        and isinstance(cases, dict)
        and tried.cases.items() <= cases.items()
        and (bool(before.get("complete")) or not tried.complete)
    )


def _begin(trail: Trail) -> tuple[str, str]:
    """Return the time and id after which the current round at a kata began: a solve, a reset."""
    last = trail.last
    solved = _place(last) if last is not None and is_solve(last.data) else (trail.solved, "")
    return max([solved, *(_place(mark) for mark in trail.marks if mark.kind == RESET)])


def _place(event: Event) -> tuple[str, str]:
    return event.time, event.id


def _marks(trail: Trail) -> list[Event]:
    """Return what was opened, hinted, revealed and reset in this round."""
    return [mark for mark in trail.marks if _place(mark) >= _begin(trail)]


def _tried_before(trail: Trail) -> Event | None:
    """Return the last attempt of this round."""
    return trail.last if trail.last is not None and _place(trail.last) > _begin(trail) else None


def _was_reset(trail: Trail) -> bool:
    """Tell whether the starter came back after the last attempt."""
    return trail.last is not None and _begin(trail) > _place(trail.last)


def _is_unopened(trail: Trail) -> bool:
    return not _marks(trail) and _tried_before(trail) is None


def _elapsed(tried: Tried, trail: Trail, moment: datetime) -> float:
    """Return the seconds since the kata was opened or first tried, without long pauses."""
    seconds, events = 0.0, _marks(trail)
    before = _tried_before(trail)
    if before is not None:
        seconds = whole(before.data.get("elapsed"), 1000) / 1000
        events = [before, *(mark for mark in events if _place(mark) > _place(before))]
    moments = [*(datetime.fromisoformat(event.time) for event in events), moment]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    return seconds + sum(gap.total_seconds() for gap in gaps if _is_practice(gap, tried.minutes))


def _is_practice(gap: timedelta, minutes: int) -> bool:
    return timedelta(0) <= gap <= max(LONGEST_PAUSE, timedelta(minutes=2 * minutes))


def _spent(fresh: list[Tried], last: str, moment: datetime) -> float:
    """Return the seconds of practice that end with these attempts.

    They began with the last thing done on this study day; after a long pause nobody knows.
    """
    if not last:
        return 0.0
    gap = moment - datetime.fromisoformat(last)
    needed = max(tried.minutes for tried in fresh)
    return gap.total_seconds() if _is_practice(gap, needed) else 0.0


def _attempt(tried: Tried, trail: Trail, spent: float, moment: datetime) -> Event:
    data: dict[str, Any] = {
        "kata": tried.kata,
        "path": tried.path,
        "track": tried.track,
        "level": tried.level,
        "topics": list(tried.topics),
        "minutes": tried.minutes,
        "status": tried.status,
        "cases": tried.cases,
        "complete": tried.complete,
        "answer": tried.answer,
        "answer_hash": _hash(tried.answer),
        "elapsed": round(_elapsed(tried, trail, moment), 3),
        "spent": round(spent, 3),
        "hints": _hints(trail),
        "revealed": any(mark.kind == REVEAL for mark in _marks(trail)),
        "duration": round(tried.duration, 4),
        "ratio": None if tried.ratio is None else round(tried.ratio, 4),
    }
    return new_event(ATTEMPT, data, moment=moment)


def _hints(trail: Trail) -> int:
    numbers = [m.data.get("number", 1) for m in _marks(trail) if m.kind == HINT]
    return max((number for number in numbers if isinstance(number, int)), default=0)


def _outcome(
    found: Sequence[Tried],
    fresh: Sequence[Tried],
    trails: dict[str, Trail],
    minutes: float,
    goal: int | None,
) -> Outcome:
    accepted, again, lost = [], [], []
    for tried in fresh:
        trail = trails[tried.kata]
        if tried.status != "accepted":
            if _is_solved(trail):
                lost.append(tried.path)
        elif tried.complete and not trail.solved:
            accepted.append(tried.path)
        elif tried.complete and not _is_solved(trail):
            again.append(tried.path)
    partial = [
        tried.path
        for tried in found
        if tried.status == "accepted" and not tried.complete and not _is_solved(trails[tried.kata])
    ]
    return Outcome(tuple(accepted), tuple(again), tuple(lost), tuple(partial), minutes, goal)


def _is_solved(trail: Trail) -> bool:
    """Tell whether the last answer to the kata was accepted, and still stands."""
    return trail.last is not None and is_solve(trail.last.data) and not _was_reset(trail)


def _goal(plans: Iterable[Event]) -> int | None:
    goal = None
    for event in plans:
        goal = minutes_of(event.data) or goal
    return goal


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
