"""What generated families share: draws that never change, CSV bytes, and the family's record.

A family's files must be the same bytes on every Python version and machine, or the expected
answers of katas would change. Hence ``random.Random(seed).random()`` alone, which Python promises
to keep; no ``choice`` or ``gauss``, whose algorithms it does not; no ``log`` or ``exp``, whose last
digit depends on the C library; and no :mod:`csv`, whose quoting has changed between versions.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_T = TypeVar("_T")


@dataclass(frozen=True)
class FamilyFile:
    """One file that a family makes: a CSV with a header, in UTF-8."""

    name: str
    rows: int
    #: (name, DuckDB type) in the order of the file.
    columns: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True)
class Family:
    """A data set that is made from a seed on first use."""

    name: str
    title: str
    licence: str
    #: table → its file
    files: Mapping[str, FamilyFile]
    #: table → the bytes of its file
    make: Callable[[str], bytes]


class Draw:
    """Draws from one seeded generator; the same seed gives the same draws for ever."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - data, not secrets

    def below(self, end: int) -> int:
        """Draw a whole number from 0 up to, not including, ``end``."""
        return int(self._random() * end)

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self._random() < probability

    def pick(self, among: Sequence[_T]) -> _T:
        """Draw one, all equally likely."""
        return among[int(self._random() * len(among))]

    def weighted(self, among: Sequence[tuple[_T, int]]) -> _T:
        """Draw one of (value, weight) with a probability proportional to its weight."""
        left = int(self._random() * sum(weight for _, weight in among))
        for value, weight in among:
            left -= weight
            if left < 0:
                return value
        raise AssertionError("a draw is below the sum of the weights")

    def sample(self, among: Sequence[_T], count: int) -> list[_T]:
        """Draw ``count`` different positions, in random order (Fisher and Yates)."""
        pool = list(among)
        for place in range(count):
            other = place + int(self._random() * (len(pool) - place))
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, byte_order_mark: bool = False
) -> bytes:
    """Return UTF-8 CSV with line feeds; a field is quoted only where it must be."""
    lines = [",".join(map(_field, record)) for record in (header, *rows)]
    text = "\n".join(lines) + "\n"
    return text.encode("utf-8-sig" if byte_order_mark else "utf-8")


def _field(text: str) -> str:
    if any(mark in text for mark in ',"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
