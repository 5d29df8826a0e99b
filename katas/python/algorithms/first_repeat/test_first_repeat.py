"""The first event whose id came earlier in the stream."""

from __future__ import annotations

import pytest


def growth_input(n):
    """Return n events without a repeat, for --review."""
    return ([f"event-{number}" for number in range(n)],)


def test_sample(answer):
    """The examples of README.md."""
    found = answer.first_repeat(["e4", "e7", "e1", "e7", "e7"])
    assert found == "e7", f"got {found!r}: 'e7' is the id that is delivered again"
    assert answer.first_repeat(iter(["e4", "e7", "e1"])) is None, (
        "no id comes twice, so the result has to be None"
    )


def test_edge_second_delivery_decides(answer):
    """Of two repeated ids the one that is repeated first wins."""
    found = answer.first_repeat(["a", "b", "c", "b", "a"])
    assert found == "b", (
        f"got {found!r}: 'b' is delivered again before 'a' is, "
        "although 'a' was the first of the two to be seen"
    )


def test_edge_position_not_alphabet(answer):
    """The place in the stream decides, not the order of the ids."""
    found = answer.first_repeat(["z", "a", "z", "a"])
    assert found == "z", f"got {found!r}: 'z' is repeated first, although 'a' sorts before it"


def test_edge_repeat_far_apart(answer):
    """A repeat counts however many events lie between."""
    found = answer.first_repeat(["a", "b", "c", "d", "a"])
    assert found == "a", f"got {found!r}: the two deliveries of 'a' are not neighbours"


def test_edge_repeat_at_once(answer):
    """Two deliveries in a row are a repeat."""
    found = answer.first_repeat(["a", "a"])
    assert found == "a", f"got {found!r}: the second event repeats the first one"


@pytest.mark.parametrize("events", [[], ["a"], ["a", "b", "c"]])
def test_edge_no_repeat(answer, events):
    """Without a repeat, and for an empty stream, the result is None."""
    found = answer.first_repeat(events)
    assert found is None, f"got {found!r}: no id comes twice, so the result has to be None"


def test_edge_empty_text(answer):
    """The empty text is an id like any other."""
    found = answer.first_repeat(["a", "", "b", ""])
    assert found == "", f"got {found!r}: the empty text is a valid id, and it comes twice"


def test_edge_upper_and_lower_case(answer):
    """Ids that differ in case are different ids."""
    found = answer.first_repeat(["a1", "A1", "b1", "A1"])
    assert found == "A1", f"got {found!r}: 'a1' and 'A1' are different ids"


def test_edge_stops_at_the_repeat(answer):
    """Nothing is read behind the event that decides."""
    read = 0

    def live():
        nonlocal read
        for event in ["a", "b", "c", "b", "d", "e", "f", "g"]:
            read += 1
            yield event

    found = answer.first_repeat(live())
    assert found == "b", f"got {found!r}: the stream is an iterator and can be read only once"
    assert read == 4, f"{read} events were read, but the answer was known after 4"


def test_edge_input_unchanged(answer):
    """A list that is handed in stays as it was."""
    events = ["c", "b", "a", "b", "c"]
    answer.first_repeat(events)
    assert events == ["c", "b", "a", "b", "c"], f"the list of the caller was changed to {events}"


def test_edge_any_stream(answer, agrees_with_reference):
    """On short streams of every kind the result is the reference's."""
    strategies = pytest.importorskip("hypothesis.strategies")
    agrees_with_reference(answer.first_repeat, strategies.lists(strategies.sampled_from("abc")))


def test_budget_million_events(answer):
    """The only repeat is the last of a million events."""
    events = [f"event-{number:06d}" for number in range(999_999)]
    events.append("event-400000")
    found = answer.first_repeat(events)
    assert found == "event-400000", f"got {found!r}: only the last event repeats an earlier one"
