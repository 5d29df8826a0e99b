-- Orders by the time alone: one row each, but which of two flights in the same hour is left to chance.
-- caught by: edge_two_in_the_last_hour
SELECT tailnum, time_hour, carrier, flight, origin, dest
FROM flights
WHERE tailnum IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY tailnum ORDER BY time_hour DESC) = 1;
