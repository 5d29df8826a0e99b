-- Joins each minute of a take-off to the flights in the air at it; DuckDB's range join makes that fast enough here.
WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE air_time IS NOT NULL
),
moments AS (
    SELECT DISTINCT take_off AS moment
    FROM flown
)
SELECT count(*) AS planes, moment AS since
FROM moments
JOIN flown
    ON take_off <= moment
    AND landing > moment
GROUP BY moment
ORDER BY planes DESC, since
LIMIT 1;
