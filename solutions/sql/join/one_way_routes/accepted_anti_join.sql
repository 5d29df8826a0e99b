-- Left join to the way back, keeping the routes that find none; DISTINCT because several airlines may fly there.
SELECT DISTINCT there.origin, there.dest
FROM routes AS there
LEFT JOIN routes AS back
    ON back.origin = there.dest
    AND back.dest = there.origin
WHERE back.airline IS NULL;
