"""A changed syntax tree written back as a small edit of the author's own text.

The generator would lay the whole query out anew: nobody finds a change of one word in that. So
only the tokens that differ between the generated reference and the generated mutant are taken
over, and the result counts only if it parses to the mutant's tree again.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pytest_prep.judging.mutants.mutant import Mutant, change_words, mutant_of

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.generator import Generator
    from sqlglot.tokenizer_core import Token


_JOINTS = ("AND", "OR", ",")
#: No blank is needed between an insertion and these.
_CLOSING = (" ", "\n", ")", ",", ";", "")


class Splicer:
    """Writes mutants of one script."""

    def __init__(self, text: str, dialect: str) -> None:
        """Parse the script.

        Raises:
            SqlglotError: it does not parse.
        """
        from sqlglot import parse

        self._text = text
        self._dialect = dialect
        #: One tree a statement.
        self.trees: list[exp.Expr] = [
            tree for tree in parse(text, dialect=dialect) if tree is not None
        ]
        self._own = self._tokens(text)
        words = [token.text.upper() for token in self._own]
        #: Whether the author writes ``ROWS UNBOUNDED PRECEDING`` without its end.
        self._short_frames = any(
            word in ("ROWS", "RANGE") and following == "UNBOUNDED"
            for word, following in pairwise(words)
        )
        self._generated = self.generate(self.trees)
        while self._own and self._own[-1].text == ";":
            self._own.pop()
        self._plain = self._tokens(self._generated)
        matcher = SequenceMatcher(None, _keys(self._plain), _keys(self._own), autojunk=False)
        #: Index of a generated token → index of the same token in the author's text.
        self._places = {
            block.a + i: block.b + i
            for block in matcher.get_matching_blocks()
            for i in range(block.size)
        }

    def generate(self, trees: list[exp.Expr]) -> str:
        """Return the trees as one script."""
        generator = _generator(self._dialect, self._short_frames)
        return ";\n".join(generator.generate(tree) for tree in trees)

    def mutant(self, trees: list[exp.Expr], label: str = "") -> Mutant | None:
        """Return the mutant with these trees, None where they are the reference's.

        Args:
            trees: one a statement.
            label: how the change is called; by default the code before and after it.
        """
        generated = self.generate(trees)
        if generated == self._generated:
            return None
        tokens = self._tokens(generated)
        start, end = self._region(tokens)
        first = self._places[start - 1] + 1 if start else 0
        last = self._places[len(self._plain) - end] if end else len(self._own)
        before = self._own[first:last]
        after = tokens[start : len(tokens) - end]
        new = generated[after[0].start : after[-1].end + 1] if after else ""
        old = self._text[before[0].start : before[-1].end + 1] if before else ""
        changed = self._edit(first, last, new)
        line = self._own[first if first < last else max(first - 1, 0)].line
        if not self._is(changed, generated):
            changed = f"{generated};\n"
        return mutant_of(self._text, changed, line, label or change_words(old, new))

    def _region(self, tokens: list[Token]) -> tuple[int, int]:
        """Return how many tokens at the start and at the end are the reference's too."""
        plain, changed = _keys(self._plain), _keys(tokens)
        start, end = _slid(plain, changed, *_common(plain, changed))
        # brackets stay in pairs, and the change begins and ends beside the author's own tokens
        while end and (
            len(plain) - end not in self._places
            or _depth(plain[start : len(plain) - end]) > 0
            or _depth(changed[start : len(changed) - end]) > 0
        ):
            end -= 1
        while start and (
            start - 1 not in self._places
            or _depth(plain[start : len(plain) - end]) < 0
            or _depth(changed[start : len(changed) - end]) < 0
        ):
            start -= 1
        return start, end

    def _edit(self, first: int, last: int, new: str) -> str:
        """Replace the author's tokens from ``first`` up to ``last`` by ``new``."""
        text, own = self._text, self._own
        start = own[first].start if first < last else own[first - 1].end + 1
        end = own[last - 1].end + 1 if first < last else start
        if first == last < len(own) and own[last].text.upper() == "JOIN":
            start = end = own[last].start
            new += " "
        elif first == last:  # an insertion, behind the token before it
            new = new if text[:start].endswith("(") else f" {new}"
            new = new if text[end : end + 1] in _CLOSING else f"{new} "
        elif not new:  # a deletion, with the blanks before it
            before = text[:start].rstrip()
            if before.endswith("("):
                end += len(text[end:]) - len(text[end:].lstrip())
            elif "--" not in before[before.rfind("\n") + 1 :]:
                start = len(before)
        return text[:start] + new + text[end:]

    def _is(self, changed: str, generated: str) -> bool:
        from sqlglot import parse
        from sqlglot.errors import SqlglotError

        try:
            trees = [tree for tree in parse(changed, dialect=self._dialect) if tree is not None]
        except SqlglotError:
            return False
        return self.generate(trees) == generated

    def _tokens(self, text: str) -> list[Token]:
        from sqlglot import tokenize

        return tokenize(text, dialect=self._dialect)


def _keys(tokens: list[Token]) -> list[str]:
    """Return what makes tokens equal: their text, and in strings and quoted names its case too."""
    return [
        f"{token.token_type.name} {token.text}"
        if token.token_type.name in ("STRING", "IDENTIFIER")
        else token.text.upper()
        for token in tokens
    ]


def _common(left: list[str], right: list[str]) -> tuple[int, int]:
    """Return how many items two lists share at their start, and of the rest at their end."""
    shorter = min(len(left), len(right))
    start = 0
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return start, end


def _slid(before: list[str], after: list[str], start: int, end: int) -> tuple[int, int]:
    """Move a pure insertion or deletion to where it takes a whole ``AND …`` or ``…,`` along."""
    longer = before if len(before) > len(after) else after
    if min(len(before), len(after)) != start + end:
        return start, end
    for first in range(start, -1, -1):
        stop = len(longer) - end - (start - first)
        if longer[first] in _JOINTS or longer[stop - 1] in _JOINTS:
            return first, len(longer) - stop
        if not first or longer[first - 1] != longer[stop - 1]:
            break
    return start, end


def _depth(keys: list[str]) -> int:
    """Return how many brackets stay open; below 0 where one closes that was not opened."""
    depth = least = 0
    for key in keys:
        depth += (key == "(") - (key == ")")
        least = min(least, depth)
    return least or depth


@cache
def _generator(dialect: str, short_frames: bool) -> Generator:
    """Return a generator that writes what authors write, so that most tokens stay in place."""
    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect

    base: Any = Dialect.get_or_raise(dialect).generator_class

    class Plain(base):  # type: ignore[misc]
        TYPE_MAPPING = {  # noqa: RUF012 - as in the base class
            **base.TYPE_MAPPING,
            exp.DType.TEXT: "VARCHAR",
            exp.DType.INT: "INTEGER",
        }

        def not_sql(self, expression: exp.Not) -> str:
            inner = expression.this
            if isinstance(inner, exp.Is):
                return f"{self.sql(inner, 'this')} IS NOT {self.sql(inner, 'expression')}"
            if isinstance(inner, exp.In):
                left, _, right = self.sql(inner).partition(" IN ")
                if left == self.sql(inner, "this"):
                    return f"{left} NOT IN {right}"
            return str(super().not_sql(expression))

        def windowspec_sql(self, expression: exp.WindowSpec) -> str:
            text = str(super().windowspec_sql(expression))
            start, end = "BETWEEN UNBOUNDED PRECEDING", " AND CURRENT ROW"
            if short_frames and f"{start}{end}" in text:
                return text.replace(f"{start}{end}", "UNBOUNDED PRECEDING")
            return text

        def interval_sql(self, expression: exp.Interval) -> str:
            count = expression.this
            if isinstance(count, exp.Literal) and count.name.isdigit() and expression.args["unit"]:
                return f"INTERVAL {count.name} {self.sql(expression, 'unit')}"
            return str(super().interval_sql(expression))

    generator: Generator = Plain(dialect=dialect, comments=False)
    return generator
