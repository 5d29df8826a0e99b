-- Joins every flight to all earlier flights of its airline and adds them up: right, but 58,000 flights make 1.7 billion pairs.
-- caught by: real
WITH flown AS (
    SELECT carrier, time_hour, flight, origin, distance
    FROM flights
    WHERE dep_time IS NOT NULL
),
running AS (
    SELECT
        f.carrier, f.time_hour, f.flight, f.origin, f.distance,
        sum(earlier.distance) AS miles
    FROM flown AS f
    JOIN flown AS earlier
        ON earlier.carrier = f.carrier
        AND (earlier.time_hour, earlier.flight, earlier.origin)
            <= (f.time_hour, f.flight, f.origin)
    GROUP BY f.carrier, f.time_hour, f.flight, f.origin, f.distance
),
totals AS (
    SELECT carrier, sum(distance) AS total
    FROM flown
    GROUP BY carrier
)
SELECT carrier, time_hour, flight, origin, miles
FROM running
JOIN totals USING (carrier)
WHERE 2 * miles >= total
  AND 2 * (miles - distance) < total;
