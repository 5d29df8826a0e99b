"""The answer's speed beside the reference's: ``pytest … -p benchmark --benchmark-only``."""

from __future__ import annotations

import pytest


@pytest.mark.benchmark(group="first_repeat")
@pytest.mark.parametrize("whose", ["answer", "reference"])
def test_hundred_thousand_events(request, benchmark, whose):
    """The only repeat is the last of a hundred thousand events."""
    events = [f"event-{number:05d}" for number in range(99_999)]
    events.append("event-40000")
    assert benchmark(request.getfixturevalue(whose).first_repeat, events) == "event-40000"
