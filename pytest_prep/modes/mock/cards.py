"""Multiple-choice questions for an interview: cards of the decks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_prep.content.card import Card
from pytest_prep.content.errors import did_you_mean
from pytest_prep.content.interview import CARDS, Pick
from pytest_prep.modes.mock.draw import NothingToDraw
from pytest_prep.modes.mock.paper import Item

#: Minutes for one question.
MINUTES = 1.0


class CardChoices:
    """Draws from the cards with options."""

    def __init__(self, cards: Sequence[Card]) -> None:
        """Take over all cards; those without options are left out."""
        self._cards = [card for card in cards if card.kind == "choice"]

    def draw(self, pick: Pick | None, ids: Sequence[str], rank: Callable[[str], str]) -> list[Item]:
        """Return questions: those named, or those that are drawn.

        Raises:
            NothingToDraw: there are none that fit.
        """
        if pick is None:
            known = {card.id: card for card in self._cards}
            for name in ids:
                if name not in known:
                    raise NothingToDraw(
                        f"there is no multiple-choice card {name!r}{did_you_mean(name, known)}"
                    )
            return [_item(known[name], rank) for name in ids]
        fitting = [card for card in self._cards if _fits(card, pick)]
        ranked = sorted(fitting, key=lambda card: rank(card.id))
        wanted = pick.mix or {"": pick.count}
        found: list[Card] = []
        for level, count in wanted.items():
            of_level = [c for c in ranked if level in ("", c.level) and c not in found]
            found += _first(of_level, count, found, apart=bool(pick.distinct))
        if len(found) < pick.count:
            raise NothingToDraw(f"{pick.count} multiple-choice questions wanted, {len(found)} fit")
        return [_item(card, rank) for card in sorted(found, key=lambda card: rank(card.id))]


def _fits(card: Card, pick: Pick) -> bool:
    if pick.source not in (CARDS, card.deck, *card.path.split("/")[:-1]):
        return False
    names = {*card.tags, card.category, card.deck}
    return (not pick.tags or bool(names & set(pick.tags))) and (
        not pick.levels or card.level in pick.levels
    )


def _first(cards: list[Card], count: int, before: Sequence[Card], *, apart: bool) -> list[Card]:
    """Return the first cards; ``apart`` takes one of a deck before a second of any."""
    if not apart:
        return cards[:count]
    seen: dict[str, int] = {}
    for card in before:
        seen[card.deck] = seen.get(card.deck, 0) + 1
    turns = []
    for place, card in enumerate(cards):
        turns.append((seen.get(card.deck, 0), place, card))
        seen[card.deck] = seen.get(card.deck, 0) + 1
    return [card for _, _, card in sorted(turns, key=lambda turn: turn[:2])][:count]


def _item(card: Card, rank: Callable[[str], str]) -> Item:
    order = sorted(range(len(card.options)), key=lambda number: rank(f"{card.id}/{number}"))
    options = [card.options[number] for number in order]
    text = f"{card.question}\n\n{card.prompt}" if card.prompt else card.question
    return Item(
        card.id,
        card.question,
        text,
        MINUTES,
        {
            "deck": card.deck,
            "level": card.level,
            "options": [{"text": o.text, "right": o.right, "why": o.reason} for o in options],
            "several": sum(o.right for o in options) > 1,
            "why": card.why,
        },
    )
