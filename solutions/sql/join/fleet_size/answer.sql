SELECT
    p.manufacturer,
    count(DISTINCT p.tailnum) AS aircraft,
    count(f.tailnum) AS flights
FROM planes AS p
LEFT JOIN flights AS f ON f.tailnum = p.tailnum
GROUP BY p.manufacturer;
