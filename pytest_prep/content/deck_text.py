"""Write cards as the text of a deck: what :mod:`pytest_prep.content.deck` reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pytest_prep.content.card import Card

#: What a text field of a card may not hold at the beginning of a line: it would end the field.
_HEADING = re.compile(r"^(\s{0,3})(#{1,3})(?=\s|$)", re.MULTILINE)

#: What begins HTML that only its own end mark closes: CommonMark 0.31, section 4.6, kinds 1 to 5.
_HTML = re.compile(r"^(\s{0,3})<(?=[!?]|(?:script|pre|style|textarea)\b)", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")


def deck_text(cards: Sequence[Card], *, deck: str, title: str, category: str) -> str:
    """Return the Markdown of a deck that holds the cards."""
    head = ["---", f"deck: {deck}", f"title: {title}", f"category: {category}", "---", ""]
    blocks = ["\n".join(_card_lines(card)) for card in cards]
    return "\n".join(head) + "\n" + "\n\n".join(blocks) + "\n"


def _card_lines(card: Card) -> Iterator[str]:
    yield f"## {' '.join(card.question.split())}"
    facts = [f"id: {card.id}"]
    if card.tags:
        facts.append(f"tags: {', '.join(card.tags)}")
    facts.append(f"difficulty: {card.difficulty}")
    if card.requirements:
        facts.append(f"requirements: {', '.join(map(str, card.requirements))}")
    yield f"<!-- {' | '.join(facts)} -->"
    if card.prompt:
        yield ""
        yield card.prompt
    if card.options:
        yield ""
        for option in card.options:
            yield f"- [{'x' if option.right else ' '}] {option.text}"
            for line in option.reason.split("\n") if option.reason else ():
                yield f"  {line}" if line else ""
    keywords = "\n".join(f"- {' | '.join(ways)}" for ways in card.keywords)
    for name, text in (
        ("Answer", card.answer),
        ("Keywords", keywords),
        ("Why", card.why),
        ("Example", card.example),
        ("In an interview", card.spoken),
        ("Katas", "\n".join(f"- {kata}" for kata in card.katas)),
        ("References", "\n".join(f"- {reference}" for reference in card.references)),
    ):
        if text:
            yield ""
            yield f"### {name}"
            yield text


def safe_text(text: str) -> str:
    """Return Markdown of elsewhere as it may stand in a card.

    Headings get a fourth ``#``, a block of code that is not closed is closed, and comments and
    other HTML that could hide what follows are text.
    """
    lines: list[str] = []
    fence = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            closes = re.fullmatch(rf" {{0,3}}{fence}{fence[0]}*\s*", line)
            fence = "" if closes else fence
        elif mark:
            # With a bar it could be the head of a table.
            lines.append(line.partition("|")[0])
            fence = mark[1] or mark[2]
        else:
            lines.append(_outside_code(line))
    if fence:
        lines.append(fence)
    return "\n".join(lines).strip("\n").rstrip()


def _outside_code(line: str) -> str:
    return _HTML.sub(r"\1\<", _HEADING.sub(r"\1####", line))
