"""Numbers with a unit as people write them: ``110 hours``, ``1,000 GB``, ``3 million``."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([+-]?[\d.,_]+(?:e[+-]?\d+)?)\s*(.*)", re.IGNORECASE)

#: How many seconds, or bytes, are in one; names without the plural's s.
_SCALES = (
    {
        "s": 1,
        "sec": 1,
        "second": 1,
        "min": 60,
        "minute": 60,
        "h": 3600,
        "hr": 3600,
        "hour": 3600,
        "d": 86_400,
        "day": 86_400,
        "week": 604_800,
    },
    {"kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "pb": 10**15},
)


def quantity(text: str, unit: str) -> float:
    """Return the number in ``text`` in ``unit``; times and sizes in another unit are converted.

    Raises:
        ValueError: it is no number, is below 0, or has a unit that is not ``unit``.
    """
    found = _NUMBER.fullmatch(text.strip())
    try:
        value = float(found[1].replace(",", "").replace("_", "")) if found else None
    except ValueError:
        value = None
    if found is None or value is None:
        raise ValueError(f"{text!r} is no number such as 860")
    if value < 0:
        raise ValueError(f"{text!r} is below 0")
    given, asked = _name(found[2]), _name(unit)
    if not given or given == asked or _begins(given, asked) or _begins(asked, given):
        return value
    for scale in _SCALES:
        if given in scale and asked in scale:
            return value * scale[given] / scale[asked]
    raise ValueError(f"{found[2]!r} is not the unit that is asked for")


def _name(unit: str) -> str:
    name = " ".join(unit.lower().split()).replace("%", "percent")
    return name.removesuffix("s") if len(name) > 1 and not name.endswith("/s") else name


def _begins(unit: str, other: str) -> bool:
    """Tell whether one is the other with more words: ``million``, ``million rows``."""
    return unit.startswith(f"{other} ")
