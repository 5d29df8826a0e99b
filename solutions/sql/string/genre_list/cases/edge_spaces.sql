-- Lists with no space after the comma, with several, and with spaces at the ends.
INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Paper Boats', 'Drama,War'),
    (2, 'The Second Key', 'Drama,  War'),
    (3, 'Low Tide', ' War , Drama ');
