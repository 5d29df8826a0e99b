-- The box office of every film is unknown.
INSERT INTO films (film_id, title, year, box_office) VALUES
    (1, 'Half a Mile', 1951, NULL),
    (2, 'The Second Key', 1979, NULL);
