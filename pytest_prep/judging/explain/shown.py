"""Rows as text: short, and two cells that differ never look the same."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pytest_prep.judging.cells import Row, as_float, canonical, close
from pytest_prep.judging.difference import Line, Mark

#: Longer text is cut.
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A row to show, or a pair of them, with cells as the engine gave them."""

    mark: Mark
    row: Row
    #: Of a pair: the expected row and the indexes of the cells that differ.
    expected: Row = ()
    changed: tuple[int, ...] = ()


def lines(shown: Sequence[Shown]) -> tuple[Line, ...]:
    """Write rows as text, each column so that its values can be told apart."""
    width = len(shown[0].row) if shown else 0
    both = [row for line in shown for row in (line.row, line.expected) if row]
    columns = [show_column([row[i] for row in both]) for i in range(width)]
    texts = iter(zip(*columns, strict=True))
    return tuple(
        Line(line.mark, next(texts), next(texts) if line.expected else (), line.changed)
        for line in shown
    )


def show(value: object) -> str:
    """Write one value for a sentence."""
    return show_column([value])[0]


def show_column(values: Sequence[object]) -> list[str]:
    """Write values of one column as text, in few digits, but enough of them.

    Floats that are equal within the tolerance may look the same; no other two values do.
    """
    kinds = {isinstance(value, str) for value in values if value is not None}
    texts: list[str] = []
    for decimals in (4, 6, 9, 12, None):
        texts = [_text(value, decimals, quoted=len(kinds) > 1) for value in values]
        if not _collide(values, texts):
            break
    return _cut(_distinct_accents(texts))


def _collide(values: Sequence[object], texts: Sequence[str]) -> bool:
    same = defaultdict(list)
    for text, value in zip(texts, values, strict=True):
        same[text].append(value)
    return any(_differ(a, b) for group in same.values() for a, b in combinations(group, 2))


def _differ(a: object, b: object) -> bool:
    x, y = as_float(a), as_float(b)
    if isinstance(a, float) | isinstance(b, float) and x is not None and y is not None:
        return not (close(x, y) or (math.isnan(x) and math.isnan(y)))
    return canonical(a) != canonical(b)


def _text(value: object, decimals: int | None, *, quoted: bool) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return repr(value) if quoted or _needs_quotes(value) else value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _float(value, decimals)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dict):
        fields = (
            f"{_text(key, decimals, quoted=False)}: {_text(item, decimals, quoted=True)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(item, decimals, quoted=True) for item in value) + "]"
    return str(value)


def _needs_quotes(text: str) -> bool:
    """Whether bare text would hide white space, or be taken for NULL or for quoted text."""
    return (
        text != text.strip()
        or not text
        or not text.isprintable()
        or "  " in text
        or text.upper() == "NULL"
        or text[0] in "'\""
    )


def _float(value: float, decimals: int | None) -> str:
    text = repr(value)
    if not math.isfinite(value):
        return {"nan": "NaN"}.get(text, text)
    if decimals is None or "e" in text or len(text) <= 10:
        return text
    exact = Decimal(text)
    # Below 1 the zeros after the point do not count.
    places = decimals - min(0, exact.adjusted() + 1)
    short = f"{round(exact, places):f}"
    if "." not in short:
        return short
    whole, fraction = short.split(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}"


def _distinct_accents(texts: list[str]) -> list[str]:
    """Escape texts that are drawn alike though their characters differ (é in one or in two)."""
    drawn = defaultdict(set)
    for text in texts:
        drawn[unicodedata.normalize("NFC", text)].add(text)
    return [
        ascii(text) if len(drawn[unicodedata.normalize("NFC", text)]) > 1 else text
        for text in texts
    ]


def _cut(texts: list[str]) -> list[str]:
    """Cut long texts so that different ones stay different."""
    groups = defaultdict(set)
    for text in texts:
        groups[text[: _WIDTH - 1]].add(text)
    short = {}
    for group in groups.values():
        # Where beginnings are the same, show from shortly before the place where they part.
        start = max(0, _common(group) - 10) if len(group) > 1 else 0
        for text in group:
            short[text] = text if len(text) <= _WIDTH else _window(text, start)
    if len(set(short.values())) < len(short):
        return texts
    return [short[text] for text in texts]


def _common(texts: set[str]) -> int:
    """Return the length of the beginning that several texts share."""
    first, last = min(texts), max(texts)
    return next(i for i, (a, b) in enumerate(zip(f"{first}\0", last, strict=False)) if a != b)


def _window(text: str, start: int) -> str:
    head = "…" if start else ""
    part = text[start : start + _WIDTH - 1 - len(head)]
    return head + part + ("…" if start + len(part) < len(text) else "")
