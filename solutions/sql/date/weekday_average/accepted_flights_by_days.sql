-- Divides the flights of each weekday by the number of such days in the calendar, counted apart.
WITH dated AS (
    SELECT make_date(year, month, day) AS date
    FROM flights
),
bounds AS (
    SELECT min(date) AS first, max(date) AS last
    FROM dated
),
calendar AS (
    SELECT isodow(first + days.number::INTEGER) AS weekday, count(*) AS days
    FROM bounds, unnest(range(last - first + 1)) AS days(number)
    GROUP BY weekday
),
traffic AS (
    SELECT isodow(date) AS weekday, count(*) AS flights
    FROM dated
    GROUP BY weekday
)
SELECT calendar.weekday, coalesce(traffic.flights, 0) / calendar.days AS flights_per_day
FROM calendar
LEFT JOIN traffic ON traffic.weekday = calendar.weekday
ORDER BY calendar.weekday;
