-- DISTINCT ON keeps the first row of each aircraft in the order of ORDER BY (PostgreSQL and DuckDB).
SELECT DISTINCT ON (tailnum) tailnum, time_hour, carrier, flight, origin, dest
FROM flights
WHERE tailnum IS NOT NULL
ORDER BY tailnum, time_hour DESC, flight DESC;
