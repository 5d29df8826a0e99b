-- Ranks films with unknown earnings too: NULLs come last here, so they all share the next place of a genre with few known films.
-- caught by: edge_unknown_earnings, real
WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(string_split(genres, ', ')) AS genre
    FROM films
    WHERE genres <> ''
)
SELECT
    genre,
    rank() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
    film_id, title, box_office
FROM film_genres
QUALIFY place <= 3;
