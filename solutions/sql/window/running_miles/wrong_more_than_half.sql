-- Waits for more than half, so an airline that stands at exactly half gets the flight after it.
-- caught by: edge_exactly_half
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
WHERE 2 * miles > total
  AND 2 * (miles - distance) <= total;
