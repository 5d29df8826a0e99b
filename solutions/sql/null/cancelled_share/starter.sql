-- Return origin, cancelled and share, one row per airport, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/null/cancelled_share

