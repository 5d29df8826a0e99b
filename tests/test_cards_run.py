"""Snippets on cards are run, and do what the card says they do."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import re
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from markdown_it import MarkdownIt

from pytest_prep.content.card import Card
from pytest_prep.content.decks import Decks

ROOT = Path(__file__).parent.parent
RUN = {"sql", "python", "pycon"}


class Snippet(NamedTuple):
    """A fenced block of a card."""

    language: str
    code: str
    #: Why it is not run, or None.
    kept: str | None


class Untrue(AssertionError):
    """A snippet does not do what the card says."""


def snippets(card: Card) -> list[Snippet]:
    """Return the fenced blocks of a card that have a language to run, in order."""
    found = []
    reasons = [option.reason for option in card.options]
    for text in (card.prompt, card.answer, *reasons, card.why, card.example):
        before = ""
        for token in MarkdownIt("commonmark").parse(text):
            if token.type == "fence" and token.info.split(" ")[0] in RUN:
                kept = re.fullmatch(r"<!--\s*run:\s*no,\s*(.+?)\s*-->", before.strip())
                found.append(Snippet(token.info.split(" ")[0], token.content, kept and kept[1]))
            before = token.content if token.type == "html_block" else ""
    return found


def run_card(card: Card) -> int:
    """Run a card's snippets; return how many were run."""
    todo = [snippet for snippet in snippets(card) if snippet.kept is None]
    sql = [snippet.code for snippet in todo if snippet.language == "sql"]
    if sql:
        with duckdb.connect(config={"threads": 1}) as connection:
            for code in sql:
                run_sql(code, connection)
    names: dict[str, object] = {"__name__": f"card {card.id}"}
    for snippet in todo:
        if snippet.language == "python":
            run_python(snippet.code, names)
        elif snippet.language == "pycon":
            run_doctest(snippet.code, names)
    return len(todo)


def run_sql(code: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Run statements, and compare each with the ``-- result:`` or ``-- error:`` below it."""
    start = 0
    for note in re.finditer(r"^-- ?(result|error):(.*(?:\n--.*)*)", code, re.MULTILINE):
        lines = [line.removeprefix("--").strip() for line in note[2].split("\n")]
        run_part(code[start : note.start()], connection, note[1], [line for line in lines if line])
        start = note.end()
    run_part(code[start:], connection, "", [])


def run_part(
    code: str, connection: duckdb.DuckDBPyConnection, kind: str, expected: list[str]
) -> None:
    """Run statements, the last of which has an expected result or error."""
    parsed = duckdb.extract_statements(code)
    assert parsed or not kind, f"no statement above -- {kind}:"
    for number, statement in enumerate(parsed, 1):
        said = kind if number == len(parsed) else ""
        shown = statement.query.strip()
        try:
            rows = connection.execute(statement).fetchall()
        except duckdb.Error as error:
            if said == "error" and expected[0] in str(error):
                continue
            raise Untrue(f"{shown}\n{error}") from error
        if said == "error":
            raise Untrue(f"{shown}\ndoes not fail")
        got = [" | ".join(map(cell, row)) for row in rows]
        if said == "result" and got != expected:
            raise Untrue("\n".join([shown, "gives", *got, "and not", *expected]))


def cell(value: object) -> str:
    """Return a value as cards write it."""
    if value is None:
        return "NULL"
    return str(value).lower() if isinstance(value, bool) else str(value)


def run_python(code: str, names: dict[str, object]) -> None:
    """Run statements, and compare each with the ``# -> text`` or ``# raises Name`` behind it."""
    lines = code.split("\n")
    for node in ast.parse(code).body:
        note = re.search(r"#\s*(->|raises)\s*(.+)$", lines[(node.end_lineno or 1) - 1])
        shown = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        printed = io.StringIO()
        value = None
        raised = ""
        with contextlib.redirect_stdout(printed):
            try:
                if isinstance(node, ast.Expr):
                    value = eval(compile(ast.Expression(node.value), "card", "eval"), names)
                else:
                    exec(compile(ast.Module([node], []), "card", "exec"), names)
            except Exception as error:
                raised = type(error).__name__
                if not (note and note[1] == "raises"):
                    raise Untrue(f"{shown}\nraises {raised}: {error}") from error
        if note is None:
            continue
        got = raised or printed.getvalue().strip() or repr(value)
        if got != note[2].strip():
            raise Untrue(f"{shown}\ngives {got}")


def run_doctest(code: str, names: dict[str, object]) -> None:
    """Run a Python session as a doctest."""
    test = doctest.DocTestParser().get_doctest(code, names, "card", None, 0)
    test.globs = names
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    if runner.run(test, out=said.append, clear_globs=False).failed:
        raise Untrue("".join(said))


CARDS = Decks(ROOT / "cards", ROOT, None).cards()
WITH_SNIPPETS = [card for card in CARDS.values() if snippets(card)]


@pytest.mark.parametrize("card", WITH_SNIPPETS, ids=lambda card: card.id)
def test_the_snippets_of_a_card(card: Card) -> None:
    """They run, and give what the card says."""
    if any(snippet.language != "sql" for snippet in snippets(card)):
        for library in ("pandas", "numpy"):
            if any(re.search(rf"import {library}", s.code) for s in snippets(card)):
                pytest.importorskip(library)
    modules = set(sys.modules)
    run_card(card)
    assert not {"__main__"} - modules


@pytest.mark.parametrize("card", WITH_SNIPPETS, ids=lambda card: card.id)
def test_a_snippet_that_is_not_run_says_why(card: Card) -> None:
    """``<!-- run: no -->`` alone is no reason."""
    texts = (card.prompt, card.answer, card.why, card.example, *(o.reason for o in card.options))
    kept = re.findall(r"<!--\s*run:(.*?)-->", "\n".join(texts))
    assert all(re.fullmatch(r"\s*no,\s*\S.{3,}", reason) for reason in kept)


def card_of(example: str) -> Card:
    """Return a card with this example."""
    from pytest_prep.content.deck import parse_deck

    head = "---\ndeck: d\ntitle: T\ncategory: c\n---\n"
    text = f"{head}## Q\n<!-- id: q -->\n### Answer\nx\n### Example\n{example}\n"
    deck = parse_deck(text, Path("d.md"))
    assert deck.problems == ()
    return deck.cards[0]


@pytest.mark.parametrize(
    "example",
    [
        "```sql\nSELECT 1, NULL, true, 2.5, DATE '2024-01-31';\n"
        "-- result: 1 | NULL | true | 2.5 | 2024-01-31\n```",
        "```sql\n-- a table\nCREATE TABLE t (x INTEGER);\n```\n\n```sql\n"
        "INSERT INTO t VALUES (1), (2);\nSELECT x FROM t ORDER BY x;\n-- result:\n-- 1\n-- 2\n"
        "SELECT count(*) FROM t; -- all\n```",
        "```sql\nSELECT 'a';\n-- result: a\nSELECT x;\n-- error: not found\n```",
        "```sql\nSELECT 1 WHERE false;\n-- result:\n```",
        "```python\ndef f(x):\n    return x + 1\n\n\nf(1)  # -> 2\n```\n\n"
        "```python\nprint(f(2), 'a')  # -> 3 a\nf('a')  # raises TypeError\n```",
        "```pycon\n>>> [1, 2][::-1]\n[2, 1]\n>>> 1 / 0\nTraceback (most recent call last):\n"
        "ZeroDivisionError: division by zero\n```",
        "<!-- run: no, needs a server -->\n```sql\nSELECT pg_sleep(1);\n```",
        "```postgres\nSELECT pg_sleep(1);\n```",
    ],
)
def test_what_a_snippet_may_say(example: str) -> None:
    """Results, errors and printed text are compared; a block of another language is not run."""
    run_card(card_of(example))


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("```sql\nSELECT 1;\n-- result: 2\n```", "gives\n1\nand not\n2"),
        ("```sql\nSELECT 1;\n-- result:\n```", "gives\n1\nand not"),
        ("```sql\nSELECT 1;\n-- error: x\n```", "does not fail"),
        ("```sql\nSELECT x;\n```", "not found"),
        ("```sql\nSELECT x;\n-- error: overflow\n```", "not found"),
        ("```sql\nSELECT 1;\n-- result: 2\nSELECT 3;\n-- result: 3\n```", "gives\n1\nand not\n2"),
        ("```python\n1 + 1  # -> 3\n```", "gives 2"),
        ("```python\nlen(1)\n```", "raises TypeError"),
        ("```python\nlen(1)  # raises ValueError\n```", "gives TypeError"),
        ("```python\nlen('a')  # raises TypeError\n```", "gives 1"),
        ("```pycon\n>>> 1 + 1\n3\n```", "Got:\n    2"),
    ],
)
def test_what_is_untrue_is_found(example: str, said: str) -> None:
    """The statement is shown with what it really gives."""
    with pytest.raises(Untrue) as caught:
        run_card(card_of(example))
    assert said in str(caught.value)
