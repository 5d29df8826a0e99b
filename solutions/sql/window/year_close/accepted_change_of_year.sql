-- A day is the first of its year if the day before it is in another year, and the last if the day after it is.
WITH neighbours AS (
    SELECT
        symbol, year(date) AS year, close,
        lag(year(date)) OVER (PARTITION BY symbol ORDER BY date) AS year_before,
        lead(year(date)) OVER (PARTITION BY symbol ORDER BY date) AS year_after
    FROM prices
)
SELECT
    symbol, year,
    max(close) FILTER (WHERE year_before IS DISTINCT FROM year) AS first_close,
    max(close) FILTER (WHERE year_after IS DISTINCT FROM year) AS last_close
FROM neighbours
GROUP BY symbol, year;
