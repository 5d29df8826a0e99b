"""Read one field of an event's data, whatever a newer version or another hand wrote there."""

from __future__ import annotations

from typing import Any


def text(data: dict[str, Any], key: str) -> str:
    """Return a text, ``""`` where there is none."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def number(data: dict[str, Any], key: str) -> float | None:
    """Return a number, None where there is none."""
    value = data.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
