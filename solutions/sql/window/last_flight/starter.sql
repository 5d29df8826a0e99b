-- Return tailnum, time_hour, carrier, flight, origin and dest of each aircraft's
-- last flight, one row per aircraft, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/window/last_flight

