-- Compares the miles up to a flight with those after it, and keeps the first flight at which nothing more is left to fly than is flown.
WITH both_sides AS (
    SELECT
        carrier, time_hour, flight, origin,
        sum(distance) OVER so_far AS miles,
        coalesce(sum(distance) OVER still_to_come, 0) AS miles_left
    FROM flights
    WHERE dep_time IS NOT NULL
    WINDOW
        so_far AS (PARTITION BY carrier ORDER BY time_hour, flight, origin
                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        still_to_come AS (PARTITION BY carrier ORDER BY time_hour, flight, origin
                          ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
)
SELECT carrier, time_hour, flight, origin, miles
FROM both_sides
WHERE miles >= miles_left
QUALIFY row_number() OVER (PARTITION BY carrier ORDER BY time_hour, flight, origin) = 1;
