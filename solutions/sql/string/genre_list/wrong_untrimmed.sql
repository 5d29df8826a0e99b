-- Splits at the comma and keeps the space after it, so most genres appear twice: 'Drama' and ' Drama'.
-- caught by: edge_first_and_later
WITH film_genres AS (
    SELECT DISTINCT film_id, unnest(string_split(genres, ',')) AS genre
    FROM films
)
SELECT genre, count(*) AS films
FROM film_genres
WHERE genre <> ''
GROUP BY genre;
