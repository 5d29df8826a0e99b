"""Each flight with the year in which its aircraft was made."""

from __future__ import annotations

import pandas as pd


def flights_of(tailnums, labels=None):
    """Return one flight of 2013 for each tail number, in that order."""
    number = len(tailnums)
    return pd.DataFrame(
        {
            "year": pd.Series([2013] * number, dtype="int32"),
            "month": pd.Series(range(1, number + 1), dtype="int32"),
            "day": pd.Series([1] * number, dtype="int32"),
            "carrier": pd.Series(["UA"] * number, dtype="str"),
            "flight": pd.Series(range(100, 100 + number), dtype="int32"),
            "tailnum": pd.Series(tailnums, dtype="str"),
        }
    ).set_axis(range(number) if labels is None else labels)


def planes_of(years):
    """Return one aircraft for each entry of a dict from tail number to build year."""
    return pd.DataFrame(
        {
            "tailnum": pd.Series(list(years), dtype="str"),
            "year": pd.array(list(years.values()), dtype="Int32"),
            "seats": pd.Series([100] * len(years), dtype="int32"),
        }
    )


def check(answer, flights, planes, built, cause=""):
    """Assert that the answer adds the column ``built`` to flights; None stands for missing.

    ``cause`` is added to the messages about lost rows and wrong years.
    """
    result = answer.add_build_year(flights.copy(), planes.copy())
    assert isinstance(result, pd.DataFrame), f"a {type(result).__name__} is returned, not a frame"
    rows = f"{len(result)} rows for {len(flights)} flights"
    assert len(result) >= len(flights), f"{rows}: flights are lost in the merge{cause}"
    assert len(result) <= len(flights), f"{rows}: the merge adds rows"
    assert list(result.columns) == [*flights.columns, "built"], (
        f"the columns are {list(result.columns)}; "
        "asked for are those of flights under their own names, then built"
    )
    assert list(result["flight"]) == list(flights["flight"]), "the order of the rows has changed"
    assert list(result.index) == list(flights.index), (
        f"the index labels are {list(result.index)}, those of flights are {list(flights.index)}"
    )
    for column in flights.columns:
        assert result[column].equals(flights[column]), f"the column {column} of flights has changed"
    found = [None if pd.isna(year) else int(year) for year in result["built"]]
    assert found == built, f"built is {found}; right is {built} (None: missing){cause}"
    assert result["built"].dtype == "Int32", f"built is {result['built'].dtype}, not Int32"


def growth_input(n):
    """Return n flights of n / 10 aircraft, for --review."""
    tailnums = ("N" + (pd.Series(range(n)) % (n // 10 + 1)).astype("str")).to_numpy()
    flights = pd.DataFrame({"year": 2013, "month": 1, "flight": range(n), "tailnum": tailnums})
    planes = flights[["tailnum"]].drop_duplicates().assign(year=1999, seats=100)
    return flights, planes


def test_sample(answer):
    """Two flights of known aircraft, as in README.md."""
    flights = flights_of(["N14228", "N24211"])
    planes = planes_of({"N14228": 1999, "N24211": 1998})
    check(answer, flights, planes, [1999, 1998])


def test_edge_two_meanings_of_year(answer):
    """The year of the flight has nothing to do with the year of the aircraft."""
    flights = flights_of(["N1", "N2", "N3"])
    planes = planes_of({"N1": 2013, "N2": 2012, "N3": 1956})
    cause = "; is year compared too, although it means something else in each frame?"
    check(answer, flights, planes, [2013, 2012, 1956], cause)


def test_edge_unknown_aircraft(answer):
    """A flight whose aircraft is not in planes is kept, with built missing."""
    flights = flights_of(["N1", "N9", "N2"])
    planes = planes_of({"N1": 2001, "N2": 2002})
    check(answer, flights, planes, [2001, None, 2002])


def test_edge_no_tail_number(answer):
    """A flight without a tail number is kept, with built missing."""
    flights = flights_of(["N1", None, "N2", None])
    planes = planes_of({"N1": 2001, "N2": 2002})
    check(answer, flights, planes, [2001, None, 2002, None])


def test_edge_aircraft_without_year(answer):
    """A known aircraft of unknown age leaves built missing."""
    flights = flights_of(["N1", "N2"])
    planes = planes_of({"N1": None, "N2": 2002})
    check(answer, flights, planes, [None, 2002])


def test_edge_order_of_the_flights(answer):
    """The rows come as in flights: not sorted by tail number, and not as in planes."""
    flights = flights_of(["N3", "N1", "N3", "N2", "N1"])
    planes = planes_of({"N1": 2001, "N2": 2002, "N3": 2003})
    check(answer, flights, planes, [2003, 2001, 2003, 2002, 2001])


def test_edge_aircraft_without_flights(answer):
    """Aircraft that never flew add no rows."""
    flights = flights_of(["N2"])
    planes = planes_of({"N1": 2001, "N2": 2002, "N3": 2003})
    check(answer, flights, planes, [2002])


def test_edge_index_labels(answer):
    """A selection of flights keeps its index labels."""
    flights = flights_of(["N1", "N2", "N1"], labels=[40, 7, 22])
    planes = planes_of({"N1": 2001, "N2": 2002})
    check(answer, flights, planes, [2001, 2002, 2001])


def test_edge_inputs_unchanged(answer):
    """Both frames of the caller stay as they were."""
    flights, planes = flights_of(["N1", "N2"]), planes_of({"N2": 2002, "N1": 2001})
    flights_before, planes_before = flights.copy(), planes.copy()
    answer.add_build_year(flights, planes)
    assert flights.equals(flights_before), "the caller's frame flights was changed"
    assert planes.equals(planes_before), "the caller's frame planes was changed"


def test_real_flights(answer, reference, dataset):
    """All flights of 2013: 278,864 of them with a known build year."""
    flights, planes = dataset.frame("flights"), dataset.frame("planes")
    result = answer.add_build_year(flights, planes)
    assert isinstance(result, pd.DataFrame), f"a {type(result).__name__} is returned, not a frame"
    assert "built" in result.columns, "there is no column built"
    assert len(result) == 336_776, f"{len(result)} rows for 336776 flights"
    known = int(result["built"].notna().sum())
    assert known == 278_864, f"{known} flights have a build year; for 278864 it is known"
    expected = reference.add_build_year(dataset.frame("flights"), dataset.frame("planes"))
    different = int((result["built"].fillna(0) != expected["built"].fillna(0)).sum())
    assert different == 0, f"{different} flights have another build year than their aircraft"
