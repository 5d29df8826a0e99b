"""Read a deck: a Markdown file of flashcards.

Only the blocks are parsed, by markdown-it-py; what stands inside a block stays the author's
Markdown. Every mistake is kept with its line, and the other cards still load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_prep.content.card import GAP, Card, Kind
from pytest_prep.content.deck_header import Facts, read_facts, read_header
from pytest_prep.content.deck_sections import (
    OPTION,
    SECTIONS,
    Mistake,
    Section,
    read_list,
    read_options,
)
from pytest_prep.content.errors import did_you_mean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a deck; ``str`` gives ``path:line: what is wrong; the mend``."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Deck:
    """What a deck's file says."""

    path: str
    id: str
    title: str
    category: str
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


class Block(NamedTuple):
    """A block of the file that stands inside no other: lines ``start`` to ``end``, from 0."""

    kind: str
    start: int
    end: int
    #: A heading's text, or a comment's.
    text: str


def read_deck(path: Path) -> Deck:
    """Read the deck in the file ``path``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unread(path, line, "is not UTF-8; save the file in that encoding")
    except OSError as error:
        return _unread(path, 1, f"cannot be read ({error.strerror}); look at its rights")
    return parse_deck(text, path)


def parse_deck(text: str, path: Path) -> Deck:
    """Read a deck from its text; ``path`` is where it is kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    mistakes: list[Mistake] = []
    header, body = read_header(lines, path, mistakes)
    blocks = list(_blocks([""] * body + lines[body:], mistakes))
    starts = [i for i, block in enumerate(blocks) if block.kind == "h2"]
    cards = []
    for start, end in zip(starts, [*starts, len(blocks)][1:], strict=True):
        card = _read_card(blocks[start:end], lines, header, path, mistakes)
        if card is not None:
            cards.append(card)
    if not starts:
        mistakes.append(Mistake(len(lines), "has no card; begin each with a ## heading"))
    problems = sorted({Problem(str(path), m.line, m.text) for m in mistakes}, key=lambda p: p.line)
    return Deck(
        str(path), header.deck, header.title, header.category, tuple(cards), tuple(problems)
    )


def _unread(path: Path, line: int, text: str) -> Deck:
    return Deck(str(path), path.stem, path.stem, "", (), (Problem(str(path), line, text),))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable("lheading")
    # A table's line of dashes below a text is no heading; what is inside a block is not parsed.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _blocks(lines: Sequence[str], mistakes: list[Mistake]) -> Iterator[Block]:
    tokens = _parser().parse("\n".join(lines))
    for number, token in enumerate(tokens):
        if token.type == "fence" and token.map is not None:
            start, end = token.map
            if set(lines[end - 1].strip()) != {token.markup[0]} or end - start < 2:
                problem = "the code block is not closed; end it with a line of its own: "
                mistakes.append(Mistake(start + 1, f"{problem}{token.markup}"))
        if token.level or token.nesting < 0 or token.map is None:
            continue
        start, end = token.map
        if token.type == "heading_open":
            yield Block(token.tag, start, end, tokens[number + 1].content)
        else:
            yield Block(token.type, start, end, token.content)


def _read_card(
    blocks: list[Block], lines: list[str], header: Any, path: Path, mistakes: list[Mistake]
) -> Card | None:
    """Return the card of these blocks, the first of which is its heading; None if it is broken."""
    heading, rest = blocks[0], blocks[1:]
    found: list[Mistake] = []
    facts = Facts("", (), 0, ())
    if rest and rest[0].kind == "html_block" and rest[0].start == heading.end:
        facts = read_facts(rest[0].text, rest[0].start + 1, found)
        rest = rest[1:]
    elif heading.text:
        problem = "the card has no id; write <!-- id: a-short-name --> on the line below"
        found.append(Mistake(heading.start + 1, problem))
    if not heading.text:
        found.append(Mistake(heading.start + 1, "the heading is empty; write the question"))
    body, sections = _split(rest, blocks[-1].end, lines, found)
    lists = [block for block in body if _is_task_list(block, lines)]
    options = read_options(lines, lists[0].start, lists[0].end, found) if lists else ()
    if lists and body[-1] is not lists[0]:
        where = lists[0].end + 1
        found.append(
            Mistake(where, "text after the options; put it above them, into them, or in ### Why")
        )
    until = lists[0].start if lists else (body[-1].end if body else 0)
    prompt = _text(lines, body[0].start, until) if body else ""
    kind = _kind(heading, prompt, options, sections, found)
    _check(kind, heading.start + 1, options, sections, found)
    mistakes += found
    if found or kind is None:
        return None

    def text_of(name: str) -> str:
        return sections[name].text if name in sections else ""

    def list_of(name: str) -> tuple[str, ...]:
        return sections[name].items if name in sections else ()

    return Card(
        id=facts.id,
        question=heading.text,
        prompt=prompt,
        kind=kind,
        answer=text_of("answer"),
        options=options,
        keywords=tuple(
            tuple(way.strip() for way in re.split(r"[|,]", point) if way.strip())
            for point in list_of("keywords")
        ),
        why=text_of("why"),
        example=text_of("example"),
        spoken=text_of("in an interview"),
        katas=list_of("katas"),
        references=list_of("references"),
        tags=tuple(dict.fromkeys((*header.tags, *facts.tags))),
        difficulty=facts.difficulty or header.difficulty,
        requirements=facts.requirements or header.requirements,
        deck=header.deck,
        category=header.category,
        path=str(path),
        line=heading.start + 1,
    )


def _split(
    blocks: list[Block], end: int, lines: list[str], mistakes: list[Mistake]
) -> tuple[list[Block], dict[str, Section]]:
    """Part the blocks of a card into those before its first section, and its sections."""
    starts = [i for i, block in enumerate(blocks) if block.kind == "h3"]
    body = blocks[: starts[0]] if starts else blocks
    for block in blocks:
        if block.kind == "h1":
            problem = "a heading with one # inside a card; a question has ##, a section ###"
            mistakes.append(Mistake(block.start + 1, problem))
    sections: dict[str, Section] = {}
    for start, stop in zip(starts, [*starts, len(blocks)][1:], strict=True):
        heading = blocks[start]
        line = heading.start + 1
        name = heading.text.strip().rstrip(":").lower()
        if name not in SECTIONS:
            known = ", ".join(f"### {known}" for known in SECTIONS.values())
            near = did_you_mean(heading.text.strip(), SECTIONS.values())
            problem = f"'### {heading.text}' is no section ({known}){near}"
            mistakes.append(Mistake(line, problem))
            continue
        if name in sections:
            mistakes.append(Mistake(line, f"a second '### {SECTIONS[name]}'; join the two"))
            continue
        last = blocks[stop].start if stop < len(blocks) else end
        inside = blocks[start + 1 : stop]
        text = _text(lines, heading.end, last)
        if not text:
            problem = f"'### {SECTIONS[name]}' is empty; write it or leave it out"
            mistakes.append(Mistake(line, problem))
            continue
        items = read_list(name, lines, heading.end, last, mistakes)
        if name == "in an interview" and [block.kind for block in inside] != ["paragraph_open"]:
            problem = "'### In an interview' is one paragraph: the sentence to say"
            mistakes.append(Mistake(line, problem))
        sections[name] = Section(line, text, items)
    return body, sections


def _kind(
    heading: Block,
    prompt: str,
    options: Sequence[object],
    sections: dict[str, Section],
    mistakes: list[Mistake],
) -> Kind | None:
    line = heading.start + 1
    asked = f"{heading.text}\n{prompt}"
    gaps = len(GAP.findall(asked))
    if asked.count("{{c") != gaps:
        mistakes.append(
            Mistake(line, "a gap is not whole; write {{c1::text}} or {{c1::text::hint}}")
        )
        return None
    kinds: list[tuple[str, Kind]] = []
    if "answer" in sections:
        kinds.append(("### Answer", "basic"))
    if options:
        kinds.append(("a task list", "choice"))
    if gaps:
        kinds.append(("{{c1::…}}", "cloze"))
    if len(kinds) > 1:
        both = " and ".join(name for name, _ in kinds)
        mistakes.append(Mistake(line, f"the card has {both}; keep one of them"))
    elif not kinds:
        problem = "the card has no answer; add ### Answer, a task list of options, or {{c1::…}}"
        if not mistakes:
            mistakes.append(Mistake(line, problem))
        return None
    return kinds[0][1]


def _check(
    kind: Kind | None,
    line: int,
    options: Sequence[Any],
    sections: dict[str, Section],
    mistakes: list[Mistake],
) -> None:
    """Check what the parts of a card ask of each other."""
    if kind in ("choice", "cloze") and "keywords" in sections:
        where = sections["keywords"].line
        mistakes.append(Mistake(where, "'### Keywords' goes with '### Answer' only; leave it out"))
    if kind == "choice" and options and "why" not in sections:
        right = [option for option in options if option.right]
        if right and not right[0].reason:
            problem = "nothing says why the right option is right; indent it below, or add ### Why"
            mistakes.append(Mistake(line, problem))


def _is_task_list(block: Block, lines: list[str]) -> bool:
    """Tell whether a list has an option: a list right above options is one with them."""
    return block.kind == "bullet_list_open" and any(
        OPTION.match(line) for line in lines[block.start : block.end]
    )


def _text(lines: list[str], start: int, end: int) -> str:
    return "\n".join(lines[start:end]).strip("\n").rstrip()
