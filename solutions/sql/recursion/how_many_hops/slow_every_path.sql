-- Never visits an airport twice on the same path: that ends and is right, but the number of paths explodes.
-- verdict: memory_limit
-- caught by: real
WITH RECURSIVE
pairs AS (
    SELECT DISTINCT origin, dest
    FROM routes
),
reached (airport, flights, path) AS (
    SELECT 'BOS', 0, ['BOS']
    UNION ALL
    SELECT pairs.dest, reached.flights + 1, list_append(reached.path, pairs.dest)
    FROM reached
    JOIN pairs ON pairs.origin = reached.airport
    WHERE NOT list_contains(reached.path, pairs.dest)
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
