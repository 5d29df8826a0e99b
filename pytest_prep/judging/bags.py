"""Rows against rows as bags: which rows have no partner on the other side.

Exact rows are counted. Rows with approximate numbers are grouped by their exact part, and within a
group matched one to one by :mod:`pytest_prep.judging.matching`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pytest_prep.judging.cells import Approximate, Row, close
from pytest_prep.judging.matching import Group, Unmatched, match

#: How often each row comes, on your side and on the expected side.
Counts = tuple[Counter[Row], Counter[Row]]

#: What a group leaves over on both sides, and the group.
_Dispute = tuple[Unmatched, tuple[Group, Group]]


def unmatched(
    yours: Sequence[Row],
    expected: Sequence[Row],
    approximate: Approximate,
    counts: Counts | None = None,
) -> Unmatched:
    """Match equal rows one to one, as many as possible, and return the rows left over.

    Takes n log n time.

    Args:
        yours: rows of one side, canonical.
        expected: rows of the other side, canonical.
        approximate: which numbers have a tolerance.
        counts: the counts of both sides' rows, if known already.

    Returns:
        Ascending indexes of rows without a partner; two empty lists mean equal bags.
    """
    mine, theirs = map(Counter, counts or (yours, expected))
    left = _beyond(yours, theirs), _beyond(expected, mine)
    if not approximate or not (left[0] and left[1]):
        # With one side used up, no other choice of partners could match more.
        return left
    alone, disputed = _match_groups(
        _grouped(yours, approximate, left[0]), _grouped(expected, approximate, left[1])
    )
    _match_again(yours, expected, approximate, left, disputed)
    for pair, _ in disputed.values():
        for side, indexes in zip(alone, pair, strict=True):
            side.extend(indexes)
    return sorted(alone[0]), sorted(alone[1])


def _beyond(rows: Sequence[Row], available: Counter[Row]) -> list[int]:
    """Return the indexes of rows that come more often than ``available`` says (used up here)."""
    beyond: list[int] = []
    for i, row in enumerate(rows):
        count = available.get(row, 0)
        if count:
            available[row] = count - 1
        else:
            beyond.append(i)
    return beyond


def _grouped(
    rows: Sequence[Row], approximate: Approximate, indexes: Iterable[int]
) -> dict[Row, Group]:
    groups: dict[Row, Group] = defaultdict(list)
    for i in indexes:
        key, numbers = approximate.split(rows[i])
        groups[key].append((numbers, i))
    return groups


def _match_groups(
    yours: dict[Row, Group], expected: dict[Row, Group]
) -> tuple[Unmatched, dict[Row, _Dispute]]:
    """Match group by group; groups with rows left over on both sides are returned apart."""
    alone: Unmatched = ([], [])
    disputed: dict[Row, _Dispute] = {}
    for key, mine in yours.items():
        theirs = expected.get(key, [])
        if len(mine) == len(theirs) == 1 and all(map(close, mine[0][0], theirs[0][0])):
            continue
        left = match(mine, theirs)
        if left[0] and left[1]:
            disputed[key] = left, (mine, theirs)
        else:
            alone[0].extend(left[0])
            alone[1].extend(left[1])
    for key, theirs in expected.items():
        if key not in yours:
            alone[1].extend(i for _, i in theirs)
    return alone, disputed


def _match_again(
    yours: Sequence[Row],
    expected: Sequence[Row],
    approximate: Approximate,
    left: Unmatched,
    disputed: dict[Row, _Dispute],
) -> None:
    """Match disputed groups once more, together with their rows that found an identical partner.

    That partner is the natural one, but a row that is only close may need it.
    """
    if not disputed:
        return
    whole: list[dict[Row, Group]] = []
    for rows, rest in zip((yours, expected), left, strict=True):
        unused = set(rest)
        used = (i for i in range(len(rows)) if i not in unused)
        whole.append(_grouped(rows, approximate, used))
    for key, (pair, groups) in disputed.items():
        if key not in whole[0]:
            continue
        mine, theirs = (side[key] + group for side, group in zip(whole, groups, strict=True))
        again = match(mine, theirs)
        if len(again[0]) < len(pair[0]):
            disputed[key] = again, groups
