-- Counts how often a name is listed: a film whose list repeats it counts twice.
-- caught by: edge_named_twice
SELECT genre, count(*) AS films
FROM (
    SELECT trim(unnest(string_split(genres, ','))) AS genre
    FROM films
)
WHERE genre <> ''
GROUP BY genre;
