"""Pair rows that agree in most cells, so that a wrong total is one changed cell, not two rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from pytest_prep.judging.cells import Approximate, Row, order_key

#: Cells looked at in all rounds together: with hundreds of thousands of differing rows only the
#: most promising rounds are tried.
_WORK = 3_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """One of your rows beside the expected row it probably should have been."""

    yours: int
    expected: int
    changed: tuple[int, ...]


def pair_up(
    yours: Sequence[Row],
    expected: Sequence[Row],
    unmatched: tuple[list[int], list[int]],
    approximate: Approximate,
) -> list[Pair]:
    """Pair rows without a partner that agree in some cells, those that agree in most first.

    Each round looks rows up by some of their cells: first by all but one (one wrong column), then
    by fewer and fewer of the columns with the most common values. Rows that are alone with these
    cells on both sides are a pair; if several are, only when at least half of the cells agree.

    Args:
        yours: all rows of yours, canonical.
        expected: all expected rows, canonical.
        unmatched: the indexes of the rows to pair.
        approximate: which numbers have a tolerance.

    Returns:
        Pairs by the index of your row.
    """
    free = tuple(
        {i: approximate.rounded(rows[i]) for i in indexes}
        for rows, indexes in zip((yours, expected), unmatched, strict=True)
    )
    if not (free[0] and free[1]):
        return []
    width = len(next(iter(free[0].values())))
    found: list[tuple[int, int]] = []
    if len(yours) == len(expected) == 1:  # one row of totals: a pair even if no cell agrees
        found, rounds = [(0, 0)], []
    else:
        rounds = _rounds(free, width)
    for cells in rounds:
        alone_only = 2 * len(cells) < width
        for i, j in _agreeing(free, cells, alone_only=alone_only):
            found.append((i, j))
            del free[0][i], free[1][j]
        if not (free[0] and free[1]):
            break
    pairs = []
    for i, j in sorted(found):
        changed = tuple(
            k for k in range(width) if not approximate.same(k, yours[i][k], expected[j][k])
        )
        if changed:
            pairs.append(Pair(i, j, changed))
    return pairs


_Free = tuple[dict[int, Row], ...]


def _rounds(free: _Free, width: int) -> list[list[int]]:
    """List the columns to look up by, round after round."""
    common = {}
    for k in range(width):
        mine, theirs = (Counter(row[k] for row in side.values()) for side in free)
        common[k] = (sum((mine & theirs).values()), len(mine))
    best_first = sorted(range(width), key=lambda k: common[k], reverse=True)
    but_one = [sorted(set(best_first) - {k}) for k in reversed(best_first)]
    fewer = [best_first[:size] for size in range(width - 2, 0, -1)]
    most = max(2, _WORK // (width * (len(free[0]) + len(free[1]))))
    rounds = but_one[:most] + fewer[:: max(1, len(fewer) // most)]
    return [cells for cells in rounds if cells and all(common[k][0] for k in cells)]


def _agreeing(free: _Free, cells: list[int], *, alone_only: bool) -> list[tuple[int, int]]:
    groups: tuple[dict[object, list[int]], ...] = (defaultdict(list), defaultdict(list))
    pick = itemgetter(*cells)
    for side, group in zip(free, groups, strict=True):
        for i, row in side.items():
            group[pick(row)].append(i)
    pairs = []
    for key, mine in groups[0].items():
        theirs = groups[1].get(key, [])
        if len(mine) == len(theirs) == 1:
            pairs.append((mine[0], theirs[0]))
        elif theirs and not alone_only:
            # Several of each: the smallest with the smallest, as most mistakes keep the order.
            in_order = (
                sorted(indexes, key=lambda i: [order_key(cell) for cell in side[i]])
                for side, indexes in zip(free, (mine, theirs), strict=True)
            )
            pairs.extend(zip(*in_order, strict=False))
    return pairs
