CREATE TABLE routes (
    airline VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    dest VARCHAR NOT NULL,
    PRIMARY KEY (airline, origin, dest),
    CHECK (origin <> dest)
);
