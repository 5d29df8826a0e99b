-- Has no PARTITION BY either, and abs() turns the jump back to the first day of the next share into a huge pause.
-- caught by: edge_same_years, real
WITH neighbours AS (
    SELECT
        symbol,
        lag(date) OVER (ORDER BY symbol, date) AS last_day,
        date AS next_day
    FROM prices
)
SELECT symbol, last_day, next_day, abs(date_diff('day', last_day, next_day)) AS days
FROM neighbours
WHERE abs(date_diff('day', last_day, next_day)) > 4;
