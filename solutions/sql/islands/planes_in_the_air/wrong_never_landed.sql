-- Keeps departed flights without an air time: they take off, their landing is NULL, and they stay in the air for ever.
-- caught by: edge_no_landing, real
WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE dep_delay IS NOT NULL
),
events AS (
    SELECT take_off AS moment, 1 AS change FROM flown
    UNION ALL
    SELECT landing AS moment, -1 AS change FROM flown
),
counted AS (
    SELECT
        moment,
        sum(change) OVER (ORDER BY moment, change ROWS UNBOUNDED PRECEDING) AS planes
    FROM events
)
SELECT planes, moment AS since
FROM counted
ORDER BY planes DESC, moment
LIMIT 1;
