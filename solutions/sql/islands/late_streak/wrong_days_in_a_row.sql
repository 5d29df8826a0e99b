-- Subtracts the row number from the date, which finds calendar days in a row: every day without a flight ends a run.
-- caught by: edge_not_every_day, real
WITH late AS (
    SELECT
        origin, carrier, flight,
        make_date(year, month, day) AS flown_on,
        make_date(year, month, day) - CAST(row_number() OVER (
            PARTITION BY carrier, flight, origin ORDER BY year, month, day
        ) AS INTEGER) AS run
    FROM flights
    WHERE dep_delay > 15
),
runs AS (
    SELECT
        origin, carrier, flight,
        min(flown_on) AS first_day,
        max(flown_on) AS last_day,
        count(*) AS departures
    FROM late
    GROUP BY origin, carrier, flight, run
)
SELECT origin, carrier, flight, first_day, last_day, departures
FROM runs
QUALIFY rank() OVER (PARTITION BY origin ORDER BY departures DESC) = 1;
