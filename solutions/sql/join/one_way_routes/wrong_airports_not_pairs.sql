-- Asks whether any flight leaves the destination, not whether one goes back to this origin.
-- caught by: edge_circle
SELECT DISTINCT origin, dest
FROM routes
WHERE dest NOT IN (SELECT origin FROM routes);
