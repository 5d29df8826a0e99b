-- Return origin, carrier, flight, first_day, last_day and departures of the
-- longest run of late departures at each airport, ties included, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/islands/late_streak

