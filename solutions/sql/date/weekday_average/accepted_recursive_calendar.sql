-- Walks from the first day to the last with a recursive CTE, for engines without generate_series.
WITH RECURSIVE bounds AS (
    SELECT min(make_date(year, month, day)) AS first, max(make_date(year, month, day)) AS last
    FROM flights
),
calendar AS (
    SELECT first AS date FROM bounds WHERE first IS NOT NULL
    UNION ALL
    SELECT calendar.date + 1 FROM calendar, bounds WHERE calendar.date < bounds.last
)
SELECT
    isodow(calendar.date) AS weekday,
    count(flights.flight) / count(DISTINCT calendar.date) AS flights_per_day
FROM calendar
LEFT JOIN flights ON make_date(flights.year, flights.month, flights.day) = calendar.date
GROUP BY weekday
ORDER BY weekday;
