-- Keeps a single run per airport, though two runs may be equally long.
-- caught by: edge_equally_long
WITH counted AS (
    SELECT
        origin, carrier, flight, dep_delay,
        make_date(year, month, day) AS flown_on,
        count(*) FILTER (WHERE dep_delay <= 15) OVER (
            PARTITION BY carrier, flight, origin
            ORDER BY year, month, day
            ROWS UNBOUNDED PRECEDING
        ) AS on_time_so_far
    FROM flights
),
runs AS (
    SELECT
        origin, carrier, flight,
        min(flown_on) AS first_day,
        max(flown_on) AS last_day,
        count(*) AS departures
    FROM counted
    WHERE dep_delay > 15
    GROUP BY origin, carrier, flight, on_time_so_far
)
SELECT origin, carrier, flight, first_day, last_day, departures
FROM runs
QUALIFY row_number() OVER (PARTITION BY origin ORDER BY departures DESC) = 1;
