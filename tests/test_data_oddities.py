"""The oddities that katas are made of are in the shipped data, as often as its README says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.dataset import load_datasets, relation_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

DATA = Path(__file__).parents[1] / "katas" / "data"


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every shipped table as a view `<set>.<table>`."""
    import duckdb

    connection = duckdb.connect()
    for dataset in load_datasets(DATA).values():
        if dataset.family is None:
            connection.execute(f"CREATE SCHEMA {dataset.name}")
            for table in dataset.tables.values():
                real = relation_sql(table.path, table)
                connection.execute(f"CREATE VIEW {dataset.name}.{table.name} AS FROM {real}")
    yield connection
    connection.close()


#: what the README counts → the query, the counts
ODDITIES = {
    "never departed": (
        "SELECT count(*) FROM flights.flights WHERE dep_time IS NULL",
        (8_255,),
    ),
    "departed without an arrival delay": (
        "SELECT count(*) FROM flights.flights WHERE dep_time IS NOT NULL AND arr_delay IS NULL",
        (1_175,),
    ),
    "tail number missing": (
        "SELECT count(*), count(DISTINCT carrier) FROM flights.flights WHERE tailnum IS NULL",
        (2_512, 7),
    ),
    "tail number not in planes": (
        "SELECT count(*), count(DISTINCT tailnum) FROM flights.flights "
        "WHERE tailnum NOT IN (SELECT tailnum FROM flights.planes)",
        (50_094, 721),
    ),
    "destination not in airports": (
        "SELECT count(*), count(DISTINCT dest) FROM flights.flights "
        "WHERE dest NOT IN (SELECT faa FROM flights.airports)",
        (7_602, 4),
    ),
    "natural join with planes": (
        "SELECT count(*) FILTER (f.year = p.year), count(*) "
        "FROM flights.flights f JOIN flights.planes p USING (tailnum)",
        (4_630, 284_170),
    ),
    "flight number twice a day": (
        "SELECT count(*), max(n) FROM (SELECT count(*) AS n FROM flights.flights "
        "GROUP BY year, month, day, carrier, flight HAVING count(*) > 1)",
        (24, 2),
    ),
    "arrival before departure": (
        "SELECT count(*) FROM flights.flights WHERE arr_time < dep_time",
        (10_633,),
    ),
    "midnight as 2400": (
        "SELECT count(*) FILTER (dep_time = 2400), count(*) FILTER (arr_time = 2400) "
        "FROM flights.flights",
        (29, 150),
    ),
    "days in UTC and in local time": (
        "SELECT count(DISTINCT time_hour::DATE), count(DISTINCT make_date(year, month, day)) "
        "FROM flights.flights",
        (366, 365),
    ),
    "weather hours that occur twice": (
        "SELECT count(*), min(month), max(month), min(day), max(day), min(hour), max(hour) FROM "
        "(SELECT month, day, hour FROM flights.weather GROUP BY origin, month, day, hour "
        "HAVING count(*) > 1)",
        (3, 11, 11, 3, 3, 1, 1),
    ),
    "weather hours missing": (
        "SELECT 3 * 365 * 24 - count(*), count(*) FILTER (month = 12 AND day = 31) "
        "FROM flights.weather",
        (165, 0),
    ),
    "wind speed": (
        "SELECT count(*), floor(max(wind_speed)) FROM flights.weather WHERE wind_speed > 100",
        (1, 1_048),
    ),
    "spellings of makers": (
        "SELECT count(*) FILTER (manufacturer = 'AIRBUS'), "
        "count(*) FILTER (manufacturer = 'AIRBUS INDUSTRIE'), "
        "count(*) FILTER (manufacturer LIKE 'MCDONNELL DOUGLAS%'), "
        "count(DISTINCT manufacturer) FILTER (manufacturer LIKE 'MCDONNELL DOUGLAS%') "
        "FROM flights.planes",
        (336, 400, 237, 3),
    ),
    "weekdays": (
        "SELECT count(*) FILTER (isodow(day) = 2), count(*) FROM "
        "(SELECT DISTINCT make_date(year, month, day) AS day FROM flights.flights)",
        (53, 52 * 7 + 1),
    ),
    "smallest and largest carrier": (
        "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM flights.flights GROUP BY carrier)",
        (32, 58_665),
    ),
    "flights in January": (
        "SELECT count(*) FROM flights.flights WHERE month = 1",
        (27_004,),
    ),
    "films of unknown box office, unrated, without genre": (
        "SELECT count(*) FILTER (box_office IS NULL), count(*) FILTER (rated IS NULL), "
        "count(*) FILTER (genres = ''), count(*) FILTER (genres IS NULL) FROM films.films",
        (14_712, 14_904, 443, 0),
    ),
    "films of the same title and year": (
        "SELECT count(*) FROM (FROM films.films SELECT title, year GROUP BY ALL "
        "HAVING count(*) = 2)",
        (5,),
    ),
    "titles repeated": (
        "SELECT count(*) FROM (FROM films.films SELECT title GROUP BY ALL HAVING count(*) > 1)",
        (563,),
    ),
    "Music and Musical": (
        "SELECT count(*) FILTER (genre = 'Music'), count(*) FILTER (genre = 'Musical') "
        "FROM (SELECT unnest(split(genres, ', ')) AS genre FROM films.films)",
        (40, 819),
    ),
    "genres, trimmed and not, without the empty text": (
        "SELECT count(DISTINCT trim(genre)), count(DISTINCT genre) FROM "
        "(SELECT unnest(split(genres, ',')) AS genre FROM films.films) WHERE genre <> ''",
        (21, 41),
    ),
    "several directors": (
        "SELECT count(*) FROM films.films WHERE contains(directors, ', ')",
        (1_127,),
    ),
    "marks in titles": (
        "SELECT count(*) FILTER (contains(title, '%')), count(*) FILTER (contains(title, '_')), "
        "count(*) FILTER (contains(title, '''')) FROM films.films",
        (3, 2, 810),
    ),
    "films released on 1 January; box office with cents; imdb_id twice": (
        "SELECT count(*) FILTER (strftime(released, '%m-%d') = '01-01'), "
        "count(*) FILTER (box_office <> floor(box_office)), count(*) - count(DISTINCT imdb_id) "
        "FROM films.films",
        (11_468, 6, 2),
    ),
    "falls of more than 30 % in a day, raw and adjusted": (
        "SELECT count(*) FILTER (close < 0.7 * before), "
        "count(*) FILTER (adj_close < 0.7 * adj_before) FROM (SELECT *, "
        "lag(close) OVER w AS before, lag(adj_close) OVER w AS adj_before "
        "FROM markets.prices WINDOW w AS (PARTITION BY symbol ORDER BY date))",
        (4, 1),
    ),
    "pauses of the exchange": (
        "SELECT count(*), count(*) FILTER (before = '2001-09-10'), "
        "count(*) FILTER (before = '2006-12-29'), count(*) FILTER (before = '2012-10-26') FROM "
        "(SELECT date, lag(date) OVER (PARTITION BY symbol ORDER BY date) AS before "
        "FROM markets.prices) WHERE date - before > 4",
        (12, 3, 4, 5),
    ),
    "shares that start later": (
        "SELECT count(*) FILTER (first > '2000-03-01'), count(*) FROM "
        "(SELECT min(date) AS first FROM markets.prices GROUP BY symbol)",
        (2, 5),
    ),
    "one-way pairs": (
        "SELECT count(*) FROM (SELECT origin, dest FROM routes.routes EXCEPT "
        "SELECT dest, origin FROM routes.routes)",
        (12,),
    ),
    "routes without a way back with the same airline": (
        "SELECT count(*) FROM routes.routes r ANTI JOIN routes.routes s "
        "ON s.airline = r.airline AND s.origin = r.dest AND s.dest = r.origin",
        (21,),
    ),
    "pairs and airlines": (
        "SELECT count(DISTINCT (origin, dest)), count(DISTINCT airline) FROM routes.routes",
        (6_022, 12),
    ),
    "airports without a route": (
        "SELECT count(*) FROM routes.airports WHERE iata NOT IN "
        "(SELECT origin FROM routes.routes UNION SELECT dest FROM routes.routes)",
        (162,),
    ),
    "airports within four flights of Boston": (
        "WITH RECURSIVE reached AS (SELECT 'BOS' AS iata, 0 AS flights UNION "
        "SELECT dest, flights + 1 FROM reached JOIN routes.routes ON origin = iata "
        "WHERE flights < 4) SELECT count(DISTINCT iata) FROM reached",
        (352,),
    ),
    "codes and ids of routes are those of airports": (
        "SELECT count(*), count(DISTINCT o.iata) > 0 FROM routes.routes r "
        "JOIN routes.airports o ON (o.iata, o.airport_id) = (r.origin, r.origin_id) "
        "JOIN routes.airports d ON (d.iata, d.airport_id) = (r.dest, r.dest_id)",
        (9_161, True),
    ),
    "airports without an ICAO code": (
        "SELECT count(*) - count(icao), count(*) - count(DISTINCT iata) FROM routes.airports",
        (1, 0),
    ),
}


@pytest.mark.parametrize("what", ODDITIES)
def test_oddity(what: str, db) -> None:
    """The traps of the katas are in the data as often as the README says."""
    sql, expected = ODDITIES[what]
    assert db.execute(sql).fetchall() == [expected]
