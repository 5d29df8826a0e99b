-- Counts rows with count(*) after the left join, where a day without a flight still has one row.
-- caught by: edge_empty_day
WITH dated AS (
    SELECT make_date(year, month, day) AS date
    FROM flights
),
calendar AS (
    SELECT unnest(generate_series(min(date), max(date), INTERVAL 1 DAY))::DATE AS date
    FROM dated
)
SELECT
    isodow(calendar.date) AS weekday,
    count(*) / count(DISTINCT calendar.date) AS flights_per_day
FROM calendar
LEFT JOIN dated ON dated.date = calendar.date
GROUP BY weekday
ORDER BY weekday;
