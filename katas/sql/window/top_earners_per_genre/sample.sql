INSERT INTO films (film_id, title, genres, box_office) VALUES
    (1, 'Harbour Lights', 'Drama, Romance', 310000000),
    (2, 'The Long Night', 'Drama, Crime', 120000000),
    (3, 'Second Violin', 'Drama, Music', 45000000),
    (4, 'Cold Evidence', 'Crime', 98000000),
    (5, 'A Letter Home', 'Drama', 87000000),
    (6, 'The Bridge Men', 'Crime, Drama', 64000000);
