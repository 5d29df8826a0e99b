CREATE TABLE films (
    film_id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    box_office DOUBLE CHECK (box_office >= 0)
);
