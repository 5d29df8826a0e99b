-- Return symbol, last_day, next_day and days of every pause of more than four
-- days, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/window/market_closures

