-- Splits at a comma with exactly one space, so 'Drama,War' stays one name and 'Drama,  War' keeps a space.
-- caught by: edge_spaces
WITH film_genres AS (
    SELECT DISTINCT film_id, unnest(string_split(genres, ', ')) AS genre
    FROM films
)
SELECT genre, count(*) AS films
FROM film_genres
WHERE genre <> ''
GROUP BY genre;
