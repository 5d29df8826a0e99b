"""What a session came to, and what is expected of the days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import fill

from pytest_prep.content.card import Card
from pytest_prep.modes.flash.history import Tally, weakest
from pytest_prep.modes.flash.page import clock
from pytest_prep.modes.flash.session import FlashSession
from pytest_prep.modes.flash.state import Phase
from pytest_prep.progress.clock import now, study_day
from pytest_prep.progress.memory import AGAIN

#: Days whose first answers say which categories are weak.
RECENT = 30

_BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Goals:
    """What the learner wants to do on every day."""

    cards: int
    #: Cards answered today, in all sessions, and how many of them were new.
    answered: int
    new: int


@dataclass(frozen=True)
class Summary:
    """A session and what follows from it."""

    seconds: float
    cards: int
    first_tries: Tally
    #: Failed cards that wait, and planned ones that were not reached.
    waiting: int
    left: int
    weakest: tuple[tuple[str, Tally], ...]
    interview: date | None
    #: Expected shares of the selected cards known on that day, None without one.
    recall: float | None
    recall_without: float | None
    forecast: tuple[int, ...]
    leeches: tuple[Card, ...]
    suspended: int
    goals: Goals


def summarise(session: FlashSession, goal: int) -> Summary:
    """Return the summary of a session so far."""
    history = session.history
    today = study_day(now())
    first: dict[str, int] = {}
    for card, grade in session.answers:
        first.setdefault(card, grade)
    answered, new = history.answered_on(today.isoformat())
    tallies = history.first_tries(session.cards, today - timedelta(days=RECENT - 1))
    leeches = [
        card
        for card in session.cards.values()
        if history.of(card.id).leech and not history.of(card.id).suspended
    ]
    return Summary(
        seconds=session.seconds,
        cards=len(first),
        first_tries=Tally(sum(grade != AGAIN for grade in first.values()), len(first)),
        waiting=session.waiting,
        left=_left(session),
        weakest=tuple(weakest(tallies)[:3]),
        interview=history.interview,
        recall=history.recall(session.cards),
        recall_without=history.recall(session.cards, without_today=True),
        forecast=tuple(history.forecast(session.cards)),
        leeches=tuple(leeches),
        suspended=sum(history.of(card).suspended for card in session.cards),
        goals=Goals(goal, answered, new),
    )


def _left(session: FlashSession) -> int:
    """Return how many planned cards were not answered, the one that is shown among them."""
    shown = session.phase in (Phase.QUESTION, Phase.ANSWER, Phase.RIGHT)
    return len(session.plan.cards) - session.number + (shown and not session.is_second_look)


def summary_text(summary: Summary, *, bars: bool, width: int) -> str:
    """Return the summary as lines of a terminal, broken at blanks."""
    return "".join(
        fill(f"{name + ':':15}{text}", max(width, 30), subsequent_indent=" " * 15) + "\n"
        for name, text in summary_lines(summary, bars=bars)
    )


def summary_lines(summary: Summary, *, bars: bool) -> list[tuple[str, str]]:
    """Return the summary as pairs of a name and a text; ``bars`` draws the forecast."""
    lines = [("time", f"{clock(summary.seconds)} minutes"), ("cards", _cards(summary))]
    tries = summary.first_tries
    if tries.total:
        lines.append(
            ("first try", f"{tries.known} of {tries.total} known, {_percent(tries.share)}")
        )
    goals = summary.goals
    done = "reached" if goals.answered >= goals.cards else f"{goals.cards - goals.answered} to go"
    lines.append(
        (
            "today's goal",
            f"{goals.answered} of {goals.cards} cards, {goals.new} of them new: {done}",
        )
    )
    if summary.weakest:
        texts = [
            f"{name} {_percent(tally.share)} of {tally.total}" for name, tally in summary.weakest
        ]
        lines.append(("weakest", f"{', '.join(texts)} (first tries of {RECENT} days)"))
    if summary.recall is not None and summary.recall_without is not None and summary.interview:
        days = (summary.interview - study_day(now())).days
        day = f"{summary.interview.day} {summary.interview:%b}"
        when = f"today, {day}" if days == 0 else f"{day}, in {days} day{'s' if days > 1 else ''}"
        lines.append(
            (
                "interview",
                f"{when}: about {_percent(summary.recall)} of these cards expected to be known, "
                f"{_percent(summary.recall_without)} without today",
            )
        )
    if summary.interview is None:
        lines.append(
            ("interview", "no date is known: pytest --plan --plan-interview DATE keeps one")
        )
    if any(summary.forecast):
        lines.append(("next 14 days", _forecast(summary.forecast, bars=bars)))
    if summary.suspended:
        lines.append(("suspended", f"{summary.suspended}; --flash-unsuspend brings them back"))
    if summary.leeches:
        lines.append(("leeches", f"{len(summary.leeches)} forgotten eight times or more"))
    return lines


def _cards(summary: Summary) -> str:
    parts = [str(summary.cards)]
    if summary.waiting:
        parts.append(f"{summary.waiting} wait for a second look")
    if summary.left:
        parts.append(f"{summary.left} of the plan left")
    return ", ".join(parts)


def _forecast(counts: tuple[int, ...], *, bars: bool) -> str:
    if not bars:
        return f"{' '.join(map(str, counts))} due, {sum(counts)} in all"
    most = max(counts)
    drawn = "".join(_BARS[-(-count * 8 // most)] if count else "·" for count in counts)
    return f"{drawn}  {counts[0]} due today, {counts[1]} tomorrow, {sum(counts)} in all"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
