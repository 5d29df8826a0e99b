-- Finds the deciding hour on hourly sums, then runs through the flights of that hour only.
WITH hours AS (
    SELECT carrier, time_hour, sum(distance) AS miles
    FROM flights
    WHERE dep_time IS NOT NULL
    GROUP BY carrier, time_hour
),
running AS (
    SELECT
        carrier, time_hour, miles,
        sum(miles) OVER (PARTITION BY carrier ORDER BY time_hour) AS up_to,
        sum(miles) OVER (PARTITION BY carrier) AS total
    FROM hours
),
deciding AS (
    SELECT carrier, time_hour, up_to - miles AS before, total
    FROM running
    WHERE 2 * up_to >= total AND 2 * (up_to - miles) < total
),
within AS (
    SELECT
        carrier, time_hour, flight, origin, distance, total,
        before + sum(distance) OVER (
            PARTITION BY carrier ORDER BY flight, origin ROWS UNBOUNDED PRECEDING
        ) AS miles
    FROM flights
    JOIN deciding USING (carrier, time_hour)
    WHERE dep_time IS NOT NULL
)
SELECT carrier, time_hour, flight, origin, miles
FROM within
WHERE 2 * miles >= total AND 2 * (miles - distance) < total;
