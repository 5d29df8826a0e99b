"""Explanations of the right rows in the wrong order."""

from __future__ import annotations

from pytest_prep.judging.cells import order_key
from pytest_prep.judging.compare import Aligned, Table
from pytest_prep.judging.explain.gap import Finding, Gap
from pytest_prep.judging.explain.shown import Shown
from pytest_prep.judging.explain.wording import count, listed, rows

#: Of the rows out of place, how many positions are shown, each with the expected row and yours.
_POSITIONS = 4


def row_order(gap: Gap) -> Finding | None:
    """Explain rows that are right as a bag but not in their places."""
    if gap.only_yours or gap.only_expected:
        return None
    misplaced = gap.aligned.first_misplaced(gap.order)
    assert misplaced is not None, "equal as bags and in order is no difference"
    start, end = misplaced
    wrong = [i for i in range(start, end) if not _same_row(gap, i)]
    names = [gap.columns[place] for place in gap.order]
    first = (wrong or [start])[0]
    summary = (
        f"The {rows(len(gap.expected))} are right, but not in the order asked for"
        f" (by {listed(names)}): row {count(first + 1)} is the first out of place."
    )
    mine, theirs = gap.aligned.yours.rows, gap.aligned.expected.rows
    shown = [Shown(" ", mine[first - 1])] if first else []
    out_of_place = [i for i in range(first, len(mine)) if not _same_row(gap, i)]
    for i in out_of_place[:_POSITIONS]:
        shown += [Shown("-", theirs[i]), Shown("+", mine[i])]
    n = len(out_of_place)
    return Finding("row_order", summary, _how(gap), shown, n, n)


def _same_row(gap: Gap, i: int) -> bool:
    same = gap.aligned.approximate.same
    cells = zip(gap.yours[i], gap.expected[i], strict=True)
    return all(same(k, mine, theirs) for k, (mine, theirs) in enumerate(cells))


def _how(gap: Gap) -> str | None:
    """Say what order the rows have instead, if one can see it."""
    yours, expected = gap.aligned.yours, gap.aligned.expected
    backwards = Table(yours.columns, yours.types, yours.rows[::-1])
    if Aligned(backwards, expected).equal_in_order(gap.order):
        return "Yours is the expected order from the end to the beginning."
    for size in range(len(gap.order) - 1, 0, -1):
        if gap.aligned.equal_in_order(gap.order[:size]):
            kept = listed([gap.columns[place] for place in gap.order[:size]])
            return (
                f"The order by {kept} is right; the order by"
                f" {gap.columns[gap.order[size]]} within equal {kept} is not."
            )
    return _nulls(gap) or _as_text(gap)


def _nulls(gap: Gap) -> str | None:
    place = gap.order[0]
    name = gap.columns[place]
    mine, theirs = ([row[place] for row in side] for side in (gap.yours, gap.expected))
    if mine[0] is None and mine[-1] is not None and theirs[0] is not None and theirs[-1] is None:
        return f"NULL in {name} comes first in yours and last in the expected order."
    if mine[0] is not None and mine[-1] is None and theirs[0] is None and theirs[-1] is not None:
        return f"NULL in {name} comes last in yours and first in the expected order."
    return None


def _as_text(gap: Gap) -> str | None:
    """Notice an alphabetical order where another one is expected."""
    place = gap.order[0]
    name = gap.columns[place]
    mine, theirs = ([row[place] for row in side] for side in (gap.yours, gap.expected))
    texts = [str(cell) for cell in mine]
    if texts not in (sorted(texts), sorted(texts, reverse=True)):
        return None
    if all(isinstance(cell, str) for cell in mine):
        down = sorted(texts, reverse=True)
        if theirs in (texts, down, down[::-1]):
            return None
        return f"Yours is in alphabetical order of {name}."
    keys = [order_key(cell) for cell in mine]
    if keys in (sorted(keys), sorted(keys, reverse=True)):
        return None
    return f"Yours is in the order of {name} as text (1, 10, 2)."
