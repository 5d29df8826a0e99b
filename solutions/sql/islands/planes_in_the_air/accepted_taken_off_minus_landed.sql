-- In the air is who has taken off and not landed: two running counts, the second looked up by an as-of join.
WITH flown AS (
    SELECT
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        to_minutes(air_time) AS in_the_air
    FROM flights
    WHERE air_time IS NOT NULL
),
taken_off AS (
    SELECT take_off AS moment, sum(count(*)) OVER (ORDER BY take_off) AS flights
    FROM flown
    GROUP BY take_off
),
landed AS (
    SELECT take_off + in_the_air AS moment, sum(count(*)) OVER (ORDER BY take_off + in_the_air) AS flights
    FROM flown
    GROUP BY take_off + in_the_air
)
SELECT t.flights - coalesce(l.flights, 0) AS planes, t.moment AS since
FROM taken_off AS t
ASOF LEFT JOIN landed AS l ON l.moment <= t.moment
ORDER BY planes DESC, since
LIMIT 1;
