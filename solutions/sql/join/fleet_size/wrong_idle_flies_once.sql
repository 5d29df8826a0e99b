-- Counts count(*) as flights after a left join: an aircraft without a flight also has one row.
-- caught by: edge_idle_aircraft
SELECT
    p.manufacturer,
    count(DISTINCT p.tailnum) AS aircraft,
    count(*) AS flights
FROM planes AS p
LEFT JOIN flights AS f ON f.tailnum = p.tailnum
GROUP BY p.manufacturer;
