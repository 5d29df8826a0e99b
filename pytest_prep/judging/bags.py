"""Rows against rows as bags: which rows have no partner on the other side.

Exact rows are counted. Rows with approximate numbers are grouped by their exact part, and within a
group matched one to one by :mod:`pytest_prep.judging.matching`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

from pytest_prep.judging.cells import Approximate, Row
from pytest_prep.judging.matching import Group, Unmatched, match


def unmatched(yours: Sequence[Row], expected: Sequence[Row], approximate: Approximate) -> Unmatched:
    """Match equal rows one to one, as many as possible, and return the rows left over.

    Both lists are canonical. Two empty lists mean equal bags. Takes n log n time.
    """
    left = _uncounted(yours, expected)
    if not approximate or not (left[0] and left[1]):
        # With one side used up, no other choice of partners could match more.
        return left
    rest = _match_groups(
        _grouped(yours, approximate, left[0]), _grouped(expected, approximate, left[1])
    )
    open_keys = {key for key, (mine, theirs) in rest.items() if mine and theirs}
    if open_keys:
        # An identical partner is the natural one, but may be needed by a row that is only close.
        again = _match_groups(
            _grouped(yours, approximate, range(len(yours)), open_keys),
            _grouped(expected, approximate, range(len(expected)), open_keys),
        )
        for key, pair in again.items():
            if len(pair[0]) < len(rest[key][0]):
                rest[key] = pair
    mine = sorted(i for pair in rest.values() for i in pair[0])
    theirs = sorted(i for pair in rest.values() for i in pair[1])
    return mine, theirs


def _uncounted(yours: Sequence[Hashable], expected: Sequence[Hashable]) -> Unmatched:
    """Leave out the rows that are identical on both sides."""
    mine, theirs = Counter(yours), Counter(expected)
    if dict.__eq__(mine, theirs):  # Counter.__eq__ is a loop in Python
        return [], []
    return _beyond(yours, theirs), _beyond(expected, mine)


def _beyond(rows: Sequence[Hashable], available: Counter[Hashable]) -> list[int]:
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
    rows: Sequence[Row],
    approximate: Approximate,
    indexes: Iterable[int],
    keys: set[Row] | None = None,
) -> dict[Row, Group]:
    groups: dict[Row, Group] = defaultdict(list)
    for i in indexes:
        key, numbers = approximate.split(rows[i])
        if keys is None or key in keys:
            groups[key].append((numbers, i))
    return groups


def _match_groups(yours: dict[Row, Group], expected: dict[Row, Group]) -> dict[Row, Unmatched]:
    return {key: match(yours.get(key, []), expected.get(key, [])) for key in {**yours, **expected}}
