-- Return weekday (1 Monday to 7 Sunday) and flights_per_day, ordered by weekday.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/date/weekday_average

