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
    within_half = all(abs(a - b) <= half for a, b in pairs)
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
    # One value alone has some factor always: a small or a usual one is worth a word.
    usual = is_whole and (whole <= 100 or whole in _REASONS)
    telling = usual and any(abs(b) != 1 for _, b in pairs)
    if abs(by) == 1 or not (wrong.varied or telling):
        return None
    brackets = f" ({_reason(whole, inverse=inverse)})" if is_whole and whole > 1 else ""
    words = f"{times(by)} the expected one{brackets}: {wrong.example()}"
    return Pattern("factor", f"{wrong.who()} {words}.")


def _is_factor(by: Decimal, pairs: _Numbers, noise: Decimal) -> bool:
    return all(abs(a - by * b) <= noise * abs(a) for a, b in pairs)


def _reason(whole: int, *, inverse: bool) -> str:
    if whole == 100:
        wrong_way = ("a percentage", "a share")
        return " instead of ".join(wrong_way[::-1] if inverse else wrong_way)
    if whole in _REASONS:
        return _REASONS[whole]
    if inverse:
        return "a sum divided once too often, or over fewer rows, does this"
    return "a join that repeats rows before the sum does this"


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
        " (a join that repeats rows before the sum does this)"
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
