-- Counts the flights of each aircraft first, so that the join has one row per aircraft and counts them plainly.
WITH flown AS (
    SELECT tailnum, count(*) AS flights
    FROM flights
    GROUP BY tailnum
)
SELECT
    p.manufacturer,
    count(*) AS aircraft,
    coalesce(sum(flown.flights), 0) AS flights
FROM planes AS p
LEFT JOIN flown ON flown.tailnum = p.tailnum
GROUP BY p.manufacturer;
