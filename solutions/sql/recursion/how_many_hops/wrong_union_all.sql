-- UNION ALL without any rule for places already visited: every trip there and back is continued for ever, more of them in each round.
-- verdict: memory_limit
-- caught by: edge_there_and_back, sample, real
WITH RECURSIVE reached (airport, flights) AS (
    SELECT 'BOS', 0
    UNION ALL
    SELECT routes.dest, reached.flights + 1
    FROM reached
    JOIN routes ON routes.origin = reached.airport
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
