"""Bars, charts and maps made of characters, in Unicode or plain ASCII."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters that a terminal can show."""

    full: str
    empty: str
    #: From nothing to most, for maps.
    shades: str
    #: From an eighth to full, for columns.
    columns: str
    dot: str

    def bar(self, done: float, total: float, width: int) -> tuple[str, str]:
        """Return the filled and the empty part of a bar; anything done shows, and so does a rest.

        >>> UNICODE.bar(1, 4, 8)
        ('██', '░░░░░░')
        """
        if total <= 0:
            return "", self.empty * width
        filled = round(width * min(done / total, 1.0))
        if 0 < done < total:
            filled = min(max(filled, 1), width - 1)
        return self.full * filled, self.empty * (width - filled)

    def chart(self, values: Sequence[float], top: float, width: int, height: int) -> list[str]:
        """Return lines, the highest first, of a column for each of ``values``.

        More values than ``width`` are thinned out; the last one always stays.
        """
        if len(values) > width:
            step = (len(values) - 1) / (width - 1)
            values = [values[round(step * n)] for n in range(width)]
        parts = len(self.columns)
        levels = [round(value / top * height * parts) if top > 0 else 0 for value in values]
        lines = []
        for row in reversed(range(height)):
            over = [min(max(level - row * parts, 0), parts) for level in levels]
            lines.append("".join(self.columns[n - 1] if n else " " for n in over))
        return lines

    def shade(self, minutes: float, goal: int) -> str:
        """Return the shade of a day: none, less than half, less than the goal, the goal, twice."""
        if minutes <= 0:
            return self.shades[0]
        share = minutes / goal
        level = 1 + (share >= 0.5) + (share >= 1) + (share >= 2)
        return self.shades[level]

    def fitting(self, text: str) -> str:
        """Return a text in characters that the terminal can show."""
        if self.full == "█":
            return text
        return text.translate(_SPELT).encode("ascii", "replace").decode("ascii")


_SPELT = str.maketrans({"·": "-", "×": "x", "…": "...", "–": "-", "→": "->", "≥": ">=", "≤": "<="})
UNICODE = Glyphs("█", "░", "·░▒▓█", "▁▂▃▄▅▆▇█", "·")
ASCII = Glyphs("#", "-", ".-+#@", "_#", "-")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Return what a stream of this encoding can show."""
    return UNICODE if "utf" in (encoding or "").lower() else ASCII


def plain(text: str) -> str:
    """Return a text without control characters, which could move the cursor or change colours."""
    return _CONTROL.sub("", text)


def minutes_text(minutes: float) -> str:
    """Return minutes as people say them: ``8 min``, ``2 h 05``."""
    whole = round(minutes)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02}"


def day_text(day: str, *, weekday: bool = False) -> str:
    """Return a day as text: ``2 November 2026``, or with its weekday."""
    moment = date.fromisoformat(day)
    text = f"{moment.day} {moment:%B %Y}"
    return f"{moment:%A} {text}" if weekday else text


def count(number: int, word: str) -> str:
    """Return a number with its word, in the plural where it is not one."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def days_left_text(days: int) -> str:
    """Return how far the interview is."""
    if days == 0:
        return "the interview is today"
    if days < 0:
        return f"the interview was {count(-days, 'day')} ago"
    return f"interview in {count(days, 'day')}"
