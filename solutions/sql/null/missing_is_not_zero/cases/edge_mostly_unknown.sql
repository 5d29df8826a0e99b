-- One film of four has a known box office.
INSERT INTO films (film_id, title, year, box_office) VALUES
    (1, 'Half a Mile', 1951, NULL),
    (2, 'Paper Boats', 1962, 3000000),
    (3, 'The Second Key', 1979, NULL),
    (4, 'Low Tide', 1990, NULL);
