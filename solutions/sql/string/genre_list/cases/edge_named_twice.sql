-- One list names a genre twice; two different films share title and genre.
INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Encore', 'Crime, Mystery, Crime'),
    (2, 'Low Tide', 'Mystery'),
    (3, 'Low Tide', 'Mystery');
