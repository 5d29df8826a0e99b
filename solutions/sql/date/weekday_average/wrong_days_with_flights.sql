-- Averages over the dates that occur in the table, so days without a flight raise the average.
-- caught by: edge_empty_day, edge_empty_weekday
SELECT
    isodow(make_date(year, month, day)) AS weekday,
    count(*) / count(DISTINCT make_date(year, month, day)) AS flights_per_day
FROM flights
GROUP BY weekday
ORDER BY weekday;
