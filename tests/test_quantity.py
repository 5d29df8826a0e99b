"""Numbers with a unit: read in the unit that is asked for, or refused."""

from __future__ import annotations

import pytest

from pytest_prep.content.interviews import load_library
from pytest_prep.content.quantity import quantity
from pytest_prep.modes.workspace import content


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("110 hours", "days", 110 / 24),
        ("110h", "days", 110 / 24),
        ("4.6", "days", 4.6),
        ("1,000 GB", "TB", 1),
        ("1_000 gb", "GB", 1000),
        ("2.5e3 requests/s", "requests/s", 2500),
        ("3 million", "million rows", 3),
        ("3 million rows", "million", 3),
        ("40 %", "percent", 40),
        ("1 core", "cores", 1),
        ("0", "minutes", 0),
    ],
)
def test_a_number_in_the_unit_that_is_asked(text, unit, value):
    """Times and sizes are converted; a unit may be left out, or shortened to its first words."""
    assert quantity(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("", "days", "'' is no number such as 860"),
        ("many", "days", "'many' is no number such as 860"),
        ("1..2", "days", "'1..2' is no number such as 860"),
        ("-5", "hours", "'-5' is below 0"),
        ("5 GB", "hours", "'GB' is not the unit that is asked for"),
        ("860k", "payments", "'k' is not the unit that is asked for"),
        ("5 requests", "requests/s", "'requests' is not the unit that is asked for"),
    ],
)
def test_what_is_refused(text, unit, why):
    """The error says what is wrong with it."""
    with pytest.raises(ValueError, match=r".") as refused:
        quantity(text, unit)
    assert str(refused.value) == why


def test_every_shipped_estimate_is_right_in_its_own_unit():
    """Written out as the report tells it."""
    for scenario in load_library(content() / "interviews").scenarios.values():
        for estimate in scenario.estimates:
            text = f"{estimate.value:g} {estimate.unit}"
            assert quantity(text, estimate.unit) == pytest.approx(estimate.value, rel=1e-4)
