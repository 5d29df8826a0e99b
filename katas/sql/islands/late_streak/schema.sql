CREATE TABLE flights (
    year INTEGER NOT NULL CHECK (year BETWEEN 1903 AND 2100),
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND day(last_day(make_date(year, month, 1)))),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL CHECK (flight > 0),
    origin VARCHAR NOT NULL,
    dep_delay INTEGER,
    PRIMARY KEY (carrier, flight, origin, year, month, day)
);
