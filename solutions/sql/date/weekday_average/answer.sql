WITH per_day AS (
    SELECT make_date(year, month, day) AS date, count(*) AS flights
    FROM flights
    GROUP BY make_date(year, month, day)
),
calendar AS (
    SELECT unnest(generate_series(min(date), max(date), INTERVAL 1 DAY))::DATE AS date
    FROM per_day
)
SELECT
    isodow(calendar.date) AS weekday,
    avg(coalesce(per_day.flights, 0)) AS flights_per_day
FROM calendar
LEFT JOIN per_day ON per_day.date = calendar.date
GROUP BY weekday
ORDER BY weekday;
