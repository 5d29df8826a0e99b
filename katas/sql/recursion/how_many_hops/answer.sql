-- Return airport and flights, the smallest number of flights from BOS, one row per
-- airport that can be reached, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/recursion/how_many_hops

