-- Takes a missing arrival for a cancellation; some flights departed and have no recorded arrival.
-- caught by: edge_diverted
SELECT
    origin,
    count(*) - count(arr_time) AS cancelled,
    (count(*) - count(arr_time)) / count(*) AS share
FROM flights
GROUP BY origin;
