-- One film is known to have earned nothing, and two earned the same.
INSERT INTO films (film_id, title, year, box_office) VALUES
    (1, 'Snow on the Line', 1999, 0),
    (2, 'Paper Boats', 2003, 45000.5),
    (3, 'Paper Boats', 2011, 45000.5),
    (4, 'Low Tide', 2013, NULL);
