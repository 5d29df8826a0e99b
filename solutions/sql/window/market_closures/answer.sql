WITH neighbours AS (
    SELECT
        symbol,
        lag(date) OVER (PARTITION BY symbol ORDER BY date) AS last_day,
        date AS next_day
    FROM prices
)
SELECT symbol, last_day, next_day, next_day - last_day AS days
FROM neighbours
-- The first day of a share has no last_day: NULL is never larger than four.
WHERE next_day - last_day > 4;
