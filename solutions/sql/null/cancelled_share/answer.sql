SELECT
    origin,
    count(*) FILTER (WHERE dep_time IS NULL) AS cancelled,
    count(*) FILTER (WHERE dep_time IS NULL) / count(*) AS share
FROM flights
GROUP BY origin;
