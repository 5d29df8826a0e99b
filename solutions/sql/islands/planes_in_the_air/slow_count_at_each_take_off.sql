-- Counts the flights in the air anew at every take-off by a correlated subquery: right, but every count reads all flights.
-- caught by: real
WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE air_time IS NOT NULL
)
SELECT
    (
        SELECT count(*)
        FROM flown AS other
        WHERE other.take_off <= f.take_off
          AND other.landing > f.take_off
    ) AS planes,
    f.take_off AS since
FROM flown AS f
ORDER BY planes DESC, since
LIMIT 1;
