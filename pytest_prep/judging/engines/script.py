"""Split an SQL script into statements: what SQLite and PostgreSQL leave to their clients.

Only as much of the language is read as tells a semicolon that ends a statement from one in a
string, a name, a comment or a body (``CREATE TRIGGER … BEGIN …; END``), and one statement's kind
from another's. Whether a statement parses is for the engine to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pytest_prep.judging.engine import SqlSyntaxError

#: Words by which a statement starts, under the kind that DuckDB gives it.
_KINDS = {
    "VALUES": "SELECT",
    "TABLE": "SELECT",
    "REPLACE": "INSERT",
    "BEGIN": "TRANSACTION",
    "START": "TRANSACTION",
    "COMMIT": "TRANSACTION",
    "END": "TRANSACTION",
    "ROLLBACK": "TRANSACTION",
    "ABORT": "TRANSACTION",
    "SAVEPOINT": "TRANSACTION",
    "RELEASE": "TRANSACTION",
}
#: What may follow the common table expressions of a WITH.
_MAIN = frozenset(("SELECT", "VALUES", "TABLE", "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE"))
#: The beginning of a statement whose body holds statements.
_WITH_BODY = re.compile(r"CREATE( OR REPLACE| TEMP| TEMPORARY)* (TRIGGER|FUNCTION|PROCEDURE)$")

_COMMON = r"""
    (?P<space>\s+|--[^\n]*)
    |(?P<comment>/\*)
    |(?P<quoted>'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)
"""
_REST = r"""
    )
    |(?P<word>[^\W\d][\w$]*)
    |(?P<number>\.?\d[\w.]*)
    |(?P<sign>::|.)
"""


@dataclass(frozen=True)
class Dialect:
    """What differs between two engines' tokens."""

    tokens: re.Pattern[str]
    nested_comments: bool


def _dialect(*quotes: str, nested_comments: bool) -> Dialect:
    pattern = "".join((_COMMON, *(f"|{quote}" for quote in quotes), _REST))
    return Dialect(re.compile(pattern, re.VERBOSE | re.DOTALL), nested_comments)


SQLITE = _dialect(r"`(?:[^`]|``)*(?:`|\Z)", r"\[[^\]]*(?:\]|\Z)", nested_comments=False)
POSTGRES = _dialect(
    r"[eE]'(?:[^'\\]|''|\\.)*(?:'|\Z)",
    r"\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z)",
    nested_comments=True,
)


@dataclass(frozen=True)
class Token:
    """A piece of a script; white space and comments are none."""

    #: ``word``, ``quoted``, ``number`` or ``sign``.
    kind: str
    text: str
    #: Where it starts, counted in characters of the script.
    start: int

    @property
    def upper(self) -> str:
        """The text of a word in capitals; empty for what is no word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Statement:
    """One statement of a script."""

    #: With the comments above it, without the semicolon at its end.
    text: str
    #: Where the text starts in the script.
    start: int
    #: Never empty.
    tokens: tuple[Token, ...]

    @cached_property
    def kind(self) -> str:
        """What it does: ``SELECT``, ``INSERT``, ``CREATE``, …; a sign for what is no statement."""
        words = [token.upper for token in self.tokens]
        first = next((i for i, token in enumerate(self.tokens) if token.text != "("), 0)
        word = words[first]
        if word == "WITH":
            depth = 0
            for before, token in zip(self.tokens[first:], self.tokens[first + 1 :], strict=False):
                depth += {"(": 1, ")": -1}.get(before.text, 0)
                if depth == 0 and token.upper in _MAIN:
                    word = token.upper
                    break
        return _KINDS.get(word, word) or self.tokens[first].text


def split(script: str, dialect: Dialect) -> list[Statement]:
    """Return the statements of ``script``; what holds comments only is none.

    Raises:
        SqlSyntaxError: there is a null character, which no engine reads past.
    """
    if "\0" in script:
        line = line_of(script, script.index("\0"))
        raise SqlSyntaxError("the script contains a null character", line)
    statements = []
    start = depth = 0
    tokens: list[Token] = []
    has_body = False
    for token in [*scan(script, dialect), Token("sign", ";", len(script))]:
        if token.text == ";" and token.kind == "sign" and depth <= 0:
            if tokens:
                statements.append(Statement(script[start : token.start], start, tuple(tokens)))
            start, depth, tokens, has_body = token.end, 0, [], False
            continue
        tokens.append(token)
        if len(tokens) <= 5 and not has_body:
            has_body = bool(_WITH_BODY.match(" ".join(token.upper for token in tokens)))
        elif has_body:
            # As psql counts, which also knows no more of the language than this.
            depth += {"BEGIN": 1, "CASE": 1 if depth else 0, "END": -1}.get(token.upper, 0)
    if tokens:
        # A body without its END: the engine is to refuse it.
        statements.append(Statement(script[start:], start, tuple(tokens)))
    return statements


def scan(script: str, dialect: Dialect) -> Iterator[Token]:
    """Yield the tokens of ``script``; a string without an end reaches to the script's end."""
    place = 0
    while place < len(script):
        found = dialect.tokens.match(script, place)
        assert found is not None, "the last alternative takes any character"
        place = found.end()
        if found["comment"]:
            place = _comment_end(script, place, dialect.nested_comments)
        elif not found["space"]:
            kind = next(k for k in ("quoted", "word", "number", "sign") if found[k] is not None)
            yield Token(kind, found[0], found.start())


def _comment_end(script: str, place: int, nested: bool) -> int:
    depth = 1
    for found in re.compile(r"/\*|\*/").finditer(script, place):
        if found[0] == "*/":
            depth -= 1
        elif nested:
            depth += 1
        if depth == 0:
            return found.end()
    return len(script)


def line_of(script: str, place: int) -> int:
    """Return the 1-based line of the character at ``place``."""
    return script.count("\n", 0, place) + 1


def pointed(script: str, place: int) -> str:
    """Return the line of ``place`` with its number, and below it a mark at the place."""
    start = script.rfind("\n", 0, place) + 1
    text = script[start:].split("\n", 1)[0]
    head = f"LINE {line_of(script, place)}: "
    return f"{head}{text}\n{' ' * (len(head) + place - start)}^"


def lines_of(script: str, tokens: list[Token]) -> list[int]:
    """Return the 1-based lines on which ``tokens`` start, each once, ascending."""
    ends = [found.start() for found in re.finditer("\n", script)]
    return sorted({bisect_right(ends, token.start) + 1 for token in tokens})
