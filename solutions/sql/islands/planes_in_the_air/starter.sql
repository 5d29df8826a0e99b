-- Return one row: planes, the largest number of flights in the air at once, and
-- since, the first minute at which it was reached.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/islands/planes_in_the_air

