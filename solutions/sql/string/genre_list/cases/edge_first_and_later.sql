-- Each of two genres is the first of one list and a later one of another.
INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Paper Boats', 'Drama, War'),
    (2, 'The Second Key', 'War, Drama'),
    (3, 'Low Tide', 'Drama');
