-- Every film has a different list of genres, and each list contains Family.
INSERT INTO films (film_id, title, genres, box_office) VALUES
    (31, 'Paper Boats', 'Family, Adventure', 50000000),
    (32, 'The Attic', 'Horror, Family', 40000000),
    (33, 'Small Giants', 'Animation, Family, Comedy', 30000000),
    (34, 'Snow Day', 'Family', 20000000);
