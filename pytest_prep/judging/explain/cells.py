"""Explanations by single cells: rows that belong together and differ in some of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice
from operator import itemgetter
from typing import Final

from pytest_prep.judging.cells import as_float, order_key
from pytest_prep.judging.explain.common import in_common
from pytest_prep.judging.explain.gap import Finding, Gap
from pytest_prep.judging.explain.values import pattern_of, tendency
from pytest_prep.judging.explain.wording import count, listed, rows, verb
from pytest_prep.judging.explain.wrong import Pattern, Wrong

#: Cells looked at to find two exchanged columns.
_SWAPS: Final = 1_000_000


def changed_cells(gap: Gap) -> Finding | None:
    """Explain results in which every left-over row belongs to one of the other side."""
    if gap.unpaired != ([], []):
        return None
    wrong = _wrong_columns(gap)
    patterns = {column: pattern_of(values) for column, values in wrong.items()}
    found = [pattern for pattern in patterns.values() if pattern]
    kinds = {pattern.kind for pattern in found}
    if len(found) == len(wrong) and len(kinds) == 1:
        others = " ".join(pattern.sentence for pattern in found[1:4])
        return gap.finding(kinds.pop(), found[0].sentence, others or None)
    if len(wrong) == 1:
        ((column, values),) = wrong.items()
        return gap.finding("one_column", _one_column(gap, column, values), tendency(values))
    n = len(gap.pairs)
    names = listed([gap.columns[column] for column in sorted(wrong)])
    summary = (
        f"{count(n)} of {rows(len(gap.expected))} {verb(n, 'differs', 'differ')}"
        f" in {count(len(wrong))} columns ({names})."
    )
    if len(gap.expected) == 1:
        summary = f"{count(len(wrong))} of {count(len(gap.columns))} columns are wrong: {names}."
    hints = (
        pattern.sentence if pattern else tendency(wrong[column])
        for column, pattern in sorted(patterns.items())
    )
    hint = _swapped(gap) or " ".join(islice(filter(None, hints), 3))
    return gap.finding("mixed", summary, hint or None)


def _wrong_columns(gap: Gap) -> dict[int, Wrong]:
    cells: dict[int, list[tuple[object, object]]] = {}
    for pair in gap.pairs:
        for column in pair.changed:
            both = (gap.yours[pair.yours][column], gap.expected[pair.expected][column])
            cells.setdefault(column, []).append(both)
    return {
        column: Wrong(gap.columns[column], both, len(gap.expected))
        for column, both in sorted(cells.items())
    }


def _one_column(gap: Gap, column: int, wrong: Wrong) -> str:
    name = f"column {column + 1} ({wrong.name})"
    if len(gap.expected) == 1:
        rest = "; the rest is right" if len(gap.columns) > 1 else ""
        return f"{name[0].upper()}{name[1:]} is wrong: {wrong.example()}{rest}."
    n = f"{count(len(wrong.cells))} of {rows(wrong.total)}"
    example = f" ({wrong.example()})" if len(wrong.cells) == 1 else ""
    return f"{name[0].upper()}{name[1:]} differs in {n}{example}; the rest is right."


def single_column(gap: Gap) -> Finding | None:
    """Explain a result of one column, where no other cell tells which values belong together.

    Patterns like a factor keep the order of the values or turn it round: both sides are sorted.
    """
    if len(gap.columns) != 1 or len(gap.yours) != len(gap.expected):
        return None
    for pattern in _sorted_patterns(gap):
        return gap.finding(pattern.kind, pattern.sentence)
    return None


def _sorted_patterns(gap: Gap) -> Iterator[Pattern]:
    mine, theirs = (
        sorted((row[0] for row in side), key=_folded_key) for side in (gap.yours, gap.expected)
    )
    same = gap.aligned.approximate.same
    for order in (mine, mine[::-1]):
        cells = [(a, b) for a, b in zip(order, theirs, strict=True) if not same(0, a, b)]
        wrong = Wrong(gap.columns[0], cells, len(theirs))
        if cells and (wrong.varied or wrong.numbers is None) and (found := pattern_of(wrong)):
            yield found


def _folded_key(cell: object) -> tuple[int, float, str]:
    """Sort text by what its forms have in common, and NULL where 0 or the empty text would be."""
    if isinstance(cell, str):
        return (1, 0.0, cell.strip().casefold())
    return (0, as_float(cell) or 0.0, "") if cell is None else order_key(cell)


def mixed(gap: Gap) -> Finding:
    """Count what differs where nothing simpler can be said."""
    extra, missing = map(len, gap.unpaired)
    parts = []
    if n := len(gap.pairs):
        columns = sorted({column for pair in gap.pairs for column in pair.changed})
        names = listed([gap.columns[column] for column in columns])
        parts.append(f"{rows(n)} {verb(n, 'differs', 'differ')} in {names}")
    if missing:
        parts.append(f"{rows(missing, 'expected')} {verb(missing, 'is', 'are')} missing")
    if extra:
        parts.append(f"{rows(extra)} of yours {verb(extra, 'is', 'are')} not expected")
    return gap.finding("mixed", f"{'; '.join(parts)}.", _hint(gap))


def _hint(gap: Gap) -> str | None:
    mine, theirs = map(set, gap.rounded)
    if mine == theirs:
        return "The distinct rows are the same; only how often they come differs."
    if sentence := _swapped(gap):
        return sentence
    extra, missing = gap.unpaired
    sentences = [
        in_common(gap, "missing", missing, gap.expected, gap.yours) if missing else None,
        in_common(gap, "extra", extra, gap.yours, gap.expected) if extra else None,
    ]
    if len(gap.yours) != len(gap.expected):
        n = len(gap.expected)
        counts = f"Yours has {rows(len(gap.yours))}; {count(n)} {verb(n, 'is', 'are')} expected."
        sentences.insert(0, counts)
    return " ".join(filter(None, sentences)) or None


def _swapped(gap: Gap) -> str | None:
    """Notice two columns whose values are exchanged in some rows."""
    width, n = len(gap.columns), len(gap.only_yours)
    if n != len(gap.only_expected) or n * width * width > _SWAPS:
        return None
    mine = [gap.rounded[0][i] for i in gap.only_yours]
    theirs = Counter(gap.rounded[1][i] for i in gap.only_expected)
    for i, j in combinations(range(width), 2):
        places = [*range(width)]
        places[i], places[j] = j, i
        if Counter(map(itemgetter(*places), mine)) == theirs:
            names = listed([gap.columns[i], gap.columns[j]])
            where = "the row that differs" if n == 1 else f"the {rows(n)} that differ"
            return f"In {where} the values of {names} are exchanged."
    return None
