-- Forgets that a row is an airline's route: a pair served by two airlines appears twice.
-- caught by: edge_two_airlines_there
SELECT there.origin, there.dest
FROM routes AS there
WHERE NOT EXISTS (
    SELECT 1
    FROM routes AS back
    WHERE back.origin = there.dest
      AND back.dest = there.origin
);
