-- Two films have no genre.
INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Paper Boats', ''),
    (2, 'Low Tide', ''),
    (3, 'Half a Mile', 'Western');
