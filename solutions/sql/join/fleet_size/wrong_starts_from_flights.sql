-- Starts from the flights and keeps those the register does not know: a row with NULL as manufacturer appears.
-- caught by: edge_unregistered
SELECT
    p.manufacturer,
    count(DISTINCT f.tailnum) AS aircraft,
    count(*) AS flights
FROM flights AS f
LEFT JOIN planes AS p ON p.tailnum = f.tailnum
GROUP BY p.manufacturer;
