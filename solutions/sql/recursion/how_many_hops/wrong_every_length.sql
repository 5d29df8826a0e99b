-- Forgets the minimum: an airport appears once for every number of flights with which it can be reached.
-- caught by: edge_two_ways, sample, real
WITH RECURSIVE reached (airport, flights) AS (
    SELECT 'BOS', 0
    UNION
    SELECT routes.dest, reached.flights + 1
    FROM reached
    JOIN routes ON routes.origin = reached.airport
    WHERE reached.flights < (SELECT count(DISTINCT dest) FROM routes)
)
SELECT airport, flights
FROM reached;
