-- ROW_NUMBER gives equal films different places and cuts ties at place three at random.
-- caught by: edge_equal_earnings
WITH film_genres AS (
    SELECT film_id, title, box_office, unnest(string_split(genres, ', ')) AS genre
    FROM films
    WHERE box_office IS NOT NULL
      AND genres <> ''
)
SELECT
    genre,
    row_number() OVER (PARTITION BY genre ORDER BY box_office DESC) AS place,
    film_id, title, box_office
FROM film_genres
QUALIFY place <= 3;
