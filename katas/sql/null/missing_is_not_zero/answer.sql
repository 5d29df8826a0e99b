-- Return one row with films, known and average.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/null/missing_is_not_zero

