-- One pass without a sort: arg_max keeps the row that has the largest (time_hour, flight) of each aircraft.
WITH latest AS (
    SELECT tailnum, arg_max(f, (time_hour, flight)) AS f
    FROM flights AS f
    WHERE tailnum IS NOT NULL
    GROUP BY tailnum
)
SELECT f.tailnum, f.time_hour, f.carrier, f.flight, f.origin, f.dest
FROM latest;
