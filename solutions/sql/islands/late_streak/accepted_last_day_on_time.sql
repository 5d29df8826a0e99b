-- Names a run by the last day on which the flight left on time before it, looked up by an as-of join.
WITH departed AS (
    SELECT origin, carrier, flight, make_date(year, month, day) AS flown_on, dep_delay
    FROM flights
    WHERE dep_delay IS NOT NULL
),
on_time AS (
    SELECT origin, carrier, flight, flown_on AS on_time_on
    FROM departed
    WHERE dep_delay <= 15
),
runs AS (
    SELECT
        l.origin, l.carrier, l.flight,
        min(l.flown_on) AS first_day,
        max(l.flown_on) AS last_day,
        count(*) AS departures
    FROM departed AS l
    ASOF LEFT JOIN on_time AS o
        ON o.origin = l.origin
        AND o.carrier = l.carrier
        AND o.flight = l.flight
        AND o.on_time_on < l.flown_on
    WHERE l.dep_delay > 15
    GROUP BY l.origin, l.carrier, l.flight, o.on_time_on
)
SELECT origin, carrier, flight, first_day, last_day, departures
FROM runs
QUALIFY departures = max(departures) OVER (PARTITION BY origin);
