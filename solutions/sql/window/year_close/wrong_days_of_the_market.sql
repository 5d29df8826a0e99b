-- Takes the first and last day of the year of the whole table: a share that starts or ends within the year has no price there.
-- caught by: edge_starts_and_ends_within, sample, real
WITH years AS (
    SELECT year(date) AS year, min(date) AS first_day, max(date) AS last_day
    FROM prices
    GROUP BY year(date)
)
SELECT f.symbol, y.year, f.close AS first_close, l.close AS last_close
FROM years AS y
JOIN prices AS f ON f.date = y.first_day
JOIN prices AS l ON l.date = y.last_day AND l.symbol = f.symbol;
