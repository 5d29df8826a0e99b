-- Takes the mirror image of all routes away from the routes; EXCEPT also removes repeated pairs.
SELECT origin, dest FROM routes
EXCEPT
SELECT dest, origin FROM routes;
