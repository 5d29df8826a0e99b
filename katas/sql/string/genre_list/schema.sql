CREATE TABLE films (
    film_id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    -- names between commas, with or without spaces around them; empty: no genre
    genres VARCHAR NOT NULL
        CHECK (genres = '' OR regexp_full_match(genres, ' *[A-Za-z-]+ *(, *[A-Za-z-]+ *)*'))
);
