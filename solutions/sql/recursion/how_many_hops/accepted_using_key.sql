-- DuckDB's USING KEY keeps one row per airport and lets each round see all of them: only unvisited airports go on.
WITH RECURSIVE reached (airport, flights) USING KEY (airport) AS (
    SELECT 'BOS', 0
    UNION
    SELECT DISTINCT routes.dest, reached.flights + 1
    FROM reached
    JOIN routes ON routes.origin = reached.airport
    WHERE routes.dest NOT IN (SELECT airport FROM recurring.reached)
)
SELECT airport, flights
FROM reached;
