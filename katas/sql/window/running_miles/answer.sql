-- Return carrier, time_hour, flight, origin and miles: one row per airline, the
-- flight with which it reached half of its miles; in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/window/running_miles

