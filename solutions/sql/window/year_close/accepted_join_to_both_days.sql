-- Finds the first and the last day of each share and year, then joins the prices of both days.
WITH years AS (
    SELECT symbol, min(date) AS first_day, max(date) AS last_day
    FROM prices
    GROUP BY symbol, date_trunc('year', date)
)
SELECT
    y.symbol,
    date_part('year', y.first_day) AS year,
    f.close AS first_close,
    l.close AS last_close
FROM years AS y
JOIN prices AS f ON f.symbol = y.symbol AND f.date = y.first_day
JOIN prices AS l ON l.symbol = y.symbol AND l.date = y.last_day;
