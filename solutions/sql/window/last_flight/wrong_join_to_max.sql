-- Joins to the latest time only, so an aircraft with two flights in its last hour gets two rows.
-- caught by: edge_two_in_the_last_hour, real
WITH last_hour AS (
    SELECT tailnum, max(time_hour) AS time_hour
    FROM flights
    GROUP BY tailnum
)
SELECT tailnum, time_hour, carrier, flight, origin, dest
FROM flights
JOIN last_hour USING (tailnum, time_hour);
