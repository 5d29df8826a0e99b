-- Uses every route in both directions, so airports count as reachable from which one can only leave.
-- caught by: edge_one_way
WITH RECURSIVE
pairs AS (
    SELECT origin, dest FROM routes
    UNION
    SELECT dest, origin FROM routes
),
reached (airport, flights) AS (
    SELECT 'BOS', 0
    UNION
    SELECT pairs.dest, reached.flights + 1
    FROM reached
    JOIN pairs ON pairs.origin = reached.airport
    WHERE reached.flights < (SELECT count(DISTINCT dest) FROM routes)
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
