-- Return genre, place, film_id, title and box_office of the films on place 1 to 3
-- of each genre, in any order.
-- The problem is stated in README.md. To judge your answer:
--     pytest katas/sql/window/top_earners_per_genre

