-- Equal earnings at the top of one genre and around the third place of another.
INSERT INTO films (film_id, title, genres, box_office) VALUES
    (21, 'Iron Coast', 'Western', 90000000),
    (22, 'Dust and Rain', 'Western', 90000000),
    (23, 'The Last Ferry', 'Western', 70000000),
    (24, 'Two Horses', 'Western', 55000000),
    (25, 'Home Game', 'Sport', 80000000),
    (26, 'Offside', 'Sport', 60000000),
    (27, 'Home Game', 'Sport', 40000000),
    (28, 'The Relay', 'Sport', 40000000),
    (29, 'Extra Time', 'Sport', 40000000),
    (30, 'Bench', 'Sport', 39000000);
