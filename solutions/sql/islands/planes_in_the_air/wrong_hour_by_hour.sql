-- Looks at full hours only and misses what happens between them.
-- caught by: edge_between_two_hours, real
WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE air_time IS NOT NULL
),
hours AS (
    SELECT DISTINCT date_trunc('hour', take_off) AS moment FROM flown
)
SELECT count(*) AS planes, moment AS since
FROM hours
JOIN flown
    ON take_off <= moment
    AND landing > moment
GROUP BY moment
ORDER BY planes DESC, since
LIMIT 1;
