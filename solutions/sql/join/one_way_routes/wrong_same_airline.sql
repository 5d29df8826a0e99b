-- Looks for the way back at the same airline only, so a return flight with another airline is overlooked.
-- caught by: edge_back_with_another
SELECT DISTINCT there.origin, there.dest
FROM routes AS there
WHERE NOT EXISTS (
    SELECT 1
    FROM routes AS back
    WHERE back.airline = there.airline
      AND back.origin = there.dest
      AND back.dest = there.origin
);
