"""Where a learner stands: the figures behind the dashboard and its reports, as frozen data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from pytest_prep.progress.clock import study_day
from pytest_prep.progress.collection import LEVELS, KataFacts
from pytest_prep.progress.recall import DeckState, recalled, was_overdue
from pytest_prep.progress.state import DayLog, KataState, MockState, Record
from pytest_prep.progress.streaks import Streak, days_with_nothing_left, goal_of, streak
from pytest_prep.progress.weakness import TopicState, Weak, topics_of, weak_otherwise, weak_topics

#: Weeks that the heatmap shows.
WEEKS: Final = 12
#: Days that completion over time shows: one event with a wrong date must not make it endless.
COMPLETION: Final = 731


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some katas are solved."""

    name: str
    done: int
    total: int
    #: The same for each level that occurs: name, done, total.
    levels: tuple[tuple[str, int, int], ...] = ()
    #: How deep in the folders it is: 0 for a track.
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Mocks:
    """Mock interviews."""

    count: int
    #: Of 100, over those that were scored; None where none was.
    average: float | None
    last: float | None
    #: Kind, how many, average.
    kinds: tuple[tuple[str, int, float | None], ...]


@dataclass(frozen=True, slots=True)
class Time:
    """Minutes."""

    total: float
    today: float
    goal: int
    #: By area (a track, ``cards``, ``mocks``): in total, and today.
    areas: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a learner stands."""

    learner: str
    #: The study day all this refers to.
    today: str
    #: The date of the interview, and the days until then; ``""`` and None without one.
    interview: str
    days_left: int | None
    #: Whether the selection leaves katas out; cards and interviews are then left out too.
    narrowed: bool
    katas: Share
    areas: tuple[Share, ...]
    topics: tuple[TopicState, ...]
    cards: DeckState | None
    decks: tuple[DeckState, ...]
    mocks: Mocks | None
    time: Time
    streak: Streak
    weak: tuple[Weak, ...]
    #: Study day, katas solved by then, from the first day of practice to today.
    completion: tuple[tuple[str, int], ...]
    #: How many solved katas of the selection are due to be solved again.
    due_katas: int
    #: Study day and minutes, for the last WEEKS weeks, beginning with a Monday.
    calendar: tuple[tuple[str, float], ...]
    #: Every study day with anything on it; none where the selection leaves katas out.
    logs: tuple[DayLog, ...]
    #: The last of all study days with anything on it, ``""`` without one.
    last_active: str
    #: Each selected kata beside what the record says of it.
    states: tuple[tuple[KataFacts, KataState], ...]

    @property
    def is_new(self) -> bool:
        """Whether nothing of all this was ever recorded."""
        return not (
            any(state.attempts for _, state in self.states)
            or self.time.total
            or (self.cards and self.cards.seen)
            or (self.mocks and self.mocks.count)
        )


def overview(
    record: Record,
    katas: Sequence[KataFacts],
    now: datetime,
    *,
    narrowed: bool = False,
    interview: str = "",
    goal: int = 30,
    decks: dict[str, int] | None = None,
    due: frozenset[str] = frozenset(),
) -> Overview:
    """Work out where a learner stands.

    Args:
        record: what the events say.
        katas: the katas selected.
        now: the present moment.
        narrowed: whether they are fewer than there are.
        interview: the date of the interview, where the learner's own choice names none.
        goal: minutes a day, before the learner's own first goal.
        decks: the number of cards of each deck there is.
        due: ids of katas that are due to be solved again.
    """
    today = study_day(now).isoformat()
    states = tuple((kata, record.katas.get(kata.id) or KataState(kata.id)) for kata in katas)
    solved = {kata.id for kata, state in states if state.is_solved}
    known = {kata.id: kata.track for kata in katas}
    minutes = _minutes_by_day(record, known, narrowed=narrowed)
    date_of = record.choices.interview or interview
    topics = topics_of(katas, record.katas, today)
    weak = weak_topics(topics)
    ids = frozenset(known)
    none_left = days_with_nothing_left(record, ids)
    cards, by_deck = recalled(record, decks or {}, now)

    @cache
    def overdue() -> Callable[[str], bool]:  # asked once all katas are solved: it is much work
        return was_overdue(() if narrowed else record.cards.values())

    totals = {day: sum(areas.values()) for day, areas in minutes.items()}
    return Overview(
        learner=record.learner,
        today=today,
        interview=date_of,
        days_left=(date.fromisoformat(date_of) - study_day(now)).days if date_of else None,
        narrowed=narrowed,
        katas=_share("katas", katas, solved),
        areas=_areas(states, solved),
        topics=topics,
        cards=None if narrowed else cards,
        decks=() if narrowed else by_deck,
        mocks=None if narrowed else _mocks(record.mocks),
        time=_time(minutes, today, goal_of(record.choices.goals, today, goal)),
        streak=streak(
            totals,
            record.choices.goals,
            goal,
            lambda day: none_left(day) and not overdue()(day) and not (due and day == today),
            today,
        ),
        weak=weak if narrowed else (*weak, *weak_otherwise(record)),
        completion=_completion(states, totals, today),
        due_katas=len(due & ids),
        calendar=_calendar(totals, study_day(now)),
        logs=() if narrowed else record.days,
        last_active=record.days[-1].day if record.days else "",
        states=states,
    )


def _share(name: str, katas: Iterable[KataFacts], solved: set[str], *, depth: int = 0) -> Share:
    listed = list(katas)
    levels = []
    for level in LEVELS:
        of_level = [kata for kata in listed if kata.level == level]
        if of_level:
            levels.append((level, sum(k.id in solved for k in of_level), len(of_level)))
    done = sum(kata.id in solved for kata in listed)
    return Share(name, done, len(listed), tuple(levels), depth)


def _areas(states: Iterable[tuple[KataFacts, KataState]], solved: set[str]) -> tuple[Share, ...]:
    """Return the tracks, and below them the folders in which anything was tried.

    Where there is one track only, all of its folders are shown.
    """
    tracks: dict[str, dict[str, list[tuple[KataFacts, KataState]]]] = {}
    for kata, state in states:
        folder = kata.folders[1] if len(kata.folders) > 1 else ""
        tracks.setdefault(kata.track, {}).setdefault(folder, []).append((kata, state))
    shares: list[Share] = []
    for track in sorted(tracks, key=lambda name: (name != "sql", name)):
        folders = tracks[track]
        katas = [kata for pairs in folders.values() for kata, _ in pairs]
        shares.append(_share(track, katas, solved))
        for folder in sorted(folders):
            tried = any(state.attempts for _, state in folders[folder])
            if folder and (tried or len(tracks) == 1):
                inside = [kata for kata, _ in folders[folder]]
                shares.append(_share(folder.replace("_", " "), inside, solved, depth=1))
    return tuple(shares)


def _minutes_by_day(
    record: Record, tracks: dict[str, str], *, narrowed: bool
) -> dict[str, dict[str, float]]:
    """Return minutes by study day and area; a narrowed selection counts its own katas only."""
    days: dict[str, dict[str, float]] = {}
    for log in record.days:
        for key, spent in log.minutes.items():
            area = tracks.get(key)
            if area is None:
                if narrowed:
                    continue
                kind = key.partition(":")[0]
                area = {"card": "cards", "mock": "mocks"}.get(kind, "other katas")
            areas = days.setdefault(log.day, {})
            areas[area] = areas.get(area, 0.0) + spent
    return days


def _time(minutes: dict[str, dict[str, float]], today: str, goal: int) -> Time:
    total: dict[str, float] = {}
    for areas in minutes.values():
        for area, spent in areas.items():
            total[area] = total.get(area, 0.0) + spent
    now = minutes.get(today, {})
    order = sorted(total, key=lambda area: (-total[area], area))
    return Time(
        total=sum(total.values()),
        today=sum(now.values()),
        goal=goal,
        areas=tuple((area, total[area], now.get(area, 0.0)) for area in order),
    )


def _mocks(mocks: tuple[MockState, ...]) -> Mocks:
    kinds: dict[str, list[MockState]] = {}
    for mock in mocks:
        kinds.setdefault(mock.kind or "interview", []).append(mock)
    scores = [mock.score for mock in mocks if mock.score is not None]
    return Mocks(
        count=len(mocks),
        average=_mean(scores),
        last=scores[-1] if scores else None,
        kinds=tuple(
            (kind, len(held), _mean([m.score for m in held if m.score is not None]))
            for kind, held in sorted(kinds.items())
        ),
    )


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _completion(
    states: Iterable[tuple[KataFacts, KataState]], minutes: dict[str, float], today: str
) -> tuple[tuple[str, int], ...]:
    solved = sorted(state.solved_on for _, state in states if state.solved_on)
    first = min([*minutes, *solved], default="")
    if not first or first > today:
        return ()
    points: list[tuple[str, int]] = []
    last, done = date.fromisoformat(today), 0
    day = max(date.fromisoformat(first), last - timedelta(days=COMPLETION - 1))
    while day <= last:
        text = day.isoformat()
        while done < len(solved) and solved[done] <= text:
            done += 1
        points.append((text, done))
        day += timedelta(days=1)
    return tuple(points)


def _calendar(minutes: dict[str, float], today: date) -> tuple[tuple[str, float], ...]:
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    days = (monday + timedelta(days=n) for n in range((today - monday).days + 1))
    return tuple((day.isoformat(), minutes.get(day.isoformat(), 0.0)) for day in days)
