-- Adds up what happens in each minute first, so that the order within a minute no longer matters.
WITH events AS (
    SELECT time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS moment, 1 AS change
    FROM flights
    WHERE air_time IS NOT NULL
    UNION ALL
    SELECT time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time), -1
    FROM flights
    WHERE air_time IS NOT NULL
),
minutes AS (
    SELECT moment, sum(change) AS change
    FROM events
    GROUP BY moment
),
counted AS (
    SELECT moment, sum(change) OVER (ORDER BY moment) AS planes
    FROM minutes
)
SELECT planes, moment AS since
FROM counted
QUALIFY row_number() OVER (ORDER BY planes DESC, moment) = 1;
