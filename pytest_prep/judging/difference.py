"""What differs between two results, classified and in words: plain data that crosses processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

#: What a difference is, the first that fits:
#:
#: ========================= ==================================================================
#: ``column_count``          more or fewer columns than expected
#: ``column_order``          the right columns in another order (by position)
#: ``column_names``          other names than expected (by name)
#: ``type``                  numbers, dates or booleans given as text, and the like
#: ``empty``                 no row where some are expected
#: ``row_order``             the right rows, not in the order asked for
#: ``duplicate_rows``        only further copies of right rows
#: ``duplicates_removed``    only copies of right rows are missing
#: ``missing_rows``          rows are missing, and nothing else
#: ``extra_rows``            rows are too many, and nothing else
#: ``rounding``              numbers equal once rounded alike
#: ``null_for_zero``         NULL where 0 is expected
#: ``zero_for_null``         0 where NULL is expected
#: ``empty_text_for_null``   the empty text where NULL is expected
#: ``null_for_empty_text``   NULL where the empty text is expected
#: ``factor``                a constant multiple of the expected value, or whole multiples
#: ``offset``                a constant more or less: one, a day, an hour
#: ``integer_division``      the expected numbers without their decimals
#: ``sign``                  the expected numbers with the other sign
#: ``text_form``             text in another letter case, or with other surrounding white space
#: ``one_column``            one column is wrong, the rest is right
#: ``mixed``                 none of these
#: ========================= ==================================================================
Kind = Literal[
    "column_count",
    "column_order",
    "column_names",
    "type",
    "empty",
    "row_order",
    "duplicate_rows",
    "duplicates_removed",
    "missing_rows",
    "extra_rows",
    "rounding",
    "null_for_zero",
    "zero_for_null",
    "empty_text_for_null",
    "null_for_empty_text",
    "factor",
    "offset",
    "integer_division",
    "sign",
    "text_form",
    "one_column",
    "mixed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: ``+`` a row that only you return, ``-`` one that only is expected, ``~`` a pair of them that
#: agrees in other cells, `` `` (a blank) a right row, for context.
Mark = Literal["+", "-", "~", " "]


@dataclass(frozen=True, slots=True)
class Line:
    """One row to show."""

    mark: Mark
    #: The cells as text; of a pair, yours.
    cells: tuple[str, ...]
    #: Of a pair: the expected cells. Empty otherwise.
    expected: tuple[str, ...] = ()
    #: Of a pair: the indexes of the cells that differ. Empty otherwise.
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How a result differs from the expected one."""

    kind: Kind
    #: One sentence in plain words, with counts.
    summary: str
    #: Further sentences: what the differing rows or values have in common.
    hint_pattern: str | None
    #: Header of the lines: the expected columns.
    columns: tuple[str, ...]
    #: At most ten rows.
    lines: tuple[Line, ...]
    #: Differing rows that the lines do not show; a pair counts on both sides.
    more_yours: int
    more_expected: int
    #: All rows of the two results.
    yours_count: int
    expected_count: int

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as str, int, None, list and dict only."""
        data = asdict(self)
        data["columns"] = list(self.columns)
        data["lines"] = [
            {
                "mark": line.mark,
                "cells": list(line.cells),
                "expected": list(line.expected),
                "changed": list(line.changed),
            }
            for line in self.lines
        ]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Difference:
        """Rebuild what :meth:`to_dict` returned, also after a trip through JSON.

        Raises:
            ValueError: ``data`` names no known kind.
        """
        if data["kind"] not in KINDS:
            raise ValueError(f"{data['kind']!r} is not a kind of difference")
        lines = (
            Line(
                line["mark"],
                tuple(line["cells"]),
                tuple(line["expected"]),
                tuple(line["changed"]),
            )
            for line in data["lines"]
        )
        return cls(**{**data, "columns": tuple(data["columns"]), "lines": tuple(lines)})
