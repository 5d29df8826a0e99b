"""Where in its text a part of a query stands: sqlglot keeps places of names and literals only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

#: Tokens of set operations, which stand between two operands.
BETWEEN = ("UNION", "UNION EXCEPT INTERSECT")


class QueryText:
    """The text of a query, for the lines of its parts."""

    def __init__(self, sql: str, dialect: str) -> None:
        """Read a text that sqlglot can tokenize in the dialect."""
        from sqlglot import tokenize

        self._tokens: list[Token] = tokenize(sql, dialect=dialect)

    def line(self, node: exp.Expr, start: str | None) -> int | None:
        """Return the 1-based line of ``node``, None where it holds nothing with a place.

        Names, literals and calls know their place, a clause does not: it starts at the last
        token of its kind before the first of those.
        """
        # the token of a set operation stands between its two operands
        walked = node.args.get("expression", node) if start in BETWEEN else node
        places = [part.meta["start"] for part in walked.walk() if "start" in part.meta]
        starts = [t for t in self._tokens if start and t.token_type.name in start.split()]
        if not places:
            return starts[0].line if len(starts) == 1 else None
        first = min(places)
        before = [token for token in self._tokens if token.start <= first]
        own = [token for token in starts if token.start <= first] or before
        return own[-1].line if own else None
