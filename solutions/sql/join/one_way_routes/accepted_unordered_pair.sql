-- Groups both directions under one name and keeps the groups with a single origin.
SELECT min(origin) AS origin, min(dest) AS dest
FROM routes
GROUP BY least(origin, dest), greatest(origin, dest)
HAVING count(DISTINCT origin) = 1;
