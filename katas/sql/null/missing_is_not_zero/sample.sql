INSERT INTO films (film_id, title, year, box_office) VALUES
    (1, 'The Long Platform', 1987, 12000000),
    (2, 'Salt Road', 1994, 98000000),
    (3, 'A Window in March', 2001, NULL),
    (4, 'Northern Line', 2008, 10000000),
    (5, 'The Beekeeper''s Year', 2012, NULL);
