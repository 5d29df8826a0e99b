"""--flash-export and --flash-import: what comes back of what was written, and what is said."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pytest_prep.content.card import Card
from pytest_prep.content.deck import parse_deck
from pytest_prep.content.deck_text import deck_text, safe_text
from pytest_prep.content.decks import Decks
from pytest_prep.modes.flash.html_text import to_html, to_markdown
from pytest_prep.modes.flash.notes import card_of, note_of

ROOT = Path(__file__).parent.parent
SHIPPED = list(Decks(ROOT / "cards", ROOT, None).cards().values())

DECK = """\
---
deck: mixed
title: Mixed cards
category: sql
tags: [sql]
---

## What does `a_b * c` mean?
<!-- id: basic-one | difficulty: 4 | requirements: 208, 209 -->
Look:

1. one
2. two

### Answer
**Bold**, *italic*, a [link](https://example.org/a_b) and `code | pipe`.

```sql
SELECT 1  -- a < b && "c"


FROM t;
```

| a | b |
|---|---|
| 1 | x |
### Keywords
- bold | strong
- link
### Why
Because.
### In an interview
One sentence.
### Katas
- sql-last-flight
### References
- https://example.org/_x_y

## Which?
<!-- id: choice-one -->
- [ ] no
  Not this.
- [x] yes
### Why
So.

## Gap
<!-- id: cloze-one -->
After `WHERE` comes {{c1::HAVING::word}}.
### Example
An example.
"""


@pytest.fixture
def cards(katas):
    """A deck of each kind of card."""
    katas.write("cards/mixed.md", DECK)
    return katas


def bare(card: Card) -> Card:
    """Return a card without what its deck and place say of it."""
    return replace(card, deck="", category="", path="", line=0)


def read(path: Path) -> list[Card]:
    """Return the cards of a deck that must be without mistakes."""
    deck = parse_deck(path.read_text(encoding="utf-8"), path)
    assert deck.problems == ()
    return list(deck.cards)


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.id)
def test_a_shipped_card_survives_both_ways(card: Card) -> None:
    """As a deck's text it comes back the same, as a note it is drawn the same."""
    text = deck_text([card], deck="d", title="D", category="c")
    (back,) = parse_deck(text, Path("d.md")).cards
    assert bare(back) == bare(card)
    for markdown in (card.question, card.prompt, card.answer, card.why, card.example):
        assert to_html(to_markdown(to_html(markdown))) == to_html(markdown)
    note = note_of(card)
    if card.kind != "choice":
        back = card_of(note.id, note.front, note.back + note.extra, note.tags)
        assert note_of(back) == note
        assert bare(back).tags == card.tags
        assert (back.keywords, back.katas, back.references, back.difficulty) == (
            card.keywords, card.katas, card.references, card.difficulty,
        )  # fmt: skip


words = st.lists(
    st.sampled_from([*"ab *_`#-+.1)>|[]<>&\\{}:!\n", "\n```", "\n````", "\n~~~", "<pre>"]),
    max_size=25,
).map("".join)


@given(words)
@settings(max_examples=300)
def test_html_comes_back_as_html(text: str) -> None:
    """Whatever Markdown is drawn as, it is drawn so again after a way through HTML."""
    once = to_html(to_markdown(to_html(text)))
    assert to_html(to_markdown(once)) == once


plain = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40
).filter(lambda text: text.strip() and "{{c" not in text)


@given(plain, plain)
@example("0", ">0")
@example("0", "__0__")
def test_plain_text_comes_back(front: str, back: str) -> None:
    """Text without any markup loses no letter on its way through a note."""
    import html

    def said(markdown: str) -> str:
        return " ".join(html.unescape(markdown).split())

    card = card_of("x", html.escape(front), html.escape(back), [])
    drawn = "".join(to_html(text) for text in (card.question, card.prompt))
    for text, got in ((front, drawn), (back, to_html(card.answer))):
        assert said(got.replace("<p>", " ").replace("</p>", " ")) == " ".join(text.split())


@given(st.lists(words, min_size=1, max_size=4))
@example(["<!--", ""])
def test_any_text_stays_within_its_card(texts: list[str]) -> None:
    """Headings, fences and rules of elsewhere end no section."""
    made = [
        replace(SHIPPED[0], id=f"c{n}", kind="basic", options=(), answer=safe_text(text) or "x",
                prompt="")
        for n, text in enumerate(texts)
    ]  # fmt: skip
    deck = parse_deck(deck_text(made, deck="d", title="D", category="c"), Path("d.md"))
    assert [card.id for card in deck.cards] == [card.id for card in made]


class TestExport:
    """``--flash-export``."""

    def test_markdown_comes_back_the_same(self, cards) -> None:
        """Every kind of card, with all that it holds."""
        assert cards.run("--flash-export", "out.md").ret == 0
        before = map(bare, read(cards.root / "cards/mixed.md"))
        assert [bare(card) for card in read(cards.root / "out.md")] == list(before)

    def test_json_holds_everything(self, cards) -> None:
        """Each field of each card."""
        cards.run("--flash-export", "out.json")
        data = json.loads((cards.root / "out.json").read_text(encoding="utf-8"))
        assert data["decks"] == {"mixed": "Mixed cards"}
        first, second, _ = data["cards"]
        assert first["keywords"] == [["bold", "strong"], ["link"]]
        assert second["options"][0] == {"text": "no", "right": False, "reason": "Not this."}

    def test_a_table_for_anki(self, cards) -> None:
        """Header lines, guid, note type, deck and tags; what it cannot hold is said."""
        result = cards.run("--flash-export", "out.tsv")
        result.stdout.fnmatch_lines(
            ["*out.tsv: 3 cards", "not in it: choosing: 1 multiple-choice *", "not in it: your *"]
        )
        text = (cards.root / "out.tsv").read_text(encoding="utf-8")
        head = [line for line in text.split("\n") if line.startswith("#")]
        assert head == ["#separator:Tab", "#html:true", "#guid column:1", "#notetype column:2",
                        "#deck column:3", "#tags column:6"]  # fmt: skip
        first = next(csv.reader(text.split("\n")[len(head) :], delimiter="\t"))
        assert first[:3] == ["basic-one", "Basic", "Mixed cards"]
        assert "After <code>WHERE</code> comes {{c1::HAVING::word}}." in text

    def test_a_package_keeps_its_guids(self, cards) -> None:
        """A card whose text was edited is the same note in the next export."""
        pytest.importorskip("genanki", reason="pip install 'pytest-prep[anki]'")

        def notes(name: str) -> dict[str, str]:
            assert cards.run("--flash-export", name).ret == 0
            with zipfile.ZipFile(cards.root / name) as package:
                package.extract("collection.anki2", cards.root / f"{name}.d")
            connection = sqlite3.connect(cards.root / f"{name}.d/collection.anki2")
            found = dict(connection.execute("SELECT guid, flds FROM notes").fetchall())
            connection.close()
            return found

        before = notes("one.apkg")
        cards.write("cards/mixed.md", DECK.replace("**Bold**", "**Thick**"))
        after = notes("two.apkg")
        assert len(before) == 3
        assert before.keys() == after.keys()
        assert before != after

    def test_selection_narrows_it(self, cards) -> None:
        """As it narrows a session."""
        cards.run("--flash-export", "out.md", "-k", "cloze-one")
        assert [card.id for card in read(cards.root / "out.md")] == ["cloze-one"]

    @pytest.mark.parametrize(
        ("args", "status", "said"),
        [
            (("out.xlsx",), 4, "'out.xlsx' has none of the endings .tsv, .apkg, .md, .json"),
            (("taken.md",), 4, "taken.md is there already; name another file"),
            (("no/where.md",), 4, "No such file or directory"),
            (("out.md", "-k", "nonesuch"), 5, "no card is selected"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, cards, args, status, said) -> None:
        """And nothing is overwritten."""
        cards.write("taken.md", "mine\n")
        result = cards.run("--flash-export", *args)
        assert result.ret == status
        assert said in result.stderr.str() + result.stdout.str()
        assert (cards.root / "taken.md").read_text(encoding="utf-8") == "mine\n"


class TestImport:
    """``--flash-import``."""

    @pytest.mark.parametrize("ending", ["tsv", "apkg"])
    def test_an_export_comes_back(self, cards, ending: str) -> None:
        """What the format can hold: both sides, sections, tags, difficulty, requirements."""
        if ending == "apkg":
            pytest.importorskip("genanki", reason="pip install 'pytest-prep[anki]'")
        cards.run("--flash-export", f"out.{ending}")
        (cards.root / "cards/mixed.md").unlink()
        result = cards.run("--flash-import", f"out.{ending}")
        assert result.ret == 0
        result.stdout.fnmatch_lines(
            ["cards/imported/out.md: 3 cards", "next: pytest --flash cards/imported/out.md"]
        )
        back = {card.id: bare(card) for card in read(cards.root / "cards/imported/out.md")}
        for card in map(bare, parse_deck(DECK, Path("d.md")).cards):
            if card.kind != "choice":
                got = back[card.id]
                assert note_of(got) == note_of(card)
                assert got.requirements == card.requirements
            else:
                assert back[card.id].kind == "basic"
                assert "yes" in back[card.id].answer
        assert cards.run("cards").ret == 0

    def test_taken_ids_get_others(self, cards) -> None:
        """An import beside the cards it was made from changes none of them."""
        cards.run("--flash-export", "out.md")
        result = cards.run("--flash-import", "out.md")
        result.stdout.fnmatch_lines(["new ids: 3, *"])
        ids = [card.id for card in read(cards.root / "cards/imported/out.md")]
        assert ids == ["basic-one-2", "choice-one-2", "cloze-one-2"]
        assert cards.run("cards").ret == 0

    def test_a_deck_is_never_overwritten(self, cards) -> None:
        """The second import of a file is refused."""
        cards.run("--flash-export", "out.md")
        cards.run("--flash-import", "out.md")
        mine = cards.write("cards/imported/out.md", "mine\n")
        result = cards.run("--flash-import", "out.md")
        assert result.ret == 4
        assert "cards/imported/out.md is there already; rename out.md" in result.stderr.str()
        assert mine.read_text(encoding="utf-8") == "mine\n"

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("words.csv", "front,back,tags\nWhat?,\"This, and that\",a b\nWho?,Me,\n"),
            ("words.csv", "Question;Answer;Tags\nWhat?;This, and that;a b\nWho?;Me;\n"),
            ("words.tsv", "What?\tThis, and that\ta b\nWho?\tMe\t\n"),
            ("words.txt", "#separator:comma\n#tags column:1\n"
             "a b,What?,\"This, and that\"\n,Who?,Me\n"),
        ],
    )  # fmt: skip
    def test_tables_of_other_programs(self, cards, name: str, text: str) -> None:
        """With and without a row of names, parted by tabs, commas or semicolons."""
        cards.write(name, text)
        assert cards.run("--flash-import", name).ret == 0
        first, second = read(cards.root / "cards/imported/words.md")
        assert (first.question, first.answer, first.tags) == ("What?", "This, and that", ("a", "b"))
        assert (second.question, second.id) == ("Who?", "words-who")

    def test_what_is_left_out_is_said(self, cards) -> None:
        """Pictures, sounds, notes with one side; text that would end a card is mended."""
        cards.write(
            "x.tsv",
            "#html:true\n<b>Front</b> <img src=a.png>\tBack [sound:a.mp3]\nOnly a front\t\n"
            "\tOnly a back\nHeading\t<h2>Not a card</h2><p>text</p>\n",
        )
        result = cards.run("--flash-import", "x.tsv")
        result.stdout.fnmatch_lines(
            [
                "cards/imported/x.md: 2 cards",
                "left out: 2 × pictures, sounds and other media",
                "left out: notes with no back",
                "left out: notes with no front",
            ]
        )
        assert cards.run("cards").ret == 0

    def test_a_modern_package(self, cards) -> None:
        """zstd-packed, with note types in tables of their own."""
        zstandard = pytest.importorskip("zstandard", reason="pip install 'pytest-prep[anki]'")
        self.modern(cards.root, zstandard.ZstdCompressor().compress)
        assert cards.run("--flash-import", "m.apkg").ret == 0
        (card,) = read(cards.root / "cards/imported/m.md")
        assert (card.question, card.answer, card.tags) == (
            "Capital **of** France?",
            "Paris",
            ("geo",),
        )

    def test_a_modern_package_without_zstandard(self, cards, monkeypatch) -> None:
        """What to install, or to export instead, is said."""
        self.modern(cards.root, lambda data: data)
        monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
        result = cards.run("--flash-import", "m.apkg")
        assert result.ret == 4
        assert "is packed with zstd: pip install 'pytest-prep[anki]'" in result.stderr.str()

    def modern(self, root: Path, pack) -> None:
        """Write a package as newer versions of Anki do."""
        connection = sqlite3.connect(root / "c.sqlite")
        connection.executescript(
            """
            CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);
            CREATE TABLE fields (ntid INTEGER, ord INTEGER, name TEXT, config BLOB);
            INSERT INTO fields VALUES (7, 1, 'Back', x''), (7, 0, 'Front', x'');
            """
        )
        row = (1, "g~1", 7, " geo ", "Capital <b>of</b> France?\x1f<div>Paris</div>")
        connection.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
        connection.close()
        with zipfile.ZipFile(root / "m.apkg", "w") as package:
            package.writestr("collection.anki2", b"stub")
            package.writestr("collection.anki21b", pack((root / "c.sqlite").read_bytes()))

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("x.apkg", b"not a zip", "x.apkg: is no Anki package"),
            ("x.tsv", b"\xff\xfe", "x.tsv: is not UTF-8"),
            ("x.tsv", b"", "x.tsv: holds no row with a front and a back"),
            ("x.csv", b"only one column\n", "x.csv: holds no row with a front and a back"),
            ("x.md", b"# Notes\n", "x.md: holds no card of a deck"),
            ("x.pdf", b"", "'x.pdf' has none of the endings .tsv, .csv, .txt, .apkg, .md"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, cards, name: str, data: bytes, said: str) -> None:
        """In one line; nothing is written."""
        (cards.root / name).write_bytes(data)
        result = cards.run("--flash-import", name)
        assert result.ret == 4
        assert said in result.stderr.str()
        assert "Traceback" not in result.stderr.str() + result.stdout.str()
        assert not (cards.root / "cards/imported").exists()

    def test_the_first_deck_of_a_project(self, katas) -> None:
        """The folder of cards need not be there."""
        katas.write("words.tsv", "What?\tThis\n")
        assert katas.run("--flash-import", "words.tsv").ret == 0
        assert katas.ids("cards") == ["cards/imported/words.md::deck"]

    def test_a_missing_file(self, cards) -> None:
        """Is named."""
        result = cards.run("--flash-import", "nowhere.tsv")
        assert result.ret == 4
        assert "nowhere.tsv: No such file or directory" in result.stderr.str()
