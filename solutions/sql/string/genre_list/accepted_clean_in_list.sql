-- Trims, filters and removes repeats inside the list, before it becomes rows.
WITH cleaned AS (
    SELECT
        film_id,
        list_distinct(list_transform(string_split(genres, ','), lambda name: trim(name))) AS names
    FROM films
)
SELECT genre, count(*) AS films
FROM cleaned, unnest(list_filter(names, lambda name: name <> '')) AS listed(genre)
GROUP BY genre;
