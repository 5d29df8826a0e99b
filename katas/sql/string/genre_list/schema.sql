CREATE TABLE films (
    film_id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    genres VARCHAR NOT NULL
);
