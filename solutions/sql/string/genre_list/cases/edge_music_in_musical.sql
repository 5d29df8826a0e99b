-- The name of one genre is the beginning of another.
INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Four Strings', 'Documentary, Music'),
    (2, 'Step by Step', 'Comedy, Musical'),
    (3, 'Encore', 'Musical');
