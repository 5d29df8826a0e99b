-- Leaves the cancelled flights in the sequence, where each of them ends a run.
-- caught by: edge_cancelled_between, real
WITH numbered AS (
    SELECT
        origin, carrier, flight,
        make_date(year, month, day) AS flown_on,
        dep_delay > 15 AS late,
        row_number() OVER (PARTITION BY carrier, flight, origin ORDER BY year, month, day)
        - row_number() OVER (
            PARTITION BY carrier, flight, origin, dep_delay > 15 ORDER BY year, month, day
        ) AS run
    FROM flights
),
runs AS (
    SELECT
        origin, carrier, flight,
        min(flown_on) AS first_day,
        max(flown_on) AS last_day,
        count(*) AS departures
    FROM numbered
    WHERE late
    GROUP BY origin, carrier, flight, run
)
SELECT origin, carrier, flight, first_day, last_day, departures
FROM runs
QUALIFY rank() OVER (PARTITION BY origin ORDER BY departures DESC) = 1;
