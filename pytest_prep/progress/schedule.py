"""What a study plan asks of today: what fits into the minutes, what does not, and what may wait.

The rules, in the order of the plans' own list: done tasks count; the minutes expected are compared
with those there are, and what does not fit is named; when time is short, priority 0 goes before 1
and 2, and inside a priority weak topics first; nothing new on the last day; topics without a record
are not weak; tasks of missed days go back to a pool and are not piled up; every day has a review of
due cards unless the plan forbids it; optional tasks never count against a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from pytest_prep.content.plan import Block, Plan, Task
from pytest_prep.progress.state import Record
from pytest_prep.progress.tasks import works_of
from pytest_prep.progress.tiers import dealt
from pytest_prep.progress.work import NEW_MATERIAL, Shelf, Work


@dataclass(frozen=True, slots=True)
class Position:
    """Where today is in a plan."""

    #: From 1; 0 or less before the plan begins; None in a plan without days.
    day: int | None
    #: Days until the interview, None where its date is not known.
    days_left: int | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block of today."""

    block: Block
    works: tuple[Work, ...]

    @property
    def needed(self) -> float:
        """Minutes that its tasks needed at the beginning of the day."""
        return sum(work.at_start for work in self.works if not work.task.optional)

    @property
    def over(self) -> float:
        """Minutes by which that is more than the block has at most."""
        return max(self.needed - self.block.minutes[1], 0.0)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Today."""

    plan: Plan
    position: Position
    #: Minutes there are today, and minutes that today's own tasks needed at its beginning.
    available: float
    needed: float
    #: The review of due cards that the plan itself does not name.
    review: Work | None
    #: Today's blocks, with those of their tasks that fit.
    blocks: tuple[BlockPlan, ...]
    #: Tasks of days before that fit in beside them.
    from_pool: tuple[Work, ...]
    #: Today's tasks for which there is no time; tasks that the last day holds back as new.
    not_fitting: tuple[Work, ...]
    held_back: tuple[Work, ...]
    #: Tasks of days before for which there is no room today either.
    waiting: tuple[Work, ...]
    #: What can be done about what does not fit.
    choices: tuple[str, ...]
    #: For each later day: its number, minutes needed, and minutes there are.
    ahead: tuple[tuple[int, float, float], ...]
    #: Every task of the plan.
    works: tuple[Work, ...]

    @property
    def today(self) -> tuple[Work, ...]:
        """Everything that fits into today, in order."""
        review = (self.review,) if self.review else ()
        inside = (work for block in self.blocks for work in block.works)
        return (*review, *inside, *self.from_pool)


def position_of(plan: Plan, today: str, since: str, interview: str) -> Position:
    """Return where a day is in a plan.

    Args:
        plan: the plan.
        today: the study day.
        since: the study day on which the plan was chosen.
        interview: the date of the interview, or ``""``.
    """
    now = date.fromisoformat(today)
    left = (date.fromisoformat(interview) - now).days if interview else None
    if plan.days is None:
        return Position(None, left, is_last=left == 0)
    if plan.anchor == "interview" and left is not None:
        day = plan.interview_day - left
    else:
        day = (now - date.fromisoformat(since)).days + 1
    before_it = plan.anchor == "interview" and day >= plan.days > 1
    return Position(day, left, is_last=left is not None and (left <= 0 or before_it))


def schedule(
    plan: Plan,
    shelf: Shelf,
    record: Record,
    *,
    today: str,
    position: Position,
    minutes: float | None = None,
) -> DayPlan:
    """Work out today.

    Args:
        plan: the plan, with days or in tiers, not by the clock.
        shelf: what there is to practise with.
        record: what the learner did.
        today: the study day.
        position: where it is in the plan.
        minutes: what the learner has today, None for what the blocks ask for.
    """
    works = works_of(plan, shelf, record, today)
    own = [work for work in works if position.day is None or work.block.day == position.day]
    blocks = [b for b in plan.blocks if position.day is None or b.day == position.day]
    available = minutes
    if available is None:
        available = float(sum(block.minutes[1] for block in blocks)) if position.day else 60.0
    review = _daily_review(plan, own, shelf, record, today)
    room = available - (review.at_start if review else 0.0)
    due = [work for work in own if not work.was_done and not work.task.optional]
    held: list[Work] = []
    if position.is_last:
        held = [work for work in due if work.task.do in NEW_MATERIAL]
        due = [work for work in due if work.task.do not in NEW_MATERIAL]
    needed = sum(work.at_start for work in due) + (review.at_start if review else 0.0)
    if position.day is None:
        chosen, rest = dealt(plan.shares, works, due, room)
    else:
        chosen, rest = _fill(due if needed <= available else sorted(due, key=_urgency), room)
    room -= sum(work.at_start for work in chosen)
    pool = _pool(works, position)
    if position.is_last:
        held += [work for work in pool if work.task.do in NEW_MATERIAL]
        pool = [work for work in pool if work.task.do not in NEW_MATERIAL]
    from_pool, waiting = _fill(sorted(pool, key=_urgency), room)
    shown = {work.slot.place for work in chosen}
    shown |= {work.slot.place for work in own if work.is_done or work.task.optional}
    if position.day is None:
        shown = {work.slot.place for work in chosen}
        shown |= {w.slot.place for w in own if w.done and not w.was_done}
    planned = tuple(
        BlockPlan(block, tuple(w for w in own if w.block is block and w.slot.place in shown))
        for block in blocks
    )
    ahead = tuple(_ahead(plan, works, position, minutes))
    over = rest if position.day is not None else _too_much(rest, available, position)
    not_fitting = tuple(work for work in over if not work.is_done)
    return DayPlan(
        plan=plan,
        position=position,
        available=available,
        needed=needed,
        review=review,
        blocks=tuple(block for block in planned if block.works),
        from_pool=tuple(from_pool),
        not_fitting=not_fitting,
        held_back=tuple(held),
        waiting=tuple(waiting),
        choices=_choices(not_fitting, (needed, available), ahead, position, plan),
        ahead=ahead,
        works=works,
    )


def _urgency(work: Work) -> tuple[int, int, int]:
    """Order by priority, then weak topics first, then the plan's own order."""
    return work.block.priority, work.weak, work.slot.place


def _fill(works: Iterable[Work], room: float) -> tuple[list[Work], list[Work]]:
    """Return what fits into so many minutes, in order, and what does not."""
    chosen: list[Work] = []
    rest: list[Work] = []
    for work in works:
        if work.at_start <= room:
            chosen.append(work)
            room -= work.at_start
        else:
            rest.append(work)
    return chosen, rest


def _pool(works: Iterable[Work], position: Position) -> list[Work]:
    """Return what was left of days before."""
    if position.day is None:
        return []
    return [
        work
        for work in works
        if (work.block.day or 0) < position.day
        and not work.was_done
        and work.at_start > 0
        and not work.task.optional
        and work.task.do != "review"
    ]


def _daily_review(
    plan: Plan, own: list[Work], shelf: Shelf, record: Record, today: str
) -> Work | None:
    named = any(work.task.do == "review" for work in own)
    if not plan.review or (named and plan.days is not None):
        return None
    task = Task("review", key="review", minutes=plan.review)
    block = Block("Daily review", None, (0, plan.review), 0, 1, "", None, (task,), ())
    only = Plan(plan.path, plan.id, "", "", None, "start", 1, 0, {}, (block,), ())
    (work,) = works_of(only, shelf, record, today)
    return work


def _ahead(
    plan: Plan, works: tuple[Work, ...], position: Position, minutes: float | None
) -> Iterable[tuple[int, float, float]]:
    for day in range(max((position.day or 0) + 1, 1), (plan.days or 0) + 1):
        of_day = [w for w in works if w.block.day == day and not w.task.optional]
        most = float(sum(block.minutes[1] for block in plan.blocks if block.day == day))
        named = any(work.task.do == "review" for work in of_day)
        needed = sum(work.left for work in of_day) + (0 if named else plan.review)
        yield day, needed, minutes if minutes is not None else most


def _too_much(rest: list[Work], available: float, position: Position) -> list[Work]:
    """Return what a plan without days has no day left for; the end of the line falls out."""
    if position.days_left is None:
        return []
    room = available * max(position.days_left, 0)
    return _fill(rest, room)[1]


def _choices(
    not_fitting: tuple[Work, ...],
    minutes: tuple[float, float],
    ahead: tuple[tuple[int, float, float], ...],
    position: Position,
    plan: Plan,
) -> tuple[str, ...]:
    """Return the ways out: more time, less scope, another day."""
    if not not_fitting:
        return ()
    needed, available = minutes
    over = sum(work.at_start for work in not_fitting)
    if position.day is None:
        more = ceil(available + over / (max(position.days_left or 0, 0) + 1))
    else:
        more = ceil(needed)
    found = [f"more time: pytest --plan --plan-minutes {more}"]
    last = max(not_fitting, key=_urgency)
    found.append(f"less scope: leave {last.task.key} out; it asks for {last.at_start:.0f} min")
    # what is new has no place on the last day before the interview
    days = [d for d in ahead if d[0] != plan.days or last.task.do not in NEW_MATERIAL]
    free = [(day, has - wants) for day, wants, has in days if has - wants >= last.at_start]
    if free:
        day, room = free[0]
        found.append(
            f"another day: move {last.task.key} to day {day}, which has {room:.0f} min free"
        )
    elif position.day is not None:
        found.append("another priority: no later day has room, so something else has to give way")
    return tuple(found)
