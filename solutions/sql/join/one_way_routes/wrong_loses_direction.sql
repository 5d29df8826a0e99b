-- Returns the two airports in alphabetical order, which is not always the direction that is flown.
-- caught by: edge_circle
SELECT least(origin, dest) AS origin, greatest(origin, dest) AS dest
FROM routes
GROUP BY ALL
HAVING count(DISTINCT origin) = 1;
