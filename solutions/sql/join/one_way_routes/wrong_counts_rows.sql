-- Takes two rows for two directions: two airlines on the same one-way pair look like a way there and a way back.
-- caught by: edge_two_airlines_there
SELECT min(origin) AS origin, min(dest) AS dest
FROM routes
GROUP BY least(origin, dest), greatest(origin, dest)
HAVING count(*) = 1;
