-- Two steps without a window: the last hour of each aircraft, then the highest flight number in that hour.
WITH last_hour AS (
    SELECT tailnum, max(time_hour) AS time_hour
    FROM flights
    GROUP BY tailnum
),
last_key AS (
    SELECT tailnum, time_hour, max(flight) AS flight
    FROM flights
    JOIN last_hour USING (tailnum, time_hour)
    GROUP BY tailnum, time_hour
)
SELECT tailnum, time_hour, carrier, flight, origin, dest
FROM flights
JOIN last_key USING (tailnum, time_hour, flight);
