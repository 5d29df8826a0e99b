-- Return origin and dest, one row per one-way pair of airports, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/join/one_way_routes

