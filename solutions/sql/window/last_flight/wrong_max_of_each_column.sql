-- Takes the maximum of every column by itself, which mixes values of different flights into one row.
-- caught by: edge_values_of_other_flights, sample, real
SELECT
    tailnum,
    max(time_hour) AS time_hour,
    max(carrier) AS carrier,
    max(flight) AS flight,
    max(origin) AS origin,
    max(dest) AS dest
FROM flights
WHERE tailnum IS NOT NULL
GROUP BY tailnum;
