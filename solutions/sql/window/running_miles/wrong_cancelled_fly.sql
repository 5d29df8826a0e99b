-- Drops the cancelled flights after the windows were computed, so their miles are in both totals.
-- caught by: edge_cancelled, real
WITH running AS (
    SELECT
        carrier, time_hour, flight, origin, dep_time, distance,
        sum(distance) OVER (
            PARTITION BY carrier
            ORDER BY time_hour, flight, origin
            ROWS UNBOUNDED PRECEDING
        ) AS miles,
        sum(distance) OVER (PARTITION BY carrier) AS total
    FROM flights
)
SELECT carrier, time_hour, flight, origin, miles
FROM running
WHERE dep_time IS NOT NULL
  AND 2 * miles >= total
QUALIFY row_number() OVER (PARTITION BY carrier ORDER BY time_hour, flight, origin) = 1;
