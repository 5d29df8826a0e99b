-- Takes the flight number for the flight, so the departures of two airlines with the same number make one sequence.
-- caught by: edge_same_number
WITH numbered AS (
    SELECT
        origin, carrier, flight,
        make_date(year, month, day) AS flown_on,
        dep_delay > 15 AS late,
        row_number() OVER (PARTITION BY flight, origin ORDER BY year, month, day, carrier)
        - row_number() OVER (
            PARTITION BY flight, origin, dep_delay > 15 ORDER BY year, month, day, carrier
        ) AS run
    FROM flights
    WHERE dep_delay IS NOT NULL
),
runs AS (
    SELECT
        origin,
        min(carrier) AS carrier,
        flight,
        min(flown_on) AS first_day,
        max(flown_on) AS last_day,
        count(*) AS departures
    FROM numbered
    WHERE late
    GROUP BY origin, flight, run
)
SELECT origin, carrier, flight, first_day, last_day, departures
FROM runs
QUALIFY rank() OVER (PARTITION BY origin ORDER BY departures DESC) = 1;
