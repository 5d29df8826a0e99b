-- Hides the default frame's many rows behind GROUP BY and max(): the number of rows is right, but the last price is the highest one.
-- caught by: edge_up_and_down, sample, real
WITH days AS (
    SELECT
        symbol,
        year(date) AS year,
        first_value(close) OVER (PARTITION BY symbol, year(date) ORDER BY date) AS first_close,
        last_value(close) OVER (PARTITION BY symbol, year(date) ORDER BY date) AS last_close
    FROM prices
)
SELECT symbol, year, first_close, max(last_close) AS last_close
FROM days
GROUP BY symbol, year, first_close;
