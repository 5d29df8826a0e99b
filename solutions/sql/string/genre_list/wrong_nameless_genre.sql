-- Keeps the empty text of films without a genre as a genre of its own.
-- caught by: edge_no_genre
WITH film_genres AS (
    SELECT DISTINCT film_id, trim(unnest(string_split(genres, ','))) AS genre
    FROM films
)
SELECT genre, count(*) AS films
FROM film_genres
GROUP BY genre;
