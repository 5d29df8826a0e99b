"""Clock numbers such as 1530 as minutes of the day."""

from __future__ import annotations

import pandas as pd
import pytest


def flights_of(departures, arrivals, labels=None):
    """Return flights with these clock numbers; None stands for missing."""
    frame = pd.DataFrame(
        {
            "carrier": pd.Series(["UA"] * len(departures), dtype="str"),
            "dep_time": pd.array(departures, dtype="Int32"),
            "arr_time": pd.array(arrivals, dtype="Int32"),
        }
    )
    return frame if labels is None else frame.set_axis(labels)


def check(answer, departures, arrivals, dep_minutes, arr_minutes, *, labels=None):
    """Assert that the answer turns the clock numbers into those minutes of the day."""
    flights = flights_of(departures, arrivals, labels)
    result = answer.minutes_of_day(flights.copy())
    assert isinstance(result, pd.DataFrame), f"a {type(result).__name__} is returned, not a frame"
    assert list(result.columns) == ["dep_minute", "arr_minute"], (
        f"the columns are {list(result.columns)}, not ['dep_minute', 'arr_minute']"
    )
    assert len(result) == len(flights), f"{len(result)} rows for {len(flights)} flights"
    assert list(result.index) == list(flights.index), (
        f"the index labels are {list(result.index)}, those of flights are {list(flights.index)}"
    )
    for clock, column, minutes in [
        (departures, "dep_minute", dep_minutes),
        (arrivals, "arr_minute", arr_minutes),
    ]:
        found = [None if pd.isna(minute) else minute for minute in result[column].tolist()]
        assert found == minutes, (
            f"{column} of the clock times {clock} is {found}; right is {minutes} (None: missing)"
        )
        assert result[column].dtype == "Int32", f"{column} is {result[column].dtype}, not Int32"


def growth_input(n):
    """Return n flights with clock times, for --review."""
    clock = pd.Series(range(n), dtype="Int32") % 24 * 100 + 30
    return (pd.DataFrame({"carrier": "UA", "dep_time": clock, "arr_time": clock}),)


@pytest.fixture(scope="module")
def all_flights(dataset):
    """The flights that left New York in 2013: 336,776 rows."""
    return dataset.frame("flights")


@pytest.fixture
def two_years(all_flights):
    """The flights of the year, twice: 673,552 rows."""
    return pd.concat([all_flights, all_flights], ignore_index=True)


def test_sample(answer):
    """The example of README.md."""
    check(answer, [517, 1530], [830, 2005], [317, 930], [510, 1205])


def test_edge_sixty_minutes(answer):
    """An hour has sixty minutes: the last minute of one hour and the first of the next."""
    check(answer, [1259, 1300], [959, 1000], [779, 780], [599, 600])


def test_edge_first_hour(answer):
    """After midnight the number has one or two digits."""
    check(answer, [1, 5, 10], [59, 100, 101], [1, 5, 10], [59, 60, 61])


def test_edge_midnight(answer):
    """Midnight is minute 0, written as 2400 or as 0; the minute before it is 1439."""
    check(answer, [2400, 0, 2359], [2359, 2400, 0], [0, 0, 1439], [1439, 0, 0])


def test_edge_missing(answer):
    """A missing clock time stays missing, and only in its own column."""
    check(answer, [None, 600, None], [None, None, 700], [None, 360, None], [None, None, 420])


def test_edge_index_labels(answer):
    """A selection of flights keeps its order and its index labels."""
    check(answer, [900, 800], [905, 805], [540, 480], [545, 485], labels=[40, 7])


def test_edge_no_flights(answer):
    """A frame without rows gives both columns without rows."""
    check(answer, [], [], [], [])


def test_edge_all_missing(answer):
    """Cancelled flights only: the dtype stays Int32."""
    check(answer, [None, None], [None, None], [None, None], [None, None])


def test_edge_input_unchanged(answer):
    """The frame of the caller stays as it was."""
    flights = flights_of([517, None, 2400], [830, None, 5])
    before = flights.copy()
    answer.minutes_of_day(flights)
    assert flights.equals(before), "the caller's frame flights was changed"


def test_real_flights(answer, reference, all_flights):
    """The 27,004 flights of January 2013; 521 of them never left, 536 have no arrival time."""
    flights = all_flights.query("month == 1")
    expected = reference.minutes_of_day(flights.copy())
    result = answer.minutes_of_day(flights.copy())
    assert list(result.columns) == ["dep_minute", "arr_minute"], (
        f"the columns are {list(result.columns)}, not ['dep_minute', 'arr_minute']"
    )
    assert list(result.index) == list(flights.index), "the index labels are not those of flights"
    for column in expected.columns:
        different = int((result[column].fillna(-1) != expected[column].fillna(-1)).sum())
        assert different == 0, f"{column} is wrong in {different} of {len(flights)} rows"


def test_budget_two_years(answer, two_years):
    """All flights of the real data, twice, within the time limit."""
    result = answer.minutes_of_day(two_years.copy())
    assert len(result) == 673_552, f"{len(result)} rows for 673552 flights"
    for column, missing in [("dep_minute", 2 * 8_255), ("arr_minute", 2 * 8_713)]:
        found = int(result[column].isna().sum())
        assert found == missing, f"{column} is missing in {found} rows, not in {missing}"
