-- LAST_VALUE with the default frame, which ends at the current row, returns that row's own price, so nearly every day makes a row.
-- caught by: edge_up_and_down, sample, real
SELECT DISTINCT
    symbol,
    year(date) AS year,
    first_value(close) OVER (PARTITION BY symbol, year(date) ORDER BY date) AS first_close,
    last_value(close) OVER (PARTITION BY symbol, year(date) ORDER BY date) AS last_close
FROM prices;
