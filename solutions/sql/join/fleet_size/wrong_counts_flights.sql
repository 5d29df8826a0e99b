-- Counts rows after the join, where one row is a flight: the fleet is as large as its traffic.
-- caught by: edge_busy_aircraft
SELECT
    p.manufacturer,
    count(p.tailnum) AS aircraft,
    count(f.tailnum) AS flights
FROM planes AS p
LEFT JOIN flights AS f ON f.tailnum = p.tailnum
GROUP BY p.manufacturer;
