-- Takes a missing arrival delay for a cancellation, so flights that departed and landed elsewhere count too.
-- caught by: edge_diverted
SELECT
    origin,
    count(*) FILTER (WHERE arr_delay IS NULL) AS cancelled,
    count(*) FILTER (WHERE arr_delay IS NULL) / count(*) AS share
FROM flights
GROUP BY origin;
