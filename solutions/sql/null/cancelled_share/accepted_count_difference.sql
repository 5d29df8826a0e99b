-- count(dep_time) skips NULL, so all flights minus the departed ones are the cancelled ones.
SELECT
    origin,
    count(*) - count(dep_time) AS cancelled,
    1 - count(dep_time) / count(*) AS share
FROM flights
GROUP BY origin;
