"""Two Python values: do they agree, and if not, in what do they differ, in one sentence.

Agreement is decided by our own walk over the built-in types, never by an ``__eq__`` of the answer's
making. Floats agree to nine digits, NaN agrees with NaN; ``True`` is no 1, a tuple is no list.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

#: Relative and absolute, as between results of queries.
TOLERANCE = 1e-9
_ATOMS = (str, bytes, type(None), bool, complex)
_SEQUENCES = (list, tuple)
_SETS = (set, frozenset)
_OWN = ("builtins", "collections")


def agree(yours: object, expected: object) -> bool:
    """Tell whether two values agree."""
    return disagreement(yours, expected) == ""


def disagreement(yours: object, expected: object, place: str = "") -> str:
    """Return in what two values differ, "" if in nothing.

    ``place`` is where they stand in a larger value, as Python would write it: ``[2]['name']``.
    """
    if kind_of(expected) == "frame" or kind_of(yours) == "frame":
        from pytest_prep.judging.frames import frame_disagreement

        return _at(place, frame_disagreement(yours, expected))
    if _is_number(yours) and _is_number(expected):
        return "" if _close(yours, expected) else _instead(place, yours, expected)
    if _type_name(yours) != _type_name(expected):
        return _at(
            place, f"{_article(yours)} where {_article(expected)} is expected: {shown(yours)}"
        )
    if type(expected).__module__ in _OWN:
        if isinstance(expected, _SEQUENCES):
            return _sequences(list(yours), list(expected), place)  # type: ignore[call-overload]
        if isinstance(expected, dict):
            return _mappings(dict(yours), dict(expected), place)  # type: ignore[call-overload]
        if isinstance(expected, _SETS):
            return _sets(yours, expected, place)
        if isinstance(expected, _ATOMS):
            return "" if yours == expected else _instead(place, yours, expected)
    if is_dataclass(expected) and is_dataclass(yours):
        return _mappings(_fields(yours), _fields(expected), place)
    return "" if bool(yours == expected) else _instead(place, yours, expected)


def kind_of(value: object) -> str:
    """Return ``frame`` for what pandas compares, ``list`` and so on for the rest."""
    kind = type(value)
    if kind.__module__.partition(".")[0] == "pandas" and kind.__name__ in ("DataFrame", "Series"):
        return "frame"
    return kind.__name__


def shown(value: object, room: int = 60) -> str:
    """Return a value as one line, cut off where it gets long."""
    try:
        text = " ".join(repr(value).split())
    except Exception as error:  # an answer's own __repr__ may be broken
        text = f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _sequences(yours: list[Any], expected: list[Any], place: str) -> str:
    if len(yours) == len(expected):
        wrong = [i for i, (a, b) in enumerate(zip(yours, expected, strict=True)) if not agree(a, b)]
        if not wrong:
            return ""
        if len(wrong) > 1 and _same_items(yours, expected):
            return _at(place, f"the right items in another order, from [{wrong[0]}] on")
        first = wrong[0]
        told = disagreement(yours[first], expected[first], f"{place}[{first}]")
        more = len(wrong) - 1
        return f"{told} (and {more} more of {len(expected)} items differ)" if more else told
    count = f"{len(yours)} item{_s(yours)} instead of {len(expected)}"
    missing, extra = _without(expected, yours), _without(yours, expected)
    if missing and not extra:
        return _at(place, f"{count}: {_some(missing)} {_is(missing)} missing")
    if extra and not missing:
        again = " again" if any(agree(extra[0], item) for item in expected) else ""
        return _at(place, f"{count}: {_some(extra)} {_is(extra)} too many{again}")
    pairs = enumerate(zip(yours, expected, strict=False))
    start = next((i for i, (a, b) in pairs if not agree(a, b)), None)
    where = "" if start is None else f"; the first difference is at [{start}]"
    return _at(place, f"{count}{where}")


def _mappings(yours: dict[Any, Any], expected: dict[Any, Any], place: str) -> str:
    missing = [key for key in expected if key not in yours]
    extra = [key for key in yours if key not in expected]
    if missing or extra:
        parts = [f"{_keys(missing)} missing"] if missing else []
        parts += [f"{_keys(extra)} not expected"] if extra else []
        return _at(place, "; ".join(parts))
    told = [
        told
        for key, value in expected.items()
        if (told := disagreement(yours[key], value, f"{place}[{shown(key, 30)}]"))
    ]
    if len(told) > 1:
        return f"{told[0]} (and {len(told) - 1} more of {len(expected)} values differ)"
    return told[0] if told else ""


def _sets(yours: Any, expected: Any, place: str) -> str:
    missing, extra = _without(list(expected), list(yours)), _without(list(yours), list(expected))
    parts = [f"{_some(missing)} {_is(missing)} missing"] if missing else []
    parts += [f"{_some(extra)} {_is(extra)} too many"] if extra else []
    return _at(place, "; ".join(parts)) if parts else ""


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    """Return the items that have no partner among the others."""
    try:
        if all(type(item) in (str, bytes, int) for item in (*items, *others)):
            left = Counter(items) - Counter(others)
            return list(left.elements())
    except TypeError:
        pass
    rest = list(others)
    lone = []
    for item in items:
        partner = next((i for i, other in enumerate(rest) if agree(item, other)), None)
        if partner is None:
            lone.append(item)
        else:
            del rest[partner]
    return lone


def _same_items(yours: list[Any], expected: list[Any]) -> bool:
    # Matching all with all gets slow; a long list is described by its first difference instead.
    return len(yours) <= 2000 and not _without(expected, yours)


def _is_number(value: object) -> bool:
    kind = type(value)
    if kind.__module__ == "numpy":
        return getattr(value, "ndim", 1) == 0 and kind.__name__ != "str_"
    return kind in (int, float) or kind.__name__ == "Decimal"


def _close(yours: Any, expected: Any) -> bool:
    if type(yours).__module__ == "numpy":
        yours = yours.item()
    if type(expected).__module__ == "numpy":
        expected = expected.item()
    if float in (type(yours), type(expected)):
        a, b = float(yours), float(expected)
        if math.isnan(a) or math.isnan(b):
            return math.isnan(a) and math.isnan(b)
        return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(yours == expected)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _type_name(value: object) -> str:
    kind = type(value)
    # The answer's own classes have the reference's names, in another module.
    own = kind.__module__.startswith("prep_answer_")
    return kind.__name__ if own else f"{kind.__module__}.{kind.__qualname__}"


def _article(value: object) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def _instead(place: str, yours: object, expected: object) -> str:
    return _at(place, f"{shown(yours)} instead of {shown(expected)}")


def _at(place: str, told: str) -> str:
    return f"at {place}: {told}" if place and told else told


def _keys(keys: list[Any]) -> str:
    return f"{'keys' if len(keys) > 1 else 'key'} {_some(keys)} {_is(keys)}"


def _some(items: list[Any]) -> str:
    return ", ".join(_listed(items))


def _listed(items: list[Any]) -> Iterator[str]:
    for item in items[:3]:
        yield shown(item, 40)
    if len(items) > 3:
        yield f"… ({len(items)} in all)"


def _is(items: list[Any]) -> str:
    return "is" if len(items) == 1 else "are"


def _s(items: list[Any]) -> str:
    return "" if len(items) == 1 else "s"
