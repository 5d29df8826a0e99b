"""``pytest cards``: one item a deck, and every mistake of a bad one."""

from __future__ import annotations

import pytest

DECK = """\
---
deck: one
title: The first
category: sql
---

## What is NULL = NULL?
<!-- id: null-equals | tags: null -->

### Answer
NULL.
"""


@pytest.fixture
def cards(katas):
    """Katas beside one good deck."""
    katas.write("cards/sql/one.md", DECK)
    katas.write("cards/README.md", "# What stands here\n")
    return katas


def test_a_good_deck_is_one_item_that_passes(cards) -> None:
    """Beside the katas it stays calm."""
    assert cards.ids("cards") == ["cards/sql/one.md::deck"]
    result = cards.run("cards", "katas")
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] == 1
    assert result.parseoutcomes()["todo"] > 5


def test_a_bad_deck_fails_with_all_its_mistakes(cards) -> None:
    """Each is one line: file, line, what is wrong, the mend; no traceback."""
    cards.write("cards/sql/two.md", DECK.replace("### Answer", "### Answr") + "\n## More\n")
    result = cards.run("cards")
    assert result.ret == 1
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(
        [
            "*deck one*",
            "cards/sql/two.md:1: the deck one is in cards/sql/one.md too; *",
            "cards/sql/two.md:10: '### Answr' is no section *did you mean 'Answer'?",
            "cards/sql/two.md:13: the card has no id; *",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_deck_alone_is_held_against_all_others(cards) -> None:
    """An id is unique over all decks, also when one of them is checked by its path."""
    cards.write("cards/sql/two.md", DECK.replace("deck: one", "deck: two"))
    result = cards.run("cards/sql/two.md")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["cards/sql/two.md:7: the id null-equals is taken by cards/sql/one.md:7; *"]
    )


def test_decks_are_selected_by_their_names(cards) -> None:
    """``-k`` knows a deck by its id, title, category and folder."""
    cards.write("cards/python/two.md", DECK.replace("one", "two").replace("sql", "python"))
    for word, deck in [("sql", "sql/one"), ("two", "python/two"), ("python", "python/two")]:
        assert cards.ids("cards", "-k", word) == [f"cards/{deck}.md::deck"]


def test_the_folder_of_the_decks_is_a_setting(cards) -> None:
    """``prep_cards`` names it; Markdown elsewhere is left alone."""
    cards.write("decks/one.md", DECK)
    assert cards.ids("decks") == []
    assert cards.ids("decks", "-o", "prep_cards=decks") == ["decks/one.md::deck"]


def test_workers_check_decks(cards) -> None:
    """``-n`` runs the same items."""
    cards.write("cards/sql/two.md", DECK.replace("### Answer", "### Answr"))
    result = cards.run_outside("-p", "xdist", "-n", "1", "cards")
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}
