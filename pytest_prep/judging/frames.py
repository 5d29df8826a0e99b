"""Two pandas frames or series: in what they differ, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_prep.judging.values import TOLERANCE, kind_of, shown

if TYPE_CHECKING:
    import pandas as pd


def frame_disagreement(yours: Any, expected: Any) -> str:
    """Return in what two frames or series differ, "" if in nothing.

    Looked at in this order: type, columns, number of rows, order of rows, index, types, values.
    """
    if kind_of(yours) != "frame" or type(yours).__name__ != type(expected).__name__:
        article = "None" if yours is None else f"a {type(yours).__name__}"
        return f"{article} where a {type(expected).__name__} is expected"
    if type(expected).__name__ == "Series":
        if yours.name != expected.name:
            return f"the series is named {yours.name!r}, not {expected.name!r}"
        return frame_disagreement(yours.to_frame("values"), expected.to_frame("values"))
    return (
        _columns(list(yours.columns), list(expected.columns))
        or _rows(yours, expected)
        or _index(yours, expected)
        or _types(yours, expected)
        or _values(yours, expected)
    )


def _columns(yours: list[Any], expected: list[Any]) -> str:
    if yours == expected:
        return ""
    missing = [name for name in expected if name not in yours]
    extra = [name for name in yours if name not in expected]
    if missing or extra:
        parts = [f"missing {', '.join(map(repr, missing))}"] if missing else []
        parts += [f"not expected {', '.join(map(repr, extra))}"] if extra else []
        return f"columns: {'; '.join(parts)}"
    if sorted(map(str, yours)) == sorted(map(str, expected)):
        return f"the columns are in another order: {yours} instead of {expected}"
    return f"columns {yours} instead of {expected}"


def _rows(yours: pd.DataFrame, expected: pd.DataFrame) -> str:
    if len(yours) != len(expected):
        return f"{len(yours):,} row{'' if len(yours) == 1 else 's'} instead of {len(expected):,}"
    by = list(expected.columns)
    if _values(yours, expected) == "" or not by:
        return ""
    try:
        mine = yours.sort_values(by).reset_index(drop=True)
        theirs = expected.sort_values(by).reset_index(drop=True)
    except (TypeError, ValueError):
        # values that have no order
        return ""
    return "" if _values(mine, theirs) else "the right rows in another order"


def _index(yours: pd.DataFrame, expected: pd.DataFrame) -> str:
    if list(yours.index.names) != list(expected.index.names):
        return f"the index is named {yours.index.names}, not {expected.index.names}"
    if yours.index.equals(expected.index):
        return ""
    return (
        "the values are right, the index is not: "
        f"{shown(list(yours.index[:5]))} instead of {shown(list(expected.index[:5]))}"
        if _values(yours, expected) == ""
        else ""
    )


def _types(yours: pd.DataFrame, expected: pd.DataFrame) -> str:
    other = [
        f"{name!r} is {yours.dtypes.iloc[i]}, not {expected.dtypes.iloc[i]}"
        for i, name in enumerate(expected.columns)
        if yours.dtypes.iloc[i] != expected.dtypes.iloc[i]
    ]
    if not other or _values(yours, expected):
        return ""
    return f"the values are right, a type is not: {'; '.join(other[:3])}"


def _values(yours: pd.DataFrame, expected: pd.DataFrame) -> str:
    """Compare cell by cell, by place: missing values agree with each other."""
    wrong = 0
    first = ""
    blank = 0
    for place, name in enumerate(expected.columns):
        mine, theirs = yours.iloc[:, place], expected.iloc[:, place]
        for row, (a, b) in enumerate(zip(mine, theirs, strict=True)):
            if _same(a, b):
                continue
            wrong += 1
            blank += _missing(a)
            first = first or f"{name!r}, row {row}: {shown(a, 30)} instead of {shown(b, 30)}"
    if not wrong:
        return ""
    of = len(expected) * len(expected.columns)
    holes = ", all of them missing values" if blank == wrong and wrong > 1 else ""
    return f"{wrong:,} of {of:,} values differ{holes}; the first: {first}"


def _same(a: Any, b: Any) -> bool:
    if _missing(a) or _missing(b):
        return _missing(a) and _missing(b)
    if isinstance(a, float) or isinstance(b, float):
        try:
            return bool(abs(a - b) <= max(TOLERANCE, TOLERANCE * abs(b)))
        except TypeError:
            return False
    return bool(type(a).__name__ == type(b).__name__ or not isinstance(b, str)) and bool(a == b)


def _missing(value: Any) -> bool:
    import pandas as pd

    found: object = pd.isna(value)
    return found is True
