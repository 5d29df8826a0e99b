-- Numbers the trading days of each share and joins every day to the one with the next number.
WITH days AS (
    SELECT symbol, date, row_number() OVER (PARTITION BY symbol ORDER BY date) AS n
    FROM prices
)
SELECT
    this.symbol,
    this.date AS last_day,
    following.date AS next_day,
    date_diff('day', this.date, following.date) AS days
FROM days AS this
JOIN days AS following
    ON following.symbol = this.symbol
    AND following.n = this.n + 1
WHERE following.date > this.date + 4;
