-- Finds the third-best earnings of each genre first, then ranks only the films that reach them.
WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(regexp_split_to_array(genres, ',\s*')) AS genre
    FROM films
    WHERE genres <> ''
),
limits AS (
    SELECT genre, list_min(max(box_office, 3)) AS at_least
    FROM film_genres
    GROUP BY genre
)
SELECT
    genre,
    rank() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
    film_id, title, box_office
FROM film_genres
JOIN limits USING (genre)
WHERE box_office >= at_least;
