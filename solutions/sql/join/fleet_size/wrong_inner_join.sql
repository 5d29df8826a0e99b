-- Uses an inner join, so aircraft without a flight are missing from the fleet.
-- caught by: edge_idle_aircraft
SELECT
    p.manufacturer,
    count(DISTINCT p.tailnum) AS aircraft,
    count(*) AS flights
FROM planes AS p
JOIN flights AS f ON f.tailnum = p.tailnum
GROUP BY p.manufacturer;
