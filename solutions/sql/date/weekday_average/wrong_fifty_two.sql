-- Divides by 52 weeks: a year has 365 days, so one weekday occurs 53 times, and other periods have other numbers.
-- caught by: edge_uneven_weekdays
SELECT isodow(make_date(year, month, day)) AS weekday, count(*) / 52 AS flights_per_day
FROM flights
GROUP BY weekday
ORDER BY weekday;
