-- Films whose list of genres is empty, two of them with known earnings.
INSERT INTO films (film_id, title, genres, box_office) VALUES
    (41, 'Untitled Reel', '', 15000000),
    (42, 'Lost and Found', '', 9000000),
    (43, 'Blank', '', NULL),
    (44, 'Sharp Turn', 'Action', 12000000);
