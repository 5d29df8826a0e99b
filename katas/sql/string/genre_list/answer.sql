-- Return genre and films, one row per genre, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/string/genre_list

