-- Plain grouping: arg_min and arg_max pick the price of the smallest and of the largest date.
SELECT
    symbol,
    extract(year FROM date) AS year,
    arg_min(close, date) AS first_close,
    arg_max(close, date) AS last_close
FROM prices
GROUP BY symbol, extract(year FROM date);
