WITH numbered AS (
    SELECT
        tailnum, time_hour, carrier, flight, origin, dest,
        row_number() OVER (
            PARTITION BY tailnum
            ORDER BY time_hour DESC, flight DESC
        ) AS place
    FROM flights
    WHERE tailnum IS NOT NULL
)
SELECT tailnum, time_hour, carrier, flight, origin, dest
FROM numbered
WHERE place = 1;
