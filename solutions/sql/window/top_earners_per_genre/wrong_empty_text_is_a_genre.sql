-- Looks for NULL where the missing genre is an empty text: splitting '' gives one genre without a name.
-- caught by: edge_no_genre, real
WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(string_split(genres, ', ')) AS genre
    FROM films
    WHERE box_office IS NOT NULL
      AND genres IS NOT NULL
)
SELECT
    genre,
    rank() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
    film_id, title, box_office
FROM film_genres
QUALIFY place <= 3;
