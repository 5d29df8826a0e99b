-- Returns the last flight with at most half of the miles: one flight too early, and none if the first flight passes the half.
-- caught by: edge_one_flight, sample, real
WITH running AS (
    SELECT
        carrier, time_hour, flight, origin,
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
WHERE 2 * miles <= total
QUALIFY row_number() OVER (PARTITION BY carrier ORDER BY miles DESC) = 1;
