"""Match rows of the same exact cells by their approximate numbers, one to one.

"Within the tolerance" is not transitive, so taking any close partner may take the one that another
row needed. One number a row is matched in sorted order, which is always best; of several, rows are
first split into runs of close numbers, and the few runs that stay ambiguous are matched properly
(Hopcroft and Karp, SIAM J. Comput. 2, 1973).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pytest_prep.judging.cells import TOLERANCE, close

Numbers = tuple[float, ...]
#: Rows: the approximate numbers of each, as many in every row, and its index.
Group = list[tuple[Numbers, int]]
#: Indexes of the rows without a partner, on your side and on the expected side.
Unmatched = tuple[list[int], list[int]]

#: How many pairs of rows one ambiguous run may try in the proper matching. Above, which takes
#: thousands of rows in a chain of near ties in two numbers at once, the run counts as equal if each
#: of its numbers by itself can be matched: rather that than calling a right answer wrong.
PAIRS_TRIED: Final = 200_000

#: How often a run is split further by another number. Real data need two or three rounds; a
#: staircase made for the purpose could peel off one row a round.
_SPLITS: Final = 16


def match(yours: Group, expected: Group) -> Unmatched:
    """Match rows of equal exact parts by their numbers; return the indexes left over.

    Each row is its numbers, as many in every row, and its index.
    """
    if not (yours and expected):
        return [i for _, i in yours], [i for _, i in expected]
    width = len(yours[0][0])
    if width == 1:
        return _in_step(yours, expected, 0)
    left: Unmatched = ([], [])
    for mine, theirs in _runs(yours, expected, width):
        for side, more in zip(left, _match_run(mine, theirs, width), strict=True):
            side.extend(more)
    return left


def _in_step(yours: Group, expected: Group, place: int) -> Unmatched:
    """Match by one number, both sides sorted.

    The least numbers of both sides are partners if they are close; if not, the lesser one has no
    partner at all. As the neighbourhoods of sorted numbers are sorted too, no matching is larger.
    """
    mine = sorted(yours, key=lambda row: row[0][place])
    theirs = sorted(expected, key=lambda row: row[0][place])
    left: Unmatched = ([], [])
    i = j = 0
    while i < len(mine) and j < len(theirs):
        a, b = mine[i][0][place], theirs[j][0][place]
        if close(a, b):
            i, j = i + 1, j + 1
        elif a < b:
            left[0].append(mine[i][1])
            i += 1
        else:
            left[1].append(theirs[j][1])
            j += 1
    left[0].extend(index for _, index in mine[i:])
    left[1].extend(index for _, index in theirs[j:])
    return left


def _runs(yours: Group, expected: Group, width: int) -> Iterable[tuple[Group, Group]]:
    """Split a group into runs so that rows of different runs are never close."""
    waiting = [(yours, expected, 0, 0)]
    while waiting:
        mine, theirs, place, unsplit = waiting.pop()
        if not (mine and theirs) or unsplit == width or place == _SPLITS * width:
            yield mine, theirs
            continue
        parts = _split(mine, theirs, place % width)
        unsplit = unsplit + 1 if len(parts) == 1 else 1
        waiting.extend((a, b, place + 1, unsplit) for a, b in parts)


def _split(yours: Group, expected: Group, place: int) -> list[tuple[Group, Group]]:
    """Split where the sorted numbers of both sides leave a gap that the tolerance cannot bridge."""
    tagged = [(row[0][place], 0, row) for row in yours]
    tagged += [(row[0][place], 1, row) for row in expected]
    tagged.sort(key=lambda entry: entry[0])
    parts: list[tuple[Group, Group]] = [([], [])]
    before = tagged[0][0]
    for number, side, row in tagged:
        if not close(before, number):
            parts.append(([], []))
        before = number
        parts[-1][side].append(row)
    return parts


def _match_run(yours: Group, expected: Group, width: int) -> Unmatched:
    if not (yours and expected):
        return [i for _, i in yours], [i for _, i in expected]
    loose = []
    for place in range(width):
        numbers = [row[0][place] for row in yours] + [row[0][place] for row in expected]
        if not close(min(numbers), max(numbers)):
            loose.append(place)
    if not loose:  # everything is close to everything
        fewer = min(len(yours), len(expected))
        return [i for _, i in yours[fewer:]], [i for _, i in expected[fewer:]]
    if len(loose) == 1:
        return _in_step(yours, expected, loose[0])
    if len(yours) == len(expected):
        mine, theirs = sorted(yours), sorted(expected)
        if all(_near(a[0], b[0]) for a, b in zip(mine, theirs, strict=True)):
            return [], []
    edges = _edges(yours, expected, loose)
    if edges is None:
        return _too_many(yours, expected, loose)
    matching = _Matching.maximum(edges, len(expected))
    return (
        [row[1] for row, j in zip(yours, matching.partner, strict=True) if j < 0],
        [row[1] for row, i in zip(expected, matching.owner, strict=True) if i < 0],
    )


def _near(a: Numbers, b: Numbers) -> bool:
    return all(map(close, a, b))


def _edges(yours: Group, expected: Group, loose: list[int]) -> list[list[int]] | None:
    """For each of your rows, list the places of all close expected ones; None: too many to try."""
    tried = PAIRS_TRIED
    orders = {}
    for place in loose:
        by_number = sorted(range(len(expected)), key=lambda j: expected[j][0][place])
        orders[place] = (by_number, [expected[j][0][place] for j in by_number])
    edges: list[list[int]] = []
    for numbers, _ in yours:
        windows = []
        for place, (by_number, column) in orders.items():
            x = numbers[place]
            # Twice the tolerance: the greater number of the pair counts, and that may be the other.
            reach = 2 * TOLERANCE * max(abs(x), 1.0)
            low, high = bisect_left(column, x - reach), bisect_right(column, x + reach)
            windows.append((high - low, low, high, by_number))
        size, low, high, by_number = min(windows, key=lambda window: window[0])
        tried -= size
        if tried < 0:
            return None
        edges.append([j for j in by_number[low:high] if _near(numbers, expected[j][0])])
    return edges


def _too_many(yours: Group, expected: Group, loose: list[int]) -> Unmatched:
    """Decide a run beyond :data:`PAIRS_TRIED` in favour of the answer, where one can."""
    if len(yours) == len(expected) and all(
        not _in_step(yours, expected, place)[0] for place in loose
    ):
        return [], []
    mine, theirs = sorted(yours), sorted(expected)
    left: Unmatched = ([], [])
    i = j = 0
    while i < len(mine) and j < len(theirs):
        if _near(mine[i][0], theirs[j][0]):
            i, j = i + 1, j + 1
        elif mine[i][0] < theirs[j][0]:
            left[0].append(mine[i][1])
            i += 1
        else:
            left[1].append(theirs[j][1])
            j += 1
    left[0].extend(index for _, index in mine[i:])
    left[1].extend(index for _, index in theirs[j:])
    return left


@dataclass(slots=True)
class _Matching:
    """A maximum matching, grown along shortest augmenting paths (Hopcroft and Karp)."""

    #: For each of your rows, the places of the expected rows that are close.
    edges: list[list[int]]
    #: The place of your row's partner, or -1.
    partner: list[int] = field(default_factory=list)
    #: The reverse, of each expected row.
    owner: list[int] = field(default_factory=list)

    @classmethod
    def maximum(cls, edges: list[list[int]], size: int) -> _Matching:
        """Match as many as possible with ``size`` expected rows."""
        matching = cls(edges, [-1] * len(edges), [-1] * size)
        for i, ends in enumerate(edges):  # a greedy start leaves few rounds to do
            for j in ends:
                if matching.owner[j] < 0:
                    matching.partner[i], matching.owner[j] = j, i
                    break
        while (levels := matching._levels()) is not None:
            position = [0] * len(edges)
            for root in range(len(edges)):
                if matching.partner[root] < 0:
                    matching._augment(root, levels, position)
        return matching

    def _levels(self) -> list[int] | None:
        """Number your rows by their distance from a free one; None: no augmenting path is left."""
        levels = [0 if j < 0 else -1 for j in self.partner]
        layer = [i for i, level in enumerate(levels) if level == 0]
        found = False
        while layer and not found:
            following = []
            for i in layer:
                for j in self.edges[i]:
                    k = self.owner[j]
                    if k < 0:
                        found = True
                    elif levels[k] < 0:
                        levels[k] = levels[i] + 1
                        following.append(k)
            layer = following
        return levels if found else None

    def _augment(self, root: int, levels: list[int], position: list[int]) -> None:
        """Walk down the levels from a free row; on reaching a free end, swap along the path."""
        path = [root]
        while path:
            i = path[-1]
            if position[i] == len(self.edges[i]):
                path.pop()
                continue
            j = self.edges[i][position[i]]
            position[i] += 1  # each edge is tried once a round
            k = self.owner[j]
            if k < 0:
                for node in reversed(path):
                    before = self.partner[node]
                    self.partner[node], self.owner[j] = j, node
                    j = before
                return
            if levels[k] == levels[i] + 1:
                path.append(k)
