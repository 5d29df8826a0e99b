-- Stops after four flights because that is enough for today's table; longer trips are not found.
-- caught by: edge_long_chain
WITH RECURSIVE reached (airport, flights) AS (
    SELECT 'BOS', 0
    UNION
    SELECT routes.dest, reached.flights + 1
    FROM reached
    JOIN routes ON routes.origin = reached.airport
    WHERE reached.flights < 4
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
