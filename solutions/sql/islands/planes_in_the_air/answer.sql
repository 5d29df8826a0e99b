WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE air_time IS NOT NULL
),
events AS (
    SELECT take_off AS moment, 1 AS change FROM flown
    UNION ALL
    SELECT landing AS moment, -1 AS change FROM flown
),
counted AS (
    SELECT
        moment,
        -- Within a minute the landings (-1) come first.
        sum(change) OVER (ORDER BY moment, change ROWS UNBOUNDED PRECEDING) AS planes
    FROM events
)
SELECT planes, moment AS since
FROM counted
ORDER BY planes DESC, moment
LIMIT 1;
