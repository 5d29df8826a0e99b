-- Takes pauses of exactly four days as well, which every long weekend is.
-- caught by: edge_four_and_five, real
WITH neighbours AS (
    SELECT
        symbol,
        lag(date) OVER (PARTITION BY symbol ORDER BY date) AS last_day,
        date AS next_day
    FROM prices
)
SELECT symbol, last_day, next_day, next_day - last_day AS days
FROM neighbours
WHERE next_day - last_day >= 4;
