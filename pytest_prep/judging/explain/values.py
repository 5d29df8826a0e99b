"""What the wrong values of one column are, compared with the expected ones.

Each pattern looks at all wrong values of a column beside the expected ones and holds for every one
of them or not at all: a sentence says what the values are, and only in brackets what usually makes
them so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import localcontext

from pytest_prep.judging.cells import is_number
from pytest_prep.judging.difference import Kind
from pytest_prep.judging.explain import numbers
from pytest_prep.judging.explain.wording import count
from pytest_prep.judging.explain.wrong import Pattern, Wrong


def pattern_of(wrong: Wrong) -> Pattern | None:
    """Return the first pattern that holds for every wrong value of a column, if any does."""
    with localcontext() as context:
        context.prec = 60  # the products of two 38-digit decimals, nearly
        for look in _PATTERNS:
            if found := look(wrong):
                return found
    return None


def _nothing(wrong: Wrong) -> Pattern | None:
    """NULL, 0 and the empty text taken for each other."""
    swaps: tuple[tuple[Kind, str, Callable[[object, object], bool]], ...] = (
        (
            "null_for_zero",
            "NULL where 0 is expected (a left join or an aggregate over no rows"
            " gives NULL; COALESCE makes it 0)",
            lambda a, b: a is None and _is_zero(b),
        ),
        (
            "zero_for_null",
            "0 where NULL is expected: unknown is not zero",
            lambda a, b: _is_zero(a) and b is None,
        ),
        (
            "empty_text_for_null",
            "the empty text where NULL is expected",
            lambda a, b: a == "" and b is None,
        ),
        (
            "null_for_empty_text",
            "NULL where the empty text is expected",
            lambda a, b: a is None and b == "",
        ),
    )
    for kind, words, fits in swaps:
        if all(fits(a, b) for a, b in wrong.cells):
            return Pattern(kind, f"{wrong.who()} {words}.")
    return None


def _is_zero(cell: object) -> bool:
    return is_number(cell) and not isinstance(cell, bool) and cell == 0


def _moments(wrong: Wrong) -> Pattern | None:
    """Dates or times that are a constant span off."""
    moments = [
        (a, b)
        for a, b in wrong.cells
        if isinstance(a, dt.datetime | dt.date) and isinstance(b, dt.datetime | dt.date)
    ]
    if len(moments) < len(wrong.cells):
        return None
    try:
        shifts = {_moment(a) - _moment(b) for a, b in moments}
    except TypeError:  # one with and one without a time zone
        return None
    gap = shifts.pop()
    if shifts or not (wrong.varied or abs(gap) in _USUAL):
        return None
    words = f"{_span(abs(gap))} {'later' if gap > dt.timedelta() else 'earlier'} than expected"
    return Pattern("offset", f"{wrong.who()} {words}: {wrong.example()}.")


_USUAL = (dt.timedelta(days=1), dt.timedelta(hours=1))


def _moment(day: dt.date) -> dt.datetime:
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())


def _span(gap: dt.timedelta) -> str:
    for unit, name in (("days", "day"), ("hours", "hour"), ("minutes", "minute")):
        n, rest = divmod(gap, dt.timedelta(**{unit: 1}))
        if not rest:
            return f"{count(n)} {name}{'' if n == 1 else 's'}"
    return str(gap)


def _text_form(wrong: Wrong) -> Pattern | None:
    texts = [(a, b) for a, b in wrong.cells if isinstance(a, str) and isinstance(b, str)]
    if len(texts) < len(wrong.cells):
        return None
    if all(a.strip() == b.strip() for a, b in texts):
        words = "white space before or after the text"
    elif all(a.casefold() == b.casefold() for a, b in texts):
        words = "upper and lower case"
    elif all(a.strip().casefold() == b.strip().casefold() for a, b in texts):
        words = "upper and lower case, and in white space before or after the text"
    else:
        return None
    subject = wrong.who("differs", "differ")
    return Pattern("text_form", f"{subject} only in {words}: {wrong.example()}.")


_PATTERNS: tuple[Callable[[Wrong], Pattern | None], ...] = (
    numbers.cut_off,  # before rounding: 0.2 given as 0 is both, and a division is what makes it so
    numbers.rounding,
    _nothing,
    numbers.factor,
    numbers.offset,
    _moments,
    numbers.sign,
    _text_form,
)


def tendency(wrong: Wrong) -> str | None:
    """Return a weaker sentence about the wrong values of a column where no pattern holds."""
    if len(wrong.cells) < 2:
        return None
    if all(a is None for a, _ in wrong.cells):
        return f"Yours is NULL in all of them ({wrong.name})."
    if all(b is None for _, b in wrong.cells):
        return f"NULL is expected in all of them ({wrong.name})."
    moments = [(a, b) for a, b in wrong.cells if isinstance(a, dt.datetime)]
    if len(moments) == len(wrong.cells) and all(
        isinstance(b, dt.datetime) and b.time() == dt.time() and a.date() == b.date()
        for a, b in moments
    ):
        return f"The day is right in all of them; yours also holds a time of day ({wrong.name})."
    pairs = wrong.numbers
    if pairs and len(pairs) > 2:
        if all(a > b for a, b in pairs):
            return f"Yours is too large in all of them ({wrong.name})."
        if all(a < b for a, b in pairs):
            return f"Yours is too small in all of them ({wrong.name})."
    return None
