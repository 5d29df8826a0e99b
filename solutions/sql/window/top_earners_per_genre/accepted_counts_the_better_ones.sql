-- Takes the definition of a place literally: counts the films of the genre that earned more.
WITH film_genres AS (
    SELECT film_id, title, box_office, genre
    FROM films
    CROSS JOIN unnest(string_split(genres, ', ')) AS split (genre)
    WHERE box_office > 0
      AND genre <> ''
),
placed AS (
    SELECT
        f.genre,
        1 + count(better.film_id) AS place,
        f.film_id, f.title, f.box_office
    FROM film_genres AS f
    LEFT JOIN film_genres AS better
        ON better.genre = f.genre
        AND better.box_office > f.box_office
    GROUP BY f.genre, f.film_id, f.title, f.box_office
)
SELECT genre, place, film_id, title, box_office
FROM placed
WHERE place <= 3;
