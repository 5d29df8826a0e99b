WITH RECURSIVE
pairs AS (
    SELECT DISTINCT origin, dest
    FROM routes
),
reached (airport, flights) AS (
    SELECT 'BOS', 0
    -- UNION, not UNION ALL: an airport is kept once per round, however many ways lead to it.
    UNION
    SELECT pairs.dest, reached.flights + 1
    FROM reached
    JOIN pairs ON pairs.origin = reached.airport
    -- A shortest trip visits no airport twice, so it has at most one flight per destination.
    WHERE reached.flights < (SELECT count(DISTINCT dest) FROM routes)
)
SELECT airport, min(flights) AS flights
FROM reached
GROUP BY airport;
