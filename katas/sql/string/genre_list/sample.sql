INSERT INTO films (film_id, title, genres) VALUES
    (1, 'Northern Line', 'Drama, Crime'),
    (2, 'Salt Road', 'Crime, Drama'),
    (3, 'Half a Mile', 'Comedy, Drama'),
    (4, 'Low Orbit', 'Sci-Fi');
