-- Return manufacturer, aircraft and flights, one row per manufacturer, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/join/fleet_size

