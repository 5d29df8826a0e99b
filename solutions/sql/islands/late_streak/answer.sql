WITH departed AS (
    SELECT
        carrier, flight, origin,
        make_date(year, month, day) AS flown_on,
        dep_delay > 15 AS late
    FROM flights
    WHERE dep_delay IS NOT NULL
),
numbered AS (
    SELECT
        *,
        -- Both numbers grow by one inside a run, so their difference names the run.
        row_number() OVER (PARTITION BY carrier, flight, origin ORDER BY flown_on)
        - row_number() OVER (PARTITION BY carrier, flight, origin, late ORDER BY flown_on) AS run
    FROM departed
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
