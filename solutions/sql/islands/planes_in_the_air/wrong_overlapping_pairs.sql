-- Counts for each flight all flights that overlap it at some time; those need not overlap one another.
-- caught by: edge_one_long_many_short, sample
WITH flown AS (
    SELECT
        carrier, flight, origin, time_hour,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay) AS take_off,
        time_hour + to_minutes(sched_dep_time % 100 + dep_delay + air_time) AS landing
    FROM flights
    WHERE air_time IS NOT NULL
)
SELECT count(*) AS planes, f.take_off AS since
FROM flown AS f
JOIN flown AS other
    ON other.take_off < f.landing
    AND other.landing > f.take_off
GROUP BY f.carrier, f.flight, f.origin, f.time_hour, f.take_off
ORDER BY planes DESC, since
LIMIT 1;
