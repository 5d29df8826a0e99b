"""Decks of flashcards: what a file may say, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_prep.content.card import found_points, without_comments
from pytest_prep.content.deck import parse_deck
from pytest_prep.content.deck_text import deck_text
from pytest_prep.content.decks import Decks

HEAD = """\
---
deck: one
title: The first
category: sql
tags: [sql]
difficulty: 3
requirements: [208, 209]
---

"""

GOOD = (
    HEAD
    + """\
Anything may stand before the first question.

## What is `NULL = NULL`?
<!-- id: null-equals | tags: null, logic | level: hard -->

Think of three values.

- one
- two

### Answer
`NULL`, not true.

## this is inside the answer, because it is indented code:
<!-- id: second -->
- [x] right
- [ ] wrong
  Because of this,

  and of that.

### Why
It is.

## A gap
<!-- id: third | requirements: 210 -->
`WHERE` is before, {{c1::HAVING::a clause}} after {{c2::grouping}}.
"""
)


def read(text: str):
    """Read a deck from a text."""
    return parse_deck(text, Path("cards/one.md"))


def problems(text: str) -> list[str]:
    """Return what is said of a deck's text."""
    return [str(problem) for problem in read(dedent(text)).problems]


def card(body: str, **facts: str) -> str:
    """Return a deck of one card, whose heading is in line 10."""
    return f"{HEAD}## Q\n<!-- id: q -->\n{body}"


def test_a_deck_gives_its_cards_what_it_says_of_all() -> None:
    """Tags add up; difficulty and requirements of a card go before the deck's."""
    deck = read(GOOD)
    assert deck.problems == ()
    assert (deck.id, deck.title, deck.category) == ("one", "The first", "sql")
    first, second, third = deck.cards
    assert first.tags == ("sql", "null", "logic")
    assert (first.difficulty, first.level, second.difficulty) == (4, "hard", 3)
    assert (first.requirements, third.requirements) == ((208, 209), (210,))
    assert (first.path, first.line, second.line) == ("cards/one.md", 12, 23)


def test_the_kind_follows_from_the_answer() -> None:
    """A section Answer, a task list or gaps."""
    first, second, third = read(GOOD).cards
    assert (first.kind, second.kind, third.kind) == ("basic", "choice", "cloze")
    assert first.prompt == "Think of three values.\n\n- one\n- two"
    assert first.answer == "`NULL`, not true."
    assert [(o.text, o.right, o.reason) for o in second.options] == [
        ("right", True, ""),
        ("wrong", False, "Because of this,\n\nand of that."),
    ]
    assert third.gaps == ("HAVING", "grouping")
    assert third.masked(third.prompt) == "`WHERE` is before, [a clause] after […]."
    assert third.filled(third.prompt) == "`WHERE` is before, **HAVING** after **grouping**."


def test_all_sections_are_read() -> None:
    """Each keeps its Markdown; lists become items."""
    deck = read(
        card(
            "### Answer\nA.\n\n#### Inside\nB.\n### Keywords\n- `RANK` | rank()\n- gap\n"
            "### Why\nW.\n### Example\n```sql\nSELECT 1;\n```\n### In an interview\nSay\nthis.\n"
            "### Katas\n- `sql-one`\n- sql-two\n### References\n- https://example.org/a_b\n"
        )
    )
    assert deck.problems == ()
    (only,) = deck.cards
    assert only.answer == "A.\n\n#### Inside\nB."
    assert only.keywords == (("RANK", "rank()"), ("gap",))
    assert (only.why, only.example, only.spoken) == ("W.", "```sql\nSELECT 1;\n```", "Say\nthis.")
    assert only.katas == ("sql-one", "sql-two")
    assert only.references == ("https://example.org/a_b",)


def test_headings_in_code_are_code() -> None:
    """A block may hold any line; a line of dashes below a text makes no question."""
    deck = read(card("### Answer\n```python\n## no card\n### no section\n```\n\ntext\n---\nmore"))
    assert deck.problems == ()
    assert [c.id for c in deck.cards] == ["q"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems(newline: str) -> None:
    """A deck is the same with them."""
    assert read(GOOD.replace("\n", newline)).cards == read(GOOD).cards


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["1: no front matter; begin", "1: has no card; begin each with a ## heading"]),
        (HEAD, ["10: has no card"]),
        (card("x"), ["10: the card has no answer; add ### Answer, a task list"]),
        (card("### Answer\n"), ["12: '### Answer' is empty; write it or leave it out"]),
        (card("### Answr\nx"), ["12: '### Answr' is no section (### Answer, ", "mean 'Answer'?"]),
        (card("### Answer\nx\n### Answer\ny"), ["14: a second '### Answer'; join the two"]),
        (card("{{c1::x}}\n### Answer\nx"), ["10: the card has ### Answer and {{c1::…}}; keep"]),
        (card("{{c1::x}\n### Answer\nx"), ["10: a gap is not whole; write {{c1::text}}"]),
        (card("- [ ] a\n- [ ] b\n  no"), ["12: nothing says", "12: 0 options are marked"]),
        (card("- [x] a\n- [x] b\n### Why\nx"), ["12: 2 options are marked right; mark"]),
        (card("- [x] a\n  yes"), ["12: a single option; give two or more"]),
        (card("- [x] a\n- [ ] a\n  no\n### Why\nx"), ["12: two options are the same"]),
        (card("- [x] a\n- [ ] b\n  no"), ["10: nothing says why the right option is right"]),
        (card("- [x] a\n- b\n### Why\nx"), ["13: an item that is no option; begin it"]),
        (card("- [x] a\n- [ ] b\n  no\n\nmore\n### Why\nx"), ["16: text after the options"]),
        (card("- [x] a\n- [ ] b\n  no\n### Keywords\n- b\n### Why\nx"), ["15: '### Key"]),
        (card("- a\n\n- [x] b\n- [ ] c\n  no\n### Why\nx"), ["12: an item that is no option"]),
        (card("### Answer\nx\n### Keywords\nb"), ["15: '### Keywords' is a list; begin each line"]),
        (card("### Answer\nx\n### Keywords\n- b |"), ["15: an empty way to say it"]),
        (card("### Answer\nx\n### Katas\n- The kata"), ["15: 'The kata' is no kata's id"]),
        (card("### Answer\nx\n### In an interview\na\n\nb"), ["14: '### In an interview' is one"]),
        (card("### Answer\n```sql\nSELECT 1;"), ["13: the code block is not closed; end it"]),
        (card("### Answer\nx\n# Part two"), ["14: a heading with one # inside a card"]),
        (HEAD + "## Q\n### Answer\nx", ["10: the card has no id; write <!-- id: a-short-name -->"]),
        (HEAD + "## Q\n<!-- tags: a -->\n### Answer\nx", ["11: the card has no id; begin with id"]),
        (HEAD + "## Q\n<!-- id: A b -->\n### Answer\nx", ["11: id: 'A b' is", "such as 'a-b'"]),
        (HEAD + "## Q\n<!-- id: q | tag: a -->\n### Answer\nx", ["11: 'tag: a' is", "'tags'?"]),
        (
            HEAD + "## Q\n<!-- id: q | level: esy -->\n### Answer\nx",
            ["11: level: 'esy' is not one of easy, medium, hard; did you mean 'easy'?"],
        ),
        (
            HEAD + "## Q\n<!-- id: q | level: easy | difficulty: 1 -->\n### Answer\nx",
            ["11: level and difficulty say the same; keep one of them"],
        ),
        (
            HEAD + "## Q\n<!-- id: q | difficulty: 6 -->\n### Answer\nx",
            ["11: difficulty: '6' is not a number from 1 (easy) to 5 (hard)"],
        ),
    ],
)  # fmt: skip
def test_a_mistake_names_line_and_mend(text: str, said: list[str]) -> None:
    """Each is told as ``path:line: what is wrong; the mend``."""
    found = "\n".join(problems(text))
    for part in said:
        assert part in found
    assert all(line.startswith("cards/one.md:") for line in found.split("\n"))


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("---\ntitle: T\ncategory: c\n---\n", "1: the front matter lacks deck; add a line deck: …"),
        ("---\ndeck: d\ntitle: T\ncategory: c\n", "1: the front matter is not closed"),
        ("---\ndeck: D\ntitle: T\ncategory: c\n---\n", "2: deck: 'D' is not lower-case words"),
        ("---\ndeck: d\ntitle: T\ncategory: c\ntag: x\n---\n", "5: 'tag' is not a key of a deck"),
        ("---\ndeck: d\ntitle: T\ncategory: c\ntags: A\n---\n", "5: tags: 'A' is not lower-case"),
        ("---\ndeck: d\ntitle: T\ntitle: U\ncategory: c\n---\n", "4: a second title; keep one"),
        (
            "---\ndeck: d\ntitle: T\ncategory: c\ntags:\n---\n",
            "5: tags is empty; write it or leave",
        ),
    ],
)
def test_mistakes_of_the_front_matter_lose_no_card(head: str, said: str) -> None:
    """They are told, and the cards load under what the file's name gives."""
    deck = read(f"{head}\n## Q\n<!-- id: q -->\n### Answer\nx\n")
    assert any(said in str(problem) for problem in deck.problems)
    assert [c.id for c in deck.cards] == ["q"]
    assert deck.cards[0].deck in ("d", "one")


def test_the_other_cards_still_load() -> None:
    """One broken card costs one card."""
    deck = read(
        GOOD + "\n## Broken\n\n### Answer\nx\n\n## Fine\n<!-- id: fine -->\n### Answer\ny\n"
    )
    assert [c.id for c in deck.cards] == ["null-equals", "second", "third", "fine"]
    assert [problem.line for problem in deck.problems] == [38]


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    """The line of the bad byte is named."""
    (tmp_path / "one.md").write_bytes(HEAD.encode() + b"## Caf\xe9\n")
    (deck,) = Decks(tmp_path, tmp_path, None).all()
    assert str(deck.problems[0]) == "one.md:10: is not UTF-8; save the file in that encoding"


def test_the_hash_changes_with_what_is_shown() -> None:
    """An edited answer is another content; moved, tagged or linked it is the same."""
    first = read(GOOD).cards[0]
    assert read(GOOD.replace("not true", "unknown")).cards[0].content != first.content
    assert read(GOOD.replace("tags: null", "tags: nil")).cards[0].content == first.content
    assert read(GOOD.replace("Anything", "\n\nAnything")).cards[0].content == first.content


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", (False, False)),
        ("rank", (True, False)),
        ("`RANK()` leaves GAPS", (True, True)),
        ("it skips a number", (False, True)),
        ("frank, a stopgap", (False, False)),
        ("prank() and then a\n gap", (False, True)),
    ],
)
def test_points_of_a_typed_answer(typed: str, found: tuple[bool, ...]) -> None:
    """A way to say a point counts where a word begins with it, in any case."""
    deck = read(card("### Answer\nx\n### Keywords\n- RANK | rank()\n- gap | jumps, skip\n"))
    assert found_points(deck.cards[0], typed) == found


def test_a_gap_is_a_point() -> None:
    """A typed answer to a cloze card is checked for what the gaps hold."""
    third = read(GOOD).cards[2]
    assert found_points(third, "having, and grouping") == (True, True)


def test_comments_are_not_shown() -> None:
    """How a snippet is run is not part of the card's text."""
    text = "a\n<!-- run: no, needs a server -->\n```sql\nSELECT 1;\n```"
    assert without_comments(text) == "a\n```sql\nSELECT 1;\n```"


class TestDecks:
    """All decks below a folder."""

    @pytest.fixture
    def decks(self, tmp_path: Path):
        """Two decks that share an id, a file that is no deck, and a way to open them."""
        (tmp_path / "cards" / "b").mkdir(parents=True)
        (tmp_path / "cards" / "a.md").write_text(card("### Answer\nx"), encoding="utf-8")
        other = card("### Answer\ny").replace("deck: one", "deck: two")
        (tmp_path / "cards" / "b" / "b.md").write_text(other, encoding="utf-8")
        (tmp_path / "cards" / "README.md").write_text("# Not a deck\n", encoding="utf-8")
        return lambda: Decks(tmp_path / "cards", tmp_path, tmp_path)

    def test_an_id_is_unique_over_all_decks(self, decks) -> None:
        """The later card is told where the other one is, and the first one counts."""
        first, second = decks().all()
        assert decks().problems(first) == []
        assert [str(problem) for problem in decks().problems(second)] == [
            "cards/b/b.md:10: the id q is taken by cards/a.md:10; give the newer card another one"
        ]
        assert decks().cards()["q"].answer == "x"

    def test_a_deck_is_unique_too(self, decks, tmp_path: Path) -> None:
        """Two files with one deck's id would mix in every count."""
        path = tmp_path / "cards" / "b" / "b.md"
        path.write_text(card("### Answer\ny").replace("id: q", "id: r"), encoding="utf-8")
        opened = decks()
        (problem,) = opened.problems(opened.all()[1])
        assert str(problem) == (
            "cards/b/b.md:1: the deck one is in cards/a.md too; give it an id of its own"
        )

    def test_the_index_is_used_until_a_file_changes(self, decks, tmp_path, monkeypatch) -> None:
        """An unchanged deck is not parsed again; a changed one is."""
        before = decks().all()
        parsed = []
        real = parse_deck
        monkeypatch.setattr(
            "pytest_prep.content.deck.parse_deck",
            lambda text, path: parsed.append(path.name) or real(text, path),
        )
        assert decks().all() == before
        assert parsed == []
        (tmp_path / "cards" / "a.md").write_text(card("### Answer\nlonger"), encoding="utf-8")
        assert decks().cards()["q"].answer == "longer"
        assert parsed == ["a.md"]

    @pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xe9\x01\x00\x00\x00"])
    def test_a_damaged_index_is_ignored(self, decks, tmp_path: Path, damage: bytes) -> None:
        """It is made anew."""
        before = decks().all()
        (index,) = tmp_path.glob("decks-*")
        index.write_bytes(damage)
        assert decks().all() == before

    def test_problems_survive_the_index(self, decks, tmp_path: Path) -> None:
        """What is wrong is told again by the next run."""
        (tmp_path / "cards" / "a.md").write_text(card("x"), encoding="utf-8")
        first = decks().all()[0].problems
        assert first
        assert decks().all()[0].problems == first


PIECES = [
    "---", "deck: d", "title: T", "category: c", "tags: [a, b]", "## Q", "# T", "### Answer",
    "### Why", "### Keywords", "### Katas", "### In an interview", "<!-- id: a -->",
    "<!-- id: b | tags: x -->", "<!-- run: no, x -->", "<!--", "-->", "- [x] a", "- [ ] b", "  c",
    "- d | e", "* f", "```sql", "```", "~~~", "{{c1::x}}", "{{c1::", "> q", "    code", "| a |",
    "|---|", "", "text", "## ", "###", "\t", "1. x", "[ ]", "&amp; <b>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=300)
def test_any_text_is_read(lines: list[str]) -> None:
    """Whatever a file holds: mistakes with a line of it, and cards with an id and an answer."""
    deck = read("\n".join(lines))
    assert all(1 <= problem.line <= len(lines) + 1 for problem in deck.problems)
    for found in deck.cards:
        assert found.id
        assert found.question
        assert found.answer or found.options or found.gaps
    if not deck.problems:
        text = deck_text(deck.cards, deck="d", title="T", category="c")
        again = parse_deck(text, Path("cards/one.md"))
        assert again.problems == ()
        assert [c.content for c in again.cards] == [c.content for c in deck.cards]
