-- Orders by the date alone: a pause is found once for the whole market, and not at all while any other share trades.
-- caught by: edge_one_share_paused, sample, real
WITH neighbours AS (
    SELECT
        symbol,
        lag(date) OVER (ORDER BY date, symbol) AS last_day,
        date AS next_day
    FROM prices
)
SELECT symbol, last_day, next_day, next_day - last_day AS days
FROM neighbours
WHERE next_day - last_day > 4;
