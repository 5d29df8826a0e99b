-- Divides by count(dep_time), which is the number of departed flights and not of all flights.
-- caught by: edge_all_cancelled
SELECT
    origin,
    count(*) FILTER (WHERE dep_time IS NULL) AS cancelled,
    count(*) FILTER (WHERE dep_time IS NULL) / count(dep_time) AS share
FROM flights
GROUP BY origin;
