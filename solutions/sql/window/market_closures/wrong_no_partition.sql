-- Sorts by share and date but without PARTITION BY: the day before a share's first day is the last day of another share.
-- caught by: edge_one_after_another
WITH neighbours AS (
    SELECT
        symbol,
        lag(date) OVER (ORDER BY symbol, date) AS last_day,
        date AS next_day
    FROM prices
)
SELECT symbol, last_day, next_day, next_day - last_day AS days
FROM neighbours
WHERE next_day - last_day > 4;
