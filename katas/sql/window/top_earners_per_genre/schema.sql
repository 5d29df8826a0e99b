CREATE TABLE films (
    film_id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    genres VARCHAR NOT NULL CHECK (genres = '' OR regexp_full_match(genres, '[A-Za-z-]+(, [A-Za-z-]+)*')),
    box_office DOUBLE CHECK (box_office > 0),
    -- each genre once
    CHECK (list_unique(string_split(genres, ', ')) = len(string_split(genres, ', ')))
);
