-- Joins the airports to those with a cancellation, so an airport without one is missing.
-- caught by: edge_no_cancellation
WITH cancelled AS (
    SELECT origin, count(*) AS flights
    FROM flights
    WHERE dep_time IS NULL
    GROUP BY origin
),
planned AS (
    SELECT origin, count(*) AS flights
    FROM flights
    GROUP BY origin
)
SELECT planned.origin, cancelled.flights AS cancelled, cancelled.flights / planned.flights AS share
FROM planned
JOIN cancelled ON cancelled.origin = planned.origin;
