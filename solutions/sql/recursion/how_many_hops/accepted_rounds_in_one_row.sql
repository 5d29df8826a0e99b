-- One row per round, with the list of new airports and the list of all seen so far; ends when a round finds nothing new.
WITH RECURSIVE rounds (flights, fresh, seen) AS (
    SELECT 0, ['BOS'], ['BOS']
    UNION ALL
    SELECT flights + 1, found, list_concat(seen, found)
    FROM (
        SELECT rounds.flights, any_value(rounds.seen) AS seen, list(DISTINCT routes.dest) AS found
        FROM rounds
        JOIN routes
            ON list_contains(rounds.fresh, routes.origin)
            AND NOT list_contains(rounds.seen, routes.dest)
        GROUP BY rounds.flights
    )
)
SELECT unnest(fresh) AS airport, flights
FROM rounds;
