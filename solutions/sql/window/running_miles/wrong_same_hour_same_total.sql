-- Orders the running total by the hour alone: the default RANGE frame then gives all flights of an hour the total of the whole hour.
-- caught by: edge_three_in_one_hour, real
WITH running AS (
    SELECT
        carrier, time_hour, flight, origin,
        sum(distance) OVER (PARTITION BY carrier ORDER BY time_hour) AS miles,
        sum(distance) OVER (PARTITION BY carrier) AS total
    FROM flights
    WHERE dep_time IS NOT NULL
)
SELECT carrier, time_hour, flight, origin, miles
FROM running
WHERE 2 * miles >= total
QUALIFY row_number() OVER (PARTITION BY carrier ORDER BY time_hour, flight, origin) = 1;
