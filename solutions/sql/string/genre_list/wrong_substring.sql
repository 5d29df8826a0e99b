-- Looks for each name with LIKE anywhere in the list: Music is also found in Musical.
-- caught by: edge_music_in_musical
WITH names AS (
    SELECT DISTINCT trim(unnest(string_split(genres, ','))) AS genre
    FROM films
)
SELECT names.genre, count(*) AS films
FROM names
JOIN films ON films.genres LIKE '%' || names.genre || '%'
WHERE names.genre <> ''
GROUP BY names.genre;
