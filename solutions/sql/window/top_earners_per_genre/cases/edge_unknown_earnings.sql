-- A genre with one known film among four, and a genre whose films are all unknown.
INSERT INTO films (film_id, title, genres, box_office) VALUES
    (11, 'Four Strings', 'Music', 21000000),
    (12, 'Night Choir', 'Music', NULL),
    (13, 'Open Air', 'Music, Documentary', NULL),
    (14, 'The Conductor', 'Music', NULL),
    (15, 'Salt Roads', 'Documentary', NULL);
