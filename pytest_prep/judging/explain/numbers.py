"""Patterns of wrong numbers: rounding, a factor, an offset, lost decimals, the other sign."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pytest_prep.judging.explain.wording import count, plain, times
from pytest_prep.judging.explain.wrong import Pattern, Wrong

_Numbers = Sequence[tuple[Decimal, Decimal]]


def cut_off(wrong: Wrong) -> Pattern | None:
    """Whole numbers that are the expected ones without their decimals."""
    pairs = wrong.numbers
    if not pairs or any(_decimals(a) or not _decimals(b) for a, b in pairs):
        return None
    if not wrong.varied and all(isinstance(a, float) for a, _ in wrong.cells):
        return None  # 2.0 for 2.5, once: no division of integers
    if all(a == int(b) for a, b in pairs) or all(a == b // 1 - (b < 0) for a, b in pairs):
        words = "the expected one without its decimals (integer division, or a cast to INTEGER)"
        return Pattern("integer_division", f"{wrong.who()} {words}: {wrong.example()}.")
    return None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def rounding(wrong: Wrong) -> Pattern | None:
    """Numbers that are equal once they are rounded alike."""
    pairs = wrong.numbers
    if not pairs:
        return None
    mine = max(_decimals(a) for a, _ in pairs)
    theirs = max(_decimals(b) for _, b in pairs)
    places = min(mine, theirs)
    unit = Decimal(1).scaleb(-places)
    half = unit / 2 * (1 + Decimal("1e-9"))
    within_half = all(abs(a - b) <= half for a, b in pairs) and (
        # 1.5 beside 1 is a half more, unless many are so
        places > 0
        or (len(pairs) > 2 and wrong.varied)
        or all(abs(a - b) <= abs(b) / 20 for a, b in pairs)
    )
    digits = f"{places} decimal{'' if places == 1 else 's'}"
    if mine > theirs and within_half:
        words = f"equal to the expected one once rounded to {digits}"
    elif mine < theirs and within_half:
        words = f"the expected one rounded to {digits}, where more are expected"
    elif mine == theirs > 0 and _one_unit(pairs, unit):
        words = f"off by one in the last decimal ({plain(unit)}: rounded another way, or cut off)"
    elif all(abs(a - b) <= Decimal("1e-6") * max(abs(a), abs(b)) for a, b in pairs):
        words = (
            "equal to the expected one in the first six digits, but not in all"
            " (rounded in between, or FLOAT instead of DOUBLE)"
        )
    else:
        return None
    return Pattern("rounding", f"{wrong.who()} {words}: {wrong.example()}.")


def _one_unit(pairs: _Numbers, unit: Decimal) -> bool:
    """Whether numbers differ by one unit, which is little beside the numbers themselves."""
    return all(
        abs(abs(a - b) - unit) <= unit * Decimal("1e-6") and unit <= abs(b) / 20 for a, b in pairs
    )


#: What a factor, or its inverse, usually comes from.
_REASONS = {
    24: "another unit of time",
    60: "another unit of time",
    3600: "another unit of time",
    1000: "another unit",
}


_FAN_OUT = "a join that repeats rows before the sum does this"


def factor(wrong: Wrong) -> Pattern | None:
    """A constant multiple of the expected numbers, or whole multiples that vary."""
    pairs = wrong.numbers
    if not pairs or any(a == 0 or b == 0 for a, b in pairs):
        return None
    quotient = pairs[0][0] / pairs[0][1]
    inverse = abs(quotient) < 1
    whole = round(1 / quotient if inverse else quotient)
    by = 1 / Decimal(whole) if inverse else Decimal(whole)
    is_whole = _is_factor(by, pairs, wrong.noise)
    if not is_whole:
        by = quotient
    if not _is_factor(by, pairs, wrong.noise):
        return _multiples(wrong, pairs)
    if abs(by) == 1:
        return None
    # Any two numbers have some ratio. A single one is worth a word if it is whole, and not of
    # numbers so short that many pairs of them would have a whole one.
    digits = max(len(b.normalize().as_tuple().digits) for _, b in pairs)
    usual = whole == 100 or whole in _REASONS
    if not (wrong.varied or (is_whole and whole <= 1000 and digits > (1 if usual else 2))):
        return None
    reason = _reason(whole, inverse=inverse) if is_whole else ""
    if reason == _FAN_OUT and len(pairs) < 3 and digits < 3:
        reason = ""
    brackets = f" ({reason})" if reason else ""
    words = f"{times(by)} the expected one{brackets}: {wrong.example()}"
    return Pattern("factor", f"{wrong.who()} {words}.")


def _is_factor(by: Decimal, pairs: _Numbers, noise: Decimal) -> bool:
    return all(abs(a - by * b) <= noise * abs(a) for a, b in pairs)


def _reason(whole: int, *, inverse: bool) -> str:
    if whole == 100:
        return "a share instead of a percentage" if inverse else "a percentage instead of a share"
    return _REASONS.get(whole, "" if inverse or whole < 0 else _FAN_OUT)


def _multiples(wrong: Wrong, pairs: _Numbers) -> Pattern | None:
    """Whole multiples that vary from row to row: a sum over rows repeated more or less often."""
    if len(pairs) < 3 or all(abs(b) == 1 for _, b in pairs):
        return None
    ratios = [a / b for a, b in pairs]
    whole = [round(ratio) for ratio in ratios]
    if any(n < 2 or abs(r - n) > wrong.noise * n for r, n in zip(ratios, whole, strict=True)):
        return None
    words = (
        f"a whole multiple of the expected one, {count(min(whole))} to {count(max(whole))} ×"
        f" ({_FAN_OUT})"
    )
    return Pattern("factor", f"{wrong.who('is', 'are each')} {words}: {wrong.example()}.")


def offset(wrong: Wrong) -> Pattern | None:
    """A constant more or less than expected."""
    pairs = wrong.numbers
    if not pairs:
        return None
    shift = pairs[0][0] - pairs[0][1]
    slack = wrong.noise * max([Decimal(1), *(abs(b) for _, b in pairs)])
    if any(abs(a - b - shift) > slack for a, b in pairs):
        return None
    if not wrong.varied and abs(shift) != 1:
        return None
    words = f"{plain(abs(shift))} {'more' if shift > 0 else 'less'} than expected"
    return Pattern("offset", f"{wrong.who()} {words}: {wrong.example()}.")


def sign(wrong: Wrong) -> Pattern | None:
    """The expected numbers with the other sign."""
    pairs = wrong.numbers
    if not pairs or any(abs(a + b) > wrong.noise * abs(b) for a, b in pairs):
        return None
    return Pattern("sign", f"{wrong.who('has', 'have')} the other sign: {wrong.example()}.")
