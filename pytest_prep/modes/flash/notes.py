"""Cards as notes of other flashcard programs: a front and a back in HTML, and tags."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from pytest_prep.content.card import GAP, NAME, Card, without_comments
from pytest_prep.content.deck_sections import SECTIONS
from pytest_prep.content.deck_text import safe_text
from pytest_prep.modes.flash.html_text import to_html, to_markdown

_DIFFICULTY, _REQUIREMENT = "prep::difficulty::", "prep::requirement::"


class Note(NamedTuple):
    """A note; texts are HTML."""

    id: str
    #: Whether the front has gaps.
    is_cloze: bool
    front: str
    back: str
    #: What stands below the answer.
    extra: str
    tags: tuple[str, ...]


def note_of(card: Card) -> Note:
    """Return a card as a note. Of a multiple-choice card the options become text."""
    front = to_html(card.question)
    if card.prompt:
        front += to_html(without_comments(card.prompt))
    back = to_html(without_comments(card.answer)) if card.answer else ""
    if card.options:
        front += f"<ol>{''.join(f'<li>{_inline(o.text)}</li>' for o in card.options)}</ol>"
        back = "".join(
            _inline(f"{o.text}", "p") + to_html(o.reason) for o in card.options if o.right
        )
        wrong = [
            f"<li>{_inline(o.text)}: {to_html(o.reason)}</li>" for o in card.options if not o.right
        ]
        back += f"<ul>{''.join(wrong)}</ul>"
    tags = (*card.tags, f"{_DIFFICULTY}{card.difficulty}")
    tags += tuple(f"{_REQUIREMENT}{number}" for number in card.requirements)
    return Note(card.id, card.kind == "cloze", front, back, _extra(card), tags)


def _inline(markdown: str, tag: str = "") -> str:
    drawn = to_html(markdown).removeprefix("<p>").removesuffix("</p>")
    return f"<{tag}>{drawn}</{tag}>" if tag else drawn


def _extra(card: Card) -> str:
    parts = []
    for name, text in (
        ("Why", card.why), ("Example", card.example), ("In an interview", card.spoken),
    ):  # fmt: skip
        if text:
            parts.append(f"<h4>{name}</h4>{to_html(without_comments(text))}")
    for name, items in (
        ("Keywords", [" | ".join(ways) for ways in card.keywords]),
        ("Katas", card.katas),
        ("References", card.references),
    ):
        if items:
            listed = "".join(f"<li>{html.escape(item, quote=False)}</li>" for item in items)
            parts.append(f"<h4>{name}</h4><ul>{listed}</ul>")
    return "".join(parts)


class Unusable(Exception):
    """A note cannot become a card; the message says why, in a few words."""


def card_of(id_: str, front: str, back: str, tags: Sequence[str], *, is_html: bool = True) -> Card:
    """Return the card of a note.

    Args:
        id_: the card's id.
        front: the question; its first paragraph becomes the heading.
        back: the answer; headings that name a section of a card begin that section.
        tags: the note's tags.
        is_html: whether the texts are HTML; otherwise they are taken as Markdown.

    Raises:
        Unusable: a side is empty.
    """
    asked, answer = (safe_text(to_markdown(text) if is_html else text) for text in (front, back))
    if not asked:
        raise Unusable("no front")
    question, prompt = _question(asked)
    main, sections = _sections(answer)
    is_cloze = bool(GAP.search(asked))
    if is_cloze and main:
        sections["why"] = "\n\n".join(filter(None, [main, sections.get("why", "")]))
        main = ""
    if not is_cloze and not main:
        raise Unusable("no back")
    keywords = tuple(
        tuple(way.strip() for way in item.split("|") if way.strip())
        for item in _items(sections, "keywords")
    )
    return Card(
        id=id_,
        question=question,
        prompt=prompt,
        kind="cloze" if is_cloze else "basic",
        answer=main,
        options=(),
        keywords=() if is_cloze else tuple(filter(None, keywords)),
        why=sections.get("why", ""),
        example=sections.get("example", ""),
        spoken=" ".join(sections.get("in an interview", "").split("\n\n")),
        katas=tuple(kata for kata in _items(sections, "katas") if NAME.fullmatch(kata)),
        references=_items(sections, "references"),
        tags=tuple(dict.fromkeys(filter(None, map(slug, (t for t in tags if "prep::" not in t))))),
        difficulty=_numbers(tags, _DIFFICULTY)[-1:][0] if _numbers(tags, _DIFFICULTY) else 2,
        requirements=tuple(_numbers(tags, _REQUIREMENT)),
        deck="",
        category="",
        path="",
        line=0,
    )


def _question(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n\n")
    if re.match(r"\s*(```|~~~|[-*+] |\d+[.)] |>|\|.*\n\|)|\s*$", first):
        return "What is the answer to this?", text
    # A line break of HTML, and headings, have no place in a heading.
    line = " ".join(first.replace("\\\n", " ").split())
    line = re.sub(r"^#{1,6}(\s+|$)", "", line)
    line = re.sub(r"(?<=\s)(#+)$", r"\\\1", line)
    return (line, rest.strip("\n")) if line else ("What is the answer to this?", text)


def _sections(text: str) -> tuple[str, dict[str, str]]:
    names = "|".join(map(re.escape, SECTIONS.values()))
    pieces = re.split(rf"^#### ({names})\n", text, flags=re.MULTILINE)
    found = {
        name.lower(): body.strip("\n")
        for name, body in zip(pieces[1::2], pieces[2::2], strict=True)
        if body.strip()
    }
    answer = found.pop("answer", "")
    return "\n\n".join(filter(None, [pieces[0].strip("\n"), answer])), found


def _items(sections: dict[str, str], name: str) -> tuple[str, ...]:
    lines = sections.get(name, "").split("\n")
    items = [line[2:] for line in lines if line.startswith("- ")]
    return tuple(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", item).strip() for item in items)


def _numbers(tags: Sequence[str], prefix: str) -> list[int]:
    found = [tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)]
    numbers = [int(number) for number in found if number.isdecimal()]
    return [n for n in numbers if 1 <= n <= 5] if prefix == _DIFFICULTY else numbers


def slug(text: str) -> str:
    """Return a text as lower-case words joined by hyphens, empty where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
