CREATE TABLE flights (
    time_hour TIMESTAMP NOT NULL CHECK (time_hour = date_trunc('hour', time_hour)),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL CHECK (flight > 0),
    origin VARCHAR NOT NULL,
    dep_time INTEGER CHECK (dep_time BETWEEN 1 AND 2400 AND dep_time % 100 < 60),
    distance INTEGER NOT NULL CHECK (distance > 0),
    PRIMARY KEY (carrier, flight, origin, time_hour)
);
