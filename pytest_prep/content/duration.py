"""Durations as people write them: ``20m``, ``90s``, ``1h30m``, ``1.5h``."""

from __future__ import annotations

import math
import re

_PARTS = re.compile(r"(?:({0})h)?(?:({0})m)?(?:({0})s)?".format(r"\d+(?:\.\d+)?"))


def seconds_of(text: str) -> int:
    """Return the seconds in ``text``; a bare number is minutes.

    Raises:
        ValueError: it is no duration, or an empty one; the message says what one looks like.
    """
    compact = re.sub(r"\s|min(?:utes?)?$", "", text.lower()) if text else ""
    if compact.isdecimal():
        compact += "m"
    found = _PARTS.fullmatch(compact)
    hours, minutes, seconds = (float(part or 0) for part in found.groups()) if found else (0, 0, 0)
    total = 3600 * hours + 60 * minutes + seconds
    if not 0.5 < total < math.inf:
        raise ValueError(f'{text!r} is not a duration such as "20m", "90s" or "1h30m"')
    return round(total)


def duration_text(seconds: float) -> str:
    """Return a duration as :func:`seconds_of` reads it: ``20m``, ``1h30m``, ``45s``."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "m"), (left, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


def clock_text(seconds: float) -> str:
    """Return seconds as a clock shows them: ``4:07``, ``1:02:00``; none below zero."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
