"""Which topics are weak, and why: never without a reason, and never for want of a record.

The thresholds are rules of thumb of this project, not measurements: each reason shows the numbers
it rests on, so that a learner can judge it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.state import KataState, Record

#: Less than this share of at least FEWEST attempts accepted is weak.
PASS_RATE: Final = 1 / 3
FEWEST: Final = 4
#: More than this multiple of the expected time is weak.
OVER_TIME: Final = 1.5
#: An average of mock interviews below this is weak.
MOCK_SCORE: Final = 50.0
#: A deck is weak where this share of at least FEWEST cards was last answered again or hard.
HARD_CARDS: Final = 0.4


@dataclass(frozen=True, slots=True)
class TopicState:
    """What the record says of one topic: sums over the katas that have it."""

    name: str
    #: Katas of the collection with this topic; those tried; those solved.
    katas: int
    tried: int
    solved: int
    attempts: int
    accepted: int
    hints: int
    revealed: int
    #: Minutes spent on the katas tried, and expected for those whose time is known.
    minutes: float
    expected: int
    lapses: int
    #: Tried on an earlier day and not solved since.
    left: int

    @property
    def accuracy(self) -> float | None:
        """The share of attempts that were accepted, None without an attempt: *unknown*."""
        return self.accepted / self.attempts if self.attempts else None


@dataclass(frozen=True, slots=True)
class Weak:
    """Something that is weak."""

    #: ``topic``, ``deck`` or ``mock``.
    kind: str
    name: str
    #: Why, in words with numbers; the gravest first.
    reasons: tuple[str, ...]
    #: Larger is weaker.
    weight: float


def topics_of(
    facts: Iterable[KataFacts], states: dict[str, KataState], today: str
) -> tuple[TopicState, ...]:
    """Return every topic of the collection, by name."""
    groups: dict[str, list[tuple[KataFacts, KataState]]] = {}
    for kata in facts:
        for topic in kata.topics:
            state = states.get(kata.id) or KataState(kata.id)
            groups.setdefault(topic, []).append((kata, state))
    return tuple(_topic(name, groups[name], today) for name in sorted(groups))


def _topic(name: str, katas: list[tuple[KataFacts, KataState]], today: str) -> TopicState:
    tried = [(kata, state) for kata, state in katas if state.attempts]
    timed = [(kata, state) for kata, state in tried if state.minutes > 0]
    return TopicState(
        name=name,
        katas=len(katas),
        tried=len(tried),
        solved=sum(state.is_solved for _, state in tried),
        attempts=sum(state.attempts for _, state in tried),
        accepted=sum(state.accepted for _, state in tried),
        hints=sum(state.hints for _, state in tried),
        revealed=sum(state.revealed for _, state in tried),
        minutes=sum(state.minutes for _, state in timed),
        expected=sum(kata.minutes for kata, _ in timed),
        lapses=sum(state.lapses(today) for _, state in tried),
        left=sum(not state.is_solved and state.last_on < today for _, state in tried),
    )


def weak_topics(topics: Iterable[TopicState]) -> tuple[Weak, ...]:
    """Return the weak ones, the weakest first. A topic never tried is unknown, not weak."""
    found = [_weak("topic", topic.name, _topic_reasons(topic)) for topic in topics]
    return tuple(sorted((weak for weak in found if weak), key=_weakest_first))


def weak_otherwise(record: Record) -> tuple[Weak, ...]:
    """Return weak decks of cards and weak kinds of interviews, the weakest first."""
    decks: dict[str, list[tuple[int, int]]] = {}
    for card in record.cards.values():
        if not card.suspended:
            decks.setdefault(card.deck or "cards", []).append((card.grade, card.lapses))
    found = [_weak("deck", name, _deck_reasons(cards)) for name, cards in decks.items()]
    scores: dict[str, list[float]] = {}
    for mock in record.mocks:
        if mock.score is not None:
            scores.setdefault(mock.kind or "interview", []).append(mock.score)
    found += [_weak("mock", name, _mock_reasons(values)) for name, values in scores.items()]
    return tuple(sorted((weak for weak in found if weak), key=_weakest_first))


def _weakest_first(weak: Weak) -> tuple[float, str]:
    return -weak.weight, weak.name


def _weak(kind: str, name: str, reasons: list[tuple[float, str]]) -> Weak | None:
    if not reasons:
        return None
    reasons.sort(reverse=True)
    texts = tuple(text for _, text in reasons)
    return Weak(kind, name, texts, round(sum(weight for weight, _ in reasons), 6))


def _topic_reasons(topic: TopicState) -> list[tuple[float, str]]:
    reasons: list[tuple[float, str]] = []
    rate = topic.accuracy
    if rate is None:
        return reasons
    if topic.attempts >= FEWEST and rate < PASS_RATE:
        reasons.append((1 - rate, f"{topic.accepted} of {topic.attempts} attempts accepted"))
    if topic.left:
        share = topic.left / topic.tried
        reasons.append((share, f"{topic.left} of {topic.tried} tried not solved"))
    help_taken = topic.hints + 3 * topic.revealed
    if topic.revealed or (topic.hints >= 2 and topic.hints >= topic.tried):
        shown = [_count(topic.hints, "hint")] if topic.hints else []
        shown += [_count(topic.revealed, "reference")] if topic.revealed else []
        text = f"{' and '.join(shown)} shown on {_count(topic.tried, 'kata')}"
        reasons.append((min(help_taken / (3 * topic.tried), 1.0), text))
    if topic.expected and topic.minutes >= 10 and topic.minutes > OVER_TIME * topic.expected:
        factor = topic.minutes / topic.expected
        reasons.append((min(factor / 4, 1.0), f"{factor:.1f} × the expected time"))
    if topic.lapses:
        reasons.append(
            (min(topic.lapses / 2, 1.0), _count(topic.lapses, "lapse") + " since solved")
        )
    return reasons


def _deck_reasons(cards: list[tuple[int, int]]) -> list[tuple[float, str]]:
    reasons: list[tuple[float, str]] = []
    hard = sum(grade <= 2 for grade, _ in cards)
    if len(cards) >= FEWEST and hard >= HARD_CARDS * len(cards):
        text = f"{hard} of {len(cards)} cards last answered again or hard"
        reasons.append((hard / len(cards), text))
    lapses = sum(lapses for _, lapses in cards)
    if lapses >= 2:
        reasons.append((min(lapses / len(cards), 1.0), _count(lapses, "lapse")))
    return reasons


def _mock_reasons(scores: list[float]) -> list[tuple[float, str]]:
    average = sum(scores) / len(scores)
    if average >= MOCK_SCORE:
        return []
    text = f"{average:.0f} of 100 on average in {_count(len(scores), 'interview')}"
    return [(1 - average / 100, text)]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
