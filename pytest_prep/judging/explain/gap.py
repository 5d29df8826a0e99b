"""What all explanations start from: the rows left over, and which of them belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pytest_prep.judging.cells import Row
from pytest_prep.judging.compare import Aligned
from pytest_prep.judging.difference import Kind
from pytest_prep.judging.explain.pairs import Pair, pair_up
from pytest_prep.judging.explain.shown import Shown

#: A difference shows at most this many rows.
LINES = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """An explanation, with rows that are not text yet."""

    kind: Kind
    summary: str
    hint: str | None = None
    shown: Sequence[Shown] = ()
    #: How many rows differ on each side, shown or not.
    yours: int = 0
    expected: int = 0
    lines: Sequence[Shown] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", self.shown[:LINES])


class Gap:
    """Two results with as many columns, in the same order, that are not equal."""

    def __init__(self, aligned: Aligned, order: tuple[int, ...]) -> None:
        self.aligned = aligned
        #: Indexes of the columns that order the rows; empty where order does not matter.
        self.order = order
        self.columns = aligned.expected.columns
        self.yours, self.expected = aligned.canonical
        self.only_yours, self.only_expected = aligned.unmatched

    @cached_property
    def pairs(self) -> list[Pair]:
        """Left-over rows that belong together."""
        unmatched = (self.only_yours, self.only_expected)
        return pair_up(self.yours, self.expected, unmatched, self.aligned.approximate)

    @cached_property
    def unpaired(self) -> tuple[list[int], list[int]]:
        """Left-over rows that belong to none of the other side."""
        mine = {pair.yours for pair in self.pairs}
        theirs = {pair.expected for pair in self.pairs}
        return (
            [i for i in self.only_yours if i not in mine],
            [i for i in self.only_expected if i not in theirs],
        )

    @cached_property
    def rounded(self) -> tuple[list[Row], list[Row]]:
        """All rows of both sides, equal ones (almost always) with identical cells."""
        rounded = self.aligned.approximate.rounded
        return list(map(rounded, self.yours)), list(map(rounded, self.expected))

    def plus(self, indexes: Iterable[int]) -> list[Shown]:
        """Show rows of yours."""
        return [Shown("+", self.aligned.yours.rows[i]) for i in indexes]

    def minus(self, indexes: Iterable[int]) -> list[Shown]:
        """Show expected rows."""
        return [Shown("-", self.aligned.expected.rows[i]) for i in indexes]

    def tilde(self, pairs: Iterable[Pair]) -> list[Shown]:
        """Show pairs."""
        mine, theirs = self.aligned.yours.rows, self.aligned.expected.rows
        return [Shown("~", mine[pair.yours], theirs[pair.expected], pair.changed) for pair in pairs]

    def finding(self, kind: Kind, summary: str, hint: str | None = None) -> Finding:
        """Return a finding that shows some of each: pairs, missing rows, rows too many."""
        extra, missing = self.unpaired
        kinds = [self.tilde(self.pairs[:LINES]), self.minus(missing[:LINES])]
        kinds.append(self.plus(extra[:LINES]))
        taken = [0] * len(kinds)
        while sum(taken) < LINES and any(n < len(k) for n, k in zip(taken, kinds, strict=True)):
            for place, rows in enumerate(kinds):
                if taken[place] < len(rows) and sum(taken) < LINES:
                    taken[place] += 1
        shown = [line for n, rows in zip(taken, kinds, strict=True) for line in rows[:n]]
        return self.with_lines(kind, summary, hint, shown)

    def with_lines(
        self, kind: Kind, summary: str, hint: str | None, shown: Sequence[Shown]
    ) -> Finding:
        """Return a finding that shows these rows of all that differ."""
        return Finding(kind, summary, hint, shown, len(self.only_yours), len(self.only_expected))
