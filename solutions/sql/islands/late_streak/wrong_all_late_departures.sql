-- Counts all late departures of a flight in the year, whether or not it was on time between them.
-- caught by: edge_on_time_between, sample, real
SELECT
    origin, carrier, flight,
    min(make_date(year, month, day)) AS first_day,
    max(make_date(year, month, day)) AS last_day,
    count(*) AS departures
FROM flights
WHERE dep_delay > 15
GROUP BY origin, carrier, flight
QUALIFY rank() OVER (PARTITION BY origin ORDER BY count(*) DESC) = 1;
