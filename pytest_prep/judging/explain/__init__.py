"""From two results that differ to the difference in words.

Explanations are tried from the coarse (columns) to the fine (cells); the first that the data bear
out is given. Imported only where an answer is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_prep.judging.compare import Aligned, Rules, Table, order_places
from pytest_prep.judging.difference import Difference
from pytest_prep.judging.explain.bags import copies, empty, one_sided
from pytest_prep.judging.explain.cells import changed_cells, mixed, single_column
from pytest_prep.judging.explain.columns import (
    column_count,
    column_names,
    column_order,
    column_type,
)
from pytest_prep.judging.explain.gap import Finding, Gap
from pytest_prep.judging.explain.order import row_order
from pytest_prep.judging.explain.shown import lines

_EXPLANATIONS: tuple[Callable[[Gap], Finding | None], ...] = (
    column_order,
    column_type,
    empty,
    row_order,
    copies,
    one_sided,
    changed_cells,
    single_column,
)


def describe(yours: Table, expected: Table, rules: Rules, aligned: Aligned | None) -> Difference:
    """Say how two results differ, which they do.

    Args:
        yours: what the answer returned.
        expected: what the reference returned.
        rules: the kata's.
        aligned: both with the same columns; None where they have not.
    """
    if aligned is None:
        finding = column_count(yours, expected) or column_names(yours, expected)
    else:
        finding = _explain(Gap(aligned, order_places(expected, rules)))
    shown_yours = sum(line.mark in "+~" for line in finding.lines)
    shown_expected = sum(line.mark in "-~" for line in finding.lines)
    return Difference(
        kind=finding.kind,
        summary=finding.summary,
        hint_pattern=finding.hint,
        columns=expected.columns,
        lines=lines(finding.lines),
        more_yours=max(0, finding.yours - shown_yours),
        more_expected=max(0, finding.expected - shown_expected),
        yours_count=len(yours.rows),
        expected_count=len(expected.rows),
    )


def _explain(gap: Gap) -> Finding:
    for explanation in _EXPLANATIONS:
        if finding := explanation(gap):
            return finding
    return mixed(gap)
