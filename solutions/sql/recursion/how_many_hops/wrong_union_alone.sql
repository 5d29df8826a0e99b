-- Trusts UNION to remove what was seen, but the same airport with one flight more is a different row: no end either.
-- verdict: time_limit
-- caught by: edge_there_and_back, sample, real
WITH RECURSIVE reached (airport, flights) AS (
    SELECT 'BOS', 0
    UNION
    SELECT routes.dest, reached.flights + 1
    FROM reached
    JOIN routes ON routes.origin = reached.airport
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
