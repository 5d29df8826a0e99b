WITH pairs AS (
    SELECT DISTINCT origin, dest
    FROM routes
)
SELECT there.origin, there.dest
FROM pairs AS there
WHERE NOT EXISTS (
    SELECT 1
    FROM pairs AS back
    WHERE back.origin = there.dest
      AND back.dest = there.origin
);
