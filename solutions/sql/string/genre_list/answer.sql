WITH film_genres AS (
    SELECT DISTINCT film_id, trim(unnest(string_split(genres, ','))) AS genre
    FROM films
)
SELECT genre, count(*) AS films
FROM film_genres
WHERE genre <> ''
GROUP BY genre;
