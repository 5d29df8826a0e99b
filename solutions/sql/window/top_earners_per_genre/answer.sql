WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(string_split(genres, ', ')) AS genre
    FROM films
    WHERE box_office IS NOT NULL
      AND genres <> ''
),
ranked AS (
    SELECT
        genre,
        rank() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
        film_id, title, box_office
    FROM film_genres
)
SELECT genre, place, film_id, title, box_office
FROM ranked
WHERE place <= 3;
