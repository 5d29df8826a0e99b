-- DENSE_RANK leaves no gap after ties, so two winners are followed by place 2 and films too many get in.
-- caught by: edge_equal_earnings
WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(string_split(genres, ', ')) AS genre
    FROM films
    WHERE box_office IS NOT NULL
      AND genres <> ''
)
SELECT
    genre,
    dense_rank() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
    film_id, title, box_office
FROM film_genres
QUALIFY place <= 3;
