WITH running AS (
    SELECT
        carrier, time_hour, flight, origin, distance,
        sum(distance) OVER (
            PARTITION BY carrier
            ORDER BY time_hour, flight, origin
            ROWS UNBOUNDED PRECEDING
        ) AS miles,
        sum(distance) OVER (PARTITION BY carrier) AS total
    FROM flights
    WHERE dep_time IS NOT NULL
)
SELECT carrier, time_hour, flight, origin, miles
FROM running
-- Distances are positive, so exactly one flight per airline steps over the half.
WHERE 2 * miles >= total
  AND 2 * (miles - distance) < total;
