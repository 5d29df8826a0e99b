-- Splits at the comma with all spaces around it, as one pattern, and counts different films.
SELECT genre, count(DISTINCT film_id) AS films
FROM (
    SELECT film_id, unnest(regexp_split_to_array(trim(genres), ' *, *')) AS genre
    FROM films
)
WHERE genre <> ''
GROUP BY genre;
