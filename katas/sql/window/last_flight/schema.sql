CREATE TABLE flights (
    time_hour TIMESTAMP NOT NULL CHECK (time_hour = date_trunc('hour', time_hour)),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL CHECK (flight > 0),
    tailnum VARCHAR,
    origin VARCHAR NOT NULL,
    dest VARCHAR NOT NULL,
    PRIMARY KEY (carrier, flight, origin, time_hour),
    UNIQUE (tailnum, time_hour, flight),
    CHECK (origin <> dest)
);
