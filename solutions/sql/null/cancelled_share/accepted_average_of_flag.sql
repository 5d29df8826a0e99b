-- Turns "never departed" into 1 or 0: the sum is the number, the average is the share.
SELECT
    origin,
    sum(CASE WHEN dep_time IS NULL THEN 1 ELSE 0 END) AS cancelled,
    avg(CASE WHEN dep_time IS NULL THEN 1 ELSE 0 END) AS share
FROM flights
GROUP BY origin;
