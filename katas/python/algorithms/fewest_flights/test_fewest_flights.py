"""A trip with as few flights as possible; any of the equally short ones is right."""

from __future__ import annotations

from itertools import pairwise

import pytest


def check_trip(trip, routes, start, goal, flights):
    """Assert that ``trip`` leads from start to goal in ``routes`` with that number of flights."""
    assert trip is not None, f"None for {start} to {goal}, but there is a trip (flights: {flights})"
    assert isinstance(trip, list), f"the result is of type {type(trip).__name__}, not a list"
    assert trip, f"the list for {start} to {goal} is empty; it holds at least the start"
    assert trip[0] == start, f"the trip {trip} does not begin at {start}"
    assert trip[-1] == goal, f"the trip {trip} does not end at {goal}"
    flown = set(routes)
    for leg in pairwise(trip):
        assert leg in flown, f"the trip {trip} uses {leg[0]} to {leg[1]}, which is not in routes"
    assert len(trip) - 1 == flights, (
        f"the trip {trip} has {len(trip) - 1} flights, but {flights} will do"
    )


def layers(number, width):
    """Return the routes of a network in which each of ``number`` layers leads to the next one.

    All airports of neighbouring layers are connected, so there are width ** number equally short
    trips from the airport "start" to the airport "goal".
    """
    stages = [["start"]]
    stages += [[f"{layer}-{place}" for place in range(width)] for layer in range(number)]
    stages += [["goal"]]
    return [(a, b) for here, there in pairwise(stages) for a in here for b in there]


@pytest.fixture(scope="module")
def all_pairs(dataset):
    """The pairs (origin, destination) of all US routes, one for each airline."""
    columns = dataset.columns("routes")
    origin, dest = columns.index("origin"), columns.index("dest")
    return tuple((row[origin], row[dest]) for row in dataset.rows("routes"))


@pytest.fixture
def us_routes(all_pairs):
    """All US routes, in a list of the test's own."""
    return list(all_pairs)


def growth_input(n):
    """Return some 4 n routes between n airports and a goal that nothing reaches, for --review."""
    routes = [(f"{a}", f"{(a * 7 + step) % n}") for a in range(n) for step in (1, 2, 3, 5)]
    return routes, "0", "nowhere"


def test_sample(answer):
    """The examples of README.md."""
    routes = [("BOS", "JFK"), ("JFK", "DEN"), ("DEN", "SEA"), ("JFK", "SEA")]
    check_trip(answer.fewest_flights(routes, "BOS", "SEA"), routes, "BOS", "SEA", 2)
    check_trip(answer.fewest_flights(routes, "BOS", "BOS"), routes, "BOS", "BOS", 0)
    assert answer.fewest_flights(routes, "SEA", "BOS") is None, (
        "nothing leaves SEA, so there is no trip to BOS and the result has to be None"
    )


@pytest.mark.parametrize("turned", [False, True], ids=["as_listed", "turned_round"])
def test_edge_short_way_in_the_middle(answer, turned):
    """The short trip wins wherever its flights stand in the list."""
    first, last = [("A", "B"), ("B", "C"), ("C", "Z")], [("A", "E"), ("E", "F"), ("F", "Z")]
    routes = [*first, ("A", "D"), ("D", "Z"), *last]
    if turned:
        routes.reverse()
    check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 2)


def test_edge_direct_flight(answer):
    """A direct flight beats a trip with a change that is listed before it."""
    routes = [("A", "B"), ("B", "Z"), ("A", "Z"), ("A", "C"), ("C", "Z")]
    check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 1)


def test_edge_several_shortest(answer):
    """Any of several equally short trips is right."""
    routes = [("A", "B"), ("A", "C"), ("B", "Z"), ("C", "Z"), ("A", "D"), ("D", "C")]
    check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 2)


def test_edge_one_way(answer):
    """A pair is a flight in one direction only."""
    routes = [("Z", "A"), ("A", "B"), ("B", "Z"), ("B", "A")]
    check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 2)
    routes = [("Z", "A"), ("A", "B")]
    assert answer.fewest_flights(routes, "A", "Z") is None, (
        "Z to A is listed, A to Z is not: there is no trip, so the result has to be None"
    )


@pytest.mark.parametrize("airport", ["A", "Z", "X"], ids=["departures", "arrivals", "unknown"])
def test_edge_already_there(answer, airport):
    """No flight is needed to stay, whatever leaves or reaches the airport."""
    routes = [("A", "B"), ("B", "A"), ("B", "Z")]
    check_trip(answer.fewest_flights(routes, airport, airport), routes, airport, airport, 0)


def test_edge_no_departures(answer):
    """An airport from which nothing departs may lie beside the trip, or be its start."""
    routes = [("A", "X"), ("A", "B"), ("B", "Z")]
    check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 2)
    assert answer.fewest_flights(routes, "X", "Z") is None, (
        "nothing departs from X, so the result has to be None"
    )


@pytest.mark.parametrize(("start", "goal"), [("A", "Q"), ("Q", "A"), ("Q", "R")])
def test_edge_unknown_airport(answer, start, goal):
    """A code that does not occur in routes has no trip to or from other airports."""
    trip = answer.fewest_flights([("A", "B"), ("B", "A")], start, goal)
    assert trip is None, f"got {trip}: there is no trip, so the result has to be None"


def test_edge_circle_without_goal(answer):
    """Circles do not keep the search going when the goal cannot be reached."""
    routes = [("A", "B"), ("B", "C"), ("C", "A"), ("B", "A"), ("A", "A"), ("Y", "Z")]
    trip = answer.fewest_flights(routes, "A", "Z")
    assert trip is None, f"got {trip}: Z cannot be reached from A, so the result has to be None"


def test_edge_no_routes(answer):
    """An empty network has no trips."""
    trip = answer.fewest_flights([], "A", "Z")
    assert trip is None, f"got {trip}: without routes there is no trip, so it has to be None"


def test_edge_called_again(answer):
    """Nothing is kept from one call to the next."""
    routes = [("A", "B"), ("B", "Z")]
    for _ in range(2):
        check_trip(answer.fewest_flights(routes, "A", "Z"), routes, "A", "Z", 2)
    other = [("A", "C"), ("C", "Z")]
    check_trip(answer.fewest_flights(other, "A", "Z"), other, "A", "Z", 2)


def test_edge_input_unchanged(answer):
    """The list of routes stays as it was."""
    routes = [("B", "Z"), ("A", "B"), ("A", "B"), ("A", "C")]
    answer.fewest_flights(routes, "A", "Z")
    assert routes == [("B", "Z"), ("A", "B"), ("A", "B"), ("A", "C")], (
        f"the list of the caller was changed to {routes}"
    )


def test_real_longest_trip(answer, us_routes):
    """From Yakutat in Alaska to Saipan there is no trip with fewer than five flights."""
    check_trip(answer.fewest_flights(us_routes, "YAK", "SPN"), us_routes, "YAK", "SPN", 5)


def test_real_one_way_pair(answer, us_routes):
    """Boston has a flight to Saint Thomas, but none comes back directly."""
    check_trip(answer.fewest_flights(us_routes, "BOS", "STT"), us_routes, "BOS", "STT", 1)
    check_trip(answer.fewest_flights(us_routes, "STT", "BOS"), us_routes, "STT", "BOS", 2)


def test_budget_many_equal_trips(answer):
    """The time does not grow with the number of equally short trips (7 ** 9, some 40 million)."""
    routes = layers(number=9, width=7)
    trip = answer.fewest_flights(routes, "start", "goal")
    check_trip(trip, routes, "start", "goal", 10)


def test_budget_every_airport(answer, us_routes):
    """One search in the real network for each of its 352 airports."""
    goals = sorted({airport for pair in us_routes for airport in pair})
    flights = 0
    for goal in goals:
        trip = answer.fewest_flights(us_routes, "YAK", goal)
        assert trip is not None, f"None for YAK to {goal}, but there is a trip"
        flights += len(trip) - 1
    assert flights == 1307, f"the trips from YAK have {flights} flights altogether; 1307 are enough"
