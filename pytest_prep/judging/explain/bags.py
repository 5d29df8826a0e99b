"""Explanations by whole rows: none at all, their order, copies, missing ones, ones too many."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from pytest_prep.judging.cells import Row
from pytest_prep.judging.explain.common import in_common
from pytest_prep.judging.explain.gap import LINES, Finding, Gap
from pytest_prep.judging.explain.shown import Shown
from pytest_prep.judging.explain.wording import count, rows, verb


def empty(gap: Gap) -> Finding | None:
    """Explain a result without rows."""
    if gap.yours:
        return None
    n = len(gap.expected)
    summary = f"Your result is empty; {rows(n)} {verb(n, 'is', 'are')} expected."
    hint = (
        "(Usual reasons: a comparison with NULL, which is never true; NOT IN a list that holds"
        " NULL; a join that finds no partners.)"
    )
    return gap.finding("empty", summary, hint)


def copies(gap: Gap) -> Finding | None:
    """Explain results with the same distinct rows, where one side has further copies."""
    if bool(gap.only_yours) == bool(gap.only_expected) or not gap.expected:
        return None
    if not _known(gap):
        return None
    mine, theirs = map(Counter, gap.rounded)
    if mine.keys() != theirs.keys():
        return None
    if gap.only_yours:
        return _further_copies(gap, mine, theirs)
    missing = len(gap.only_expected)
    fewer = [row for row in theirs if theirs[row] > mine[row]]
    times = "once" if all(mine[row] == 1 for row in fewer) else "less often"
    summary = (
        f"{rows(missing)} {verb(missing, 'is', 'are')} missing:"
        f" {rows(len(fewer))} that should come more than once"
        f" {verb(len(fewer), 'comes', 'come')} {times}"
        " (DISTINCT, UNION and GROUP BY remove repeats)."
    )
    return gap.with_lines("duplicates_removed", summary, None, _with_their_row(gap))


def _known(gap: Gap) -> bool:
    """Whether the other side may have all left-over rows: a quick look at the exact columns."""
    exact = [i for i in range(len(gap.columns)) if i not in gap.aligned.approximate.columns]
    if not exact:
        return True
    cells = itemgetter(*exact)
    if gap.only_yours:
        known = set(map(cells, gap.expected))
        return all(cells(gap.yours[i]) in known for i in gap.only_yours)
    known = set(map(cells, gap.yours))
    return all(cells(gap.expected[i]) in known for i in gap.only_expected)


def _further_copies(gap: Gap, mine: Counter[Row], theirs: Counter[Row]) -> Finding:
    extra = len(gap.only_yours)
    more = [row for row in mine if mine[row] > theirs[row]]
    ratios = {mine[row] / theirs[row] for row in more}
    single = all(theirs[row] == 1 for row in more)
    everyone = f"every one of the {count(len(theirs))} rows" if len(theirs) > 1 else "the row"
    who = everyone if len(more) == len(theirs) else rows(len(more))
    one = verb(len(more), "s", "") if who != everyone else "s"
    if single and len(ratios) == 1:
        times = int(ratios.pop())
        what = f"{who} appear{one} {'twice' if times == 2 else f'{count(times)} times'}"
    elif single:
        what = f"{who} appear{one} more than once, up to {count(max(mine.values()))} times"
    else:
        what = f"{who} appear{one} more often than expected"
    summary = f"{rows(extra)} too many: {what} (a join that repeats rows, or UNION ALL, does this)."
    return gap.with_lines("duplicate_rows", summary, None, _with_their_row(gap))


def _with_their_row(gap: Gap) -> list[Shown]:
    """Show some copies, each distinct row first once as the right row that it is."""
    mine, theirs = gap.aligned.yours.rows, gap.aligned.expected.rows
    indexes = gap.only_yours or gap.only_expected
    table, side = (mine, gap.rounded[0]) if gap.only_yours else (theirs, gap.rounded[1])
    groups: dict[object, list[int]] = {}
    for i in indexes:
        if side[i] in groups or len(groups) < LINES // 2:
            groups.setdefault(side[i], []).append(i)
    shown = []
    for group in groups.values():
        shown.append(Shown(" ", table[group[0]]))
        room = 1 if len(groups) > 3 else 2
        shown += (gap.plus if gap.only_yours else gap.minus)(group[:room])
    return shown


def one_sided(gap: Gap) -> Finding | None:
    """Explain rows that are only missing, or only too many."""
    if gap.only_yours and gap.only_expected:
        return None
    if gap.only_expected:
        n, total = len(gap.only_expected), len(gap.expected)
        summary = f"{count(n)} of {rows(total, 'expected')} {verb(n, 'is', 'are')} missing"
        summary += "; the rest is right."
        hint = in_common(gap, "missing", gap.only_expected, gap.expected, gap.yours)
        return gap.finding("missing_rows", summary, hint)
    n = len(gap.only_yours)
    if len(gap.expected) == 1:
        summary = f"{rows(n)} too many; the expected row is there."
    elif gap.expected:
        summary = f"{rows(n)} too many; the {rows(len(gap.expected), 'expected')} are all there."
    else:
        summary = f"{rows(n)} too many: no row is expected."
    hint = in_common(gap, "extra", gap.only_yours, gap.yours, gap.expected)
    return gap.finding("extra_rows", summary, hint)
