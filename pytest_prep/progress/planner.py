"""Which cards a session shows, in which order, and what is expected of it.

How a screen uses this module::

    records = read_cards(store.events(reviews.KINDS))              # of progress.reviews
    plan = plan_session(ids, records, now=now(), interview=date or None, minutes=15)
    for card in plan.cards: ...       # show, grade, append a CARD event after each answer
    for card in failed_on(day, records_after): ...                 # the second look, of reviews
    expected_recall(ids, records, now=now(), interview=date)       # a share from 0 to 1
    forecast(records, now=now())                                   # 14 counts, today first
    next_dates(scheduler, scheduler.replay(record.reviews), to_days(now()))   # of memory

``ids`` are the selected cards in deck order; a card without a record is new. Cards put aside and
cards already answered on this study day are left out: one visit a day.

**With an interview date** a card's score is its expected gain of recall on the date, per expected
second. Both come from the learner's own answers: the seconds from medians, the gain from nine
variants of FSRS (three scales of stability, three decays), each weighted by how well it predicted
this learner's answers so far. A new card costs the visits to come too, so that no more are begun
than can be kept. Best first, until the minutes are spent.

**Without one** (or when it has passed) what is due comes first, the most likely forgotten first,
then new cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pytest_prep.progress.clock import day_start, study_day
from pytest_prep.progress.forgetting import Pace, learn
from pytest_prep.progress.memory import FSRS, Scheduler, to_days
from pytest_prep.progress.reviews import CardRecord

#: New cards a day where no date says how many are worth it.
NEW: Final = 10

#: On the interview day recall is asked at noon, local time.
_NOON = timedelta(hours=8)  # after the start of the study day, at four

#: A gain of recall that is not worth a visit.
_NOTHING = 1e-4

_NEVER = CardRecord("")


@dataclass(frozen=True)
class SessionPlan:
    """What a session shows."""

    #: Ids, the first to show first.
    cards: tuple[str, ...]
    #: The seconds that this is expected to take.
    seconds: float
    #: How many of the cards are new.
    new: int
    #: Whether it was planned to an interview date.
    to_date: bool


def plan_session(
    ids: Sequence[str],
    records: Mapping[str, CardRecord],
    *,
    now: datetime,
    interview: date | None,
    minutes: float,
    new: int | None = None,
    scheduler: Scheduler[Any] | None = None,
) -> SessionPlan:
    """Choose and order the cards of a session.

    Args:
        ids: the cards to choose from, in deck order.
        records: what is known of them, from ``read_cards``.
        now: the moment, with an offset.
        interview: the day to plan to, or None.
        minutes: how long the session may be.
        new: most new cards on one study day; None: as many as are worth it with a date, ``NEW``
            without one.
        scheduler: what says which cards are due, where there is no date; FSRS by default.
    """
    day = study_day(now).isoformat()
    ids = list(dict.fromkeys(ids))
    known = [records.get(card, _NEVER) for card in ids]
    free = [
        (card, record)
        for card, record in zip(ids, known, strict=True)
        if record.last_day != day and not record.is_aside(day)
    ]
    pace, at = Pace(records.values()), to_days(now)
    target = _target(interview, now)
    if target is None:
        queue = _due_first(free, scheduler or FSRS(), to_days(day_start(study_day(now) + _DAY)), at)
    else:
        forgetting = learn(records.values())
        scored = [
            (forgetting.gain(record.reviews, at, target) / pace.cost(record), card, record)
            for card, record in free
        ]
        scored = [entry for entry in scored if entry[0] > _NOTHING / 60]
        scored.sort(key=lambda entry: -entry[0])  # stable: equal ones stay in deck order
        queue = [(card, record) for _, card, record in scored]
    most_new = (NEW if target is None else len(ids)) if new is None else new
    most_new -= sum(record.first_day == day for record in known)
    return _fill(queue, pace, minutes * 60, most_new, to_date=target is not None)


def expected_recall(
    ids: Iterable[str],
    records: Mapping[str, CardRecord],
    *,
    now: datetime,
    interview: date,
    without_today: bool = False,
) -> float:
    """Return the expected share of cards known at noon of the interview day.

    Args:
        ids: the cards asked about; suspended ones count too.
        records: what is known of them.
        now: the moment; an interview in the past counts as one now.
        interview: the day.
        without_today: leave the reviews of this study day out, to show what they brought.
    """
    forgetting = learn(records.values())
    start = to_days(day_start(study_day(now)))
    target = _target(interview, now) or to_days(now)
    total = count = 0.0
    for card in ids:
        record = records.get(card, _NEVER)
        reviews = record.before(start).reviews if without_today else record.reviews
        total += forgetting.recall(reviews, target)
        count += 1
    return total / count if count else 0.0


def forecast(
    records: Mapping[str, CardRecord],
    *,
    now: datetime,
    days: int = 14,
    scheduler: Scheduler[Any] | None = None,
    ids: Iterable[str] | None = None,
) -> list[int]:
    """Return how many seen cards are due on each of the next days, today first.

    What is overdue counts as due today; a buried card on the day it comes back, a suspended one
    never. New cards and the reviews still to come are not in it.
    """
    model: Scheduler[Any] = scheduler or FSRS()
    today = study_day(now)
    wanted = None if ids is None else set(ids)
    counts = [0] * days
    starts = [to_days(day_start(today + timedelta(days=n))) for n in range(1, days + 1)]
    for record in records.values():
        if (
            record.suspended
            or not record.reviews
            or (wanted is not None and record.id not in wanted)
        ):
            continue
        due = model.due(model.replay(record.reviews))
        place = next((n for n, start in enumerate(starts) if due < start), days)
        if record.buried_until:
            place = max(place, (date.fromisoformat(record.buried_until) - today).days)
        if place < days:
            counts[place] += 1
    return counts


_DAY = timedelta(days=1)


def _target(interview: date | None, now: datetime) -> float | None:
    """Return the moment to plan to, None without a date or when it has passed."""
    if interview is None or interview < study_day(now):
        return None
    # On the day itself the interview may come at any time: in an hour, at the least.
    return max(to_days(day_start(interview) + _NOON), to_days(now) + 1 / 24)


def _due_first(
    free: list[tuple[str, CardRecord]], scheduler: Scheduler[Any], end: float, at: float
) -> list[tuple[str, CardRecord]]:
    """Return what is due by the end of the day, the most urgent first, then what is new."""
    due = []
    for card, record in free:
        if record.reviews:
            state = scheduler.replay(record.reviews)
            if scheduler.due(state) < end:
                due.append((-scheduler.urgency(state, at), card, record))
    due.sort(key=lambda entry: entry[0])
    new = [(card, record) for card, record in free if not record.reviews]
    return [(card, record) for _, card, record in due] + new


def _fill(
    queue: list[tuple[str, CardRecord]], pace: Pace, limit: float, most_new: int, *, to_date: bool
) -> SessionPlan:
    """Take from the queue until the seconds are spent; the last one may run over by half."""
    cards: list[str] = []
    seconds, new = 0.0, 0
    for card, record in queue:
        if not record.reviews:
            if new >= most_new:
                continue
            new += 1
        needs = pace.seconds(record)
        if seconds + needs / 2 > limit:
            new -= not record.reviews
            break
        seconds += needs
        cards.append(card)
    return SessionPlan(tuple(cards), seconds, new, to_date)
