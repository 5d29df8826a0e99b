-- Return symbol, year, first_close and last_close, one row per share and year, in
-- any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/window/year_close

