SELECT DISTINCT
    symbol,
    year(date) AS year,
    first_value(close) OVER whole_year AS first_close,
    last_value(close) OVER whole_year AS last_close
FROM prices
WINDOW whole_year AS (
    PARTITION BY symbol, year(date)
    ORDER BY date
    -- The default frame ends at the current row: its last value is the row itself.
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
